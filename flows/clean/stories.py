"""Where the stories of a page begin and end."""

from bisect import bisect_left
from collections.abc import Set

from flows.clean.body import body_blocks
from flows.clean.boundaries import BoundaryScorer, Rarity, Told, boundary_evidence, boundary_odds
from flows.clean.forms import ends_with_agency, is_wire_lead
from flows.clean.headlines import LOOK_BACK, first_headline, is_set_off, may_be_headline, own_headline
from flows.clean.layouts import digest_items, is_index
from flows.clean.page import BYLINE, DATELINE, SEPARATOR, Markup, Page, StoryParts

_LEAST_ODDS_AMONG_SEVERAL = -1.5  # of a further headline, on a page that surely holds several stories
_LEAST_BODY_ODDS_AMONG_SEVERAL = -2.5  # there nearly every line that is no furniture belongs to a story
_LITTLE = 0.25


def find_stories(page: Page, body: list[bool], scorer: BoundaryScorer | None, countries: Set[str] = frozenset()) -> list[StoryParts]:
    """Cut the page into stories; the body blocks of each are those of ``body`` within it, its headline excepted.

    Without ``scorer`` only separators part stories, and the items of a digest by country (``countries``: names in lower case).
    """
    items = digest_items(page, body, countries)
    if items:
        return items
    if page.markup is not None:
        if is_index(page, body):
            body[:] = [False] * page.size
        body[:] = _below_heading(page, page.markup, body)
    indices = [at for at in range(page.size) if body[at]]
    if not indices:
        return []
    headline = first_headline(page, body, indices[0], 0)
    opening = (indices[0] if headline is None else headline, headline)
    starts = _find_starts(page, body, indices, opening, scorer, 0.0)
    if len(starts) > 1:
        if page.markup is None:
            body[:] = body_blocks(page, _LEAST_BODY_ODDS_AMONG_SEVERAL)
            indices = [at for at in range(page.size) if body[at]]
            headline = first_headline(page, body, indices[0], 0)
            opening = (indices[0] if headline is None else headline, headline)
        starts = _find_starts(page, body, indices, opening, scorer, _LEAST_ODDS_AMONG_SEVERAL)
    stories: list[StoryParts] = []
    for number, (low, headline) in enumerate(starts):
        high = starts[number + 1][0] if number + 1 < len(starts) else page.size
        own = [at for at in indices[bisect_left(indices, low) : bisect_left(indices, high)] if at != headline]
        if own:
            stories.append(StoryParts(low, high, headline, own))
        elif stories:
            stories[-1].high = high
    return stories


def _below_heading(page: Page, marks: Markup, body: list[bool]) -> list[bool]:
    """The body without what stands above the page's one h1, where that is little of it."""
    tops = [at for at, tag in enumerate(marks.tag) if tag == "h1" and page.words[at] >= 3 and marks.link_share[at] < 0.9]
    if len(tops) == 1 and any(body[: tops[0]]):
        above = sum(page.words[at] for at in range(tops[0]) if body[at])
        if above < _LITTLE * sum(page.words[at] for at in range(tops[0] + 1, page.size) if body[at]):
            return [False] * (tops[0] + 1) + body[tops[0] + 1 :]
    return body


def _find_starts(
    page: Page, body: list[bool], indices: list[int], opening: tuple[int, int | None], scorer: BoundaryScorer | None, least_odds: float
) -> list[tuple[int, int | None]]:
    """Where the stories start, and the headline of each: ``opening`` for the first, and every line whose odds are above the least."""
    starts = [opening]
    told = _tell(page, Told(set(), set(), 0.0), opening[0])
    parting = parting_lines(page)
    rarity = Rarity(scorer.rarity) if scorer is not None else None
    last = indices[0]
    if last != opening[0]:
        told = _tell(page, told, last)
    for at in indices[1:]:
        found = _next_story(page, body, last, at, told, parting, scorer, rarity, starts[-1][1], least_odds)
        if found is not None:
            starts.append((found, found))
            told = _tell(page, Told(set(), set(), 0.0), found)
        if found != at:
            told = _tell(page, told, at)
        last = at
    return starts


def _tell(page: Page, told: Told, at: int) -> Told:
    """What has been told once block ``at`` is told too."""
    told.content.update(page.content(at))
    told.names.update(page.name_keys[page.name_first[at] : page.name_first[at + 1]])
    return Told(told.content, told.names, told.words + page.words[at])


def candidates(page: Page, body: list[bool], last: int, first: int, headline: int | None = None) -> list[int]:
    """The lines between body block ``last`` and the next one, ``first``, that may be the headline of a new story, itself included;
    ``headline`` is that of the story before."""
    lines = [at for at in range(max(last + 1, first - LOOK_BACK), first) if _may_open(page, at, headline) and may_be_headline(page, at)]
    if _may_open(page, first, headline) and (own_headline(page, body, first) or is_set_off(page, first)):
        lines.append(first)
    return lines


def _may_open(page: Page, at: int, headline: int | None) -> bool:
    """Whether tags let a new story open at a line: it is a heading of the same kind as the headline of the story before it.

    A page of plain text sets no bounds.
    """
    marks = page.markup
    if marks is None:
        return True
    if headline is None or not marks.is_heading(at):
        return False
    linked = (marks.link_share[at] > 0.5) == (marks.link_share[headline] > 0.5)
    return marks.tag[at] == marks.tag[headline] and marks.hint[at] == marks.hint[headline] and linked


def _next_story(
    page: Page,
    body: list[bool],
    last: int,
    first: int,
    told: Told,
    parting: set[int],
    scorer: BoundaryScorer | None,
    rarity: Rarity | None,
    headline: int | None,
    least_odds: float = 0.0,
) -> int | None:
    """The headline of a new story that opens between body block ``last`` and the next one, ``first``; None when none does.

    ``headline`` is that of the story before.
    """
    if parting:
        parted = max((line for line in parting if last < line < first), default=None)
        if parted is not None:
            opening = parted + 1 + (parted + 1 < first and ends_with_agency(page.text[parted + 1]))  # a caption is no headline
            if _may_open(page, opening, headline):
                return opening
    wired = _above_wire_lead(page, body, last, first)
    if wired is not None and _may_open(page, wired, headline):
        return wired
    if scorer is None or rarity is None:
        return None
    best, best_odds = None, least_odds
    for at in candidates(page, body, last, first, headline):
        evidence = boundary_evidence(page, body, last, at, told, rarity)
        if evidence is None:
            continue
        odds = boundary_odds(scorer, evidence)
        if odds > best_odds:
            best, best_odds = at, odds
    return best


def _above_wire_lead(page: Page, body: list[bool], last: int, first: int) -> int | None:
    """The headline of a wire story that opens at ``first``, or right below it where that reads as text; None when none does.

    Only author lines and dates may stand between the headline and the story's dateline, and a wire story stands above.
    """
    if first + 1 < page.size and body[first + 1] and is_wire_lead(page, first + 1):
        at = first
    elif is_wire_lead(page, first):
        at = first - 1
        while at > last and page.furniture[at] in (BYLINE, DATELINE):
            at -= 1
    else:
        return None
    if at <= last or page.stopped(at) or not may_be_headline(page, at):
        return None
    return at if any(is_wire_lead(page, above) for above in range(max(0, last - LOOK_BACK), last + 1) if body[above]) else None


def parting_lines(page: Page) -> set[int]:
    """Separators that part stories: each line of that form has a headline's form below it, or nothing, and there are several."""
    if page.separators < 2:
        return set()
    places: dict[str, list[int]] = {}
    for at in range(page.size):
        if page.furniture[at] == SEPARATOR:
            places.setdefault(page.text[at], []).append(at)
    parting: set[int] = set()
    for group in places.values():
        below = [at + 1 for at in group if at + 1 < page.size]
        if len(group) > 1 and below and all(_heads_a_story(page, at) for at in below):
            parting.update(group)
    return parting


def _heads_a_story(page: Page, at: int) -> bool:
    """Whether a line below a separator has the form of a headline with a text below it."""
    if not may_be_headline(page, at) or page.text[at][-1:] in ".,;:" or page.words[at] < 2:
        return False
    return any(page.words[below] >= 12 for below in range(at + 1, min(at + 5, page.size)))
