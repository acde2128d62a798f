"""Where the stories of a page begin and end, and which line is the headline of each."""

import re

from flows.clean.boundaries import BoundaryScorer, Rarity, Told, boundary_evidence, boundary_odds
from flows.clean.evidence import FLAG
from flows.clean.page import BYLINE, CLOSERS, CREDIT, DATELINE, SEPARATOR, Markup, Page, StoryParts
from flows.clean.wording import BIT

_MENU_LINE = re.compile(r"\s[»›→]\s|\s[|·•/]\s.*\s[|·•/]\s")
_MENU_SIGN = re.compile("[»›→|·•/]")
_LEAD = re.compile(
    r"(?:(?P<capitals>[^\W\d_a-z][^\W\d_a-zà-ÿ.’'/ -]{2,30})(?:,\s[^\W\d_][\w.’' -]{1,24})?|[^\W\d_][\w.,’' -]{1,40}(?=[ ,]*\([^()]{2,25}\)))"
    r"(?:,?\s+(?:[^\W\d_]{3,9}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?)(?:,?\s+\d{4})?)?(?:,?\s*\([^()]{2,25}\))?\s*(?:[—–]|-{1,2}(?=\s))\s*\S"
)
_WIRE_LEAD = re.compile(
    r"[^\W\d_a-z]{2}[^()\d\n—–;:\"“”a-z]{1,30}?(?:,\s[^\W\d_][\w.’' ]{1,24}?)?"
    r"(?P<day>,?\s+(?:[^\W\d_]{3,9}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?)(?:,?\s+\d{4})?)?(?P<agency>,?\s*\([^()]{2,25}\))?"
    r"\s*(?:[—–]|-{1,2}(?=\s))\s*\S"
)
_FEWEST_LEAD_WORDS = 8.0
_LEAD_ODDS = -5.0
_LOOK_BACK = 60
_HEAD_PARTS = 8
_LONGEST_HEADLINE_WORDS = 42.0
_LONGEST_OWN_HEADLINE_WORDS = 28.0
_LEAST_ODDS_AMONG_SEVERAL = -1.5  # of a further headline, on a page that surely holds several stories
_LEAST_BODY_ODDS_AMONG_SEVERAL = -2.5  # there nearly every line that is no furniture belongs to a story
_LEAST_HEADLINE_VALUE = 1.3
_SURE_ODDS = 4.0
_SITE_PAGES = 3
_NOTE_ODDS = 2.5
_LONGEST_NOTE_WORDS = 30.0
_NOTE_BIT, _RELATED_BIT = BIT["source_note"], BIT["related"]
_SCORED_AS_BODY = 0.8
_LITTLE = 0.25
_CAPTION_BITS = BIT["caption"] | BIT["credit"]


def is_lead(page: Page, at: int) -> bool:
    """Whether a block is a sentence that opens with a dateline: "GENEVA, May 5 (Example Wire) – Talks opened …"."""
    text = page.text[at]
    return page.words[at] >= 8 and not text.endswith(("…", "...")) and page.stopped(at) and _LEAD.match(text[:140]) is not None


def is_wire_lead(page: Page, at: int) -> bool:
    """Whether a block opens as a wire story does: a place in capitals with a day or an agency, then a dash."""
    if not page.text[at][:2].isupper() or page.words[at] < _FEWEST_LEAD_WORDS or not page.stopped(at):
        return False
    lead = _WIRE_LEAD.match(page.text[at][:140])
    return lead is not None and any(lead.group("day", "agency"))


def is_note(page: Page, at: int) -> bool:
    """Whether a short block tells where the text comes from, or leads to another story: "This article first appeared …", "Read more: …"."""
    if page.words[at] > _LONGEST_NOTE_WORDS:
        return False
    if (page.start[at] | page.within[at]) & _NOTE_BIT:
        return True
    return bool(page.start[at] & _RELATED_BIT) and ":" in page.text[at][:28]


_STRAY_BLOCKS, _STRAY_SHARE, _STRAY_ODDS = 10, 0.15, 2.5
_ENDS = ((BIT["comment"], 0.3, 6.0), (BIT["legal"], 0.5, 3.0))  # wording, share of the text above it, odds of what may stand below it
_GAP_BLOCKS, _GAP_ODDS, _GAP_WORDS = 6, -1.0, 25.0
_OUTSIDE_ODDS, _CAPTION_ODDS, _COMMENT_ODDS = 1.0, 2.0, 3.0
_SHORT = 8  # words of a line that its wording or form alone can name, whatever the lines around it
_SHORT_ODDS, _SIGNED_ODDS = 0.5, 2.5  # from which such a line is text after all; of one in the form of a byline or date


def body_blocks(page: Page, least_odds: float = 0.0) -> list[bool]:
    """The blocks that read as text of a story: what the scorer says (odds above the least), unless wording alone says otherwise.

    Where no block does, those of the densest run of prose that come nearest, if any comes near.
    """
    body = [
        (odds > least_odds or (odds > _LEAD_ODDS and is_lead(page, at)))
        and not (strong and odds < _SURE_ODDS)
        and not address
        and not (pages >= _SITE_PAGES and odds < _SURE_ODDS)
        and not (odds < _NOTE_ODDS and is_note(page, at))
        and not (page.markup is not None and _is_marked_aside(page.markup, at, odds))
        and not (page.words[at] <= _SHORT and page.furniture[at] in (BYLINE, DATELINE) and odds < _SIGNED_ODDS)
        and not (page.words[at] <= _SHORT and strong and odds < _SHORT_ODDS)
        for at, (odds, strong, address, pages) in enumerate(zip(page.odds, page.strong, page.address, page.on_pages, strict=True))
    ]
    if not any(body):
        low, high = page.run
        best = max(page.odds, default=-99.0)
        for at in range(low, high):
            body[at] = page.prose[at] and page.odds[at] > max(best - 3, -4.0) and not page.furniture[at]
    if page.markup is None and least_odds == 0:
        _drop_strays(page, body)
        if any(body):
            for bit, share, least in _ENDS:
                _end_at(page, body, bit, share, least)
            _fill_gaps(page, body)
    return body


def _end_at(page: Page, body: list[bool], bit: int, share: float, least_odds: float) -> None:
    """Take out of the body what is not sure to be text and stands below a line of that wording, once that share of it was told."""
    if not any(line & bit and strong for line, strong in zip(page.line, page.strong, strict=True)):
        return
    whole = sum(page.words[at] for at in range(page.size) if body[at])
    told, ended = 0.0, False
    for at in range(page.size):
        if page.strong[at] and page.line[at] & bit:
            ended = told > share * whole
        if body[at]:
            if ended and page.odds[at] < least_odds:
                body[at] = False
            else:
                told += page.words[at]


def _fill_gaps(page: Page, body: list[bool]) -> None:
    """Take into the body a paragraph that was nearly text itself and has text close above and below."""
    last = -_GAP_BLOCKS - 1
    near = [at for at in range(page.size) if body[at]]
    following = iter([*near, page.size + _GAP_BLOCKS + 1])
    below = next(following)
    for at in range(page.size):
        if at == below:
            last, below = at, next(following)
        elif at - last <= _GAP_BLOCKS and below - at <= _GAP_BLOCKS and page.odds[at] > _GAP_ODDS and page.words[at] >= _GAP_WORDS:
            body[at] = page.prose[at] and not page.furniture[at]


def _drop_strays(page: Page, body: list[bool]) -> None:
    """Take out of the body of a page of plain text what stands far from the rest, is little of it, and is nowhere sure to be text."""
    groups: list[list[int]] = []
    for at in range(page.size):
        if body[at]:
            if groups and at - groups[-1][-1] <= _STRAY_BLOCKS:
                groups[-1].append(at)
            else:
                groups.append([at])
    if len(groups) < 2:
        return
    weights = [sum(page.words[at] * min(page.odds[at], _SURE_ODDS) for at in group) for group in groups]
    most = max(weights)
    for group, weight in zip(groups, weights, strict=True):
        if weight < _STRAY_SHARE * most and max(page.odds[at] for at in group) < _STRAY_ODDS:
            for at in group:
                body[at] = False


def _is_marked_aside(marks: Markup, at: int, odds: float) -> bool:
    """Whether tags put a block aside that is not sure to be text: among comments, as a caption, or outside the main container."""
    if odds < _OUTSIDE_ODDS and not marks.flags[at] & FLAG["main_container"]:
        return True
    if odds < _CAPTION_ODDS and marks.hint[at] == "caption":
        return True
    return odds < _COMMENT_ODDS and (marks.hint[at] == "comment" or marks.flags[at] & FLAG["comments"] > 0)


def may_be_headline(page: Page, at: int) -> bool:
    """Whether a line has the form of a headline: short enough, words of its own, no furniture."""
    if not 1.0 <= page.words[at] <= _LONGEST_HEADLINE_WORDS or page.strong[at] or page.on_pages[at] >= _SITE_PAGES or page.address[at]:
        return False
    if page.furniture[at] in (SEPARATOR, BYLINE, DATELINE, CREDIT) or is_lead(page, at):
        return page.repeats_opening(at)
    return not (_MENU_SIGN.search(page.text[at]) and _MENU_LINE.search(page.text[at]))


def _opening_words(page: Page, body: list[bool], first: int) -> set[int]:
    """Content words of the first body blocks from ``first`` on."""
    words: set[int] = set()
    for at in range(first, min(first + 6, page.size)):
        if body[at]:
            words |= page.content(at)
    return words


def _first_headline(page: Page, body: list[bool], first: int, low: int) -> int | None:
    """The headline of the story whose first body block is ``first``: the best line of those above it, not before ``low``, or
    the block itself where it has a headline's form and the lines above do worse."""
    best, best_value = None, 0.0
    if _own_headline(page, body, first):
        best, best_value = first, _headline_value(page, first, _opening_words(page, body, first + 1)) - _SCORED_AS_BODY
    opening = _opening_words(page, body, first)
    distance = 0.0
    for at in range(first - 1, max(low, first - _LOOK_BACK) - 1, -1):
        if not may_be_headline(page, at):
            distance += 0.1 if page.furniture[at] else 0.25
            continue
        value = _headline_value(page, at, opening) - 0.1 * distance
        if at == 0 and first == 1 and not page.furniture[at]:
            value += 0.8  # the only line above a page's text
        if value > best_value:
            best, best_value = at, value
        distance += 1.0
    if best is None or best_value < _LEAST_HEADLINE_VALUE:
        return None
    return best - 1 if best != first and _is_deck_of(page, best, low, opening) else best


def _headline_value(page: Page, at: int, opening: set[int]) -> float:
    """How well a line does as headline of a text with these opening words, its distance aside."""
    text = page.text[at]
    content = page.content(at)
    value = 1.6 - 0.8 * page.covered[at]
    value += 2.2 * len(content & opening) / max(len(content), 2)
    value += min(page.words[at], 9.0) * 0.16 - max(page.words[at] - 22, 0) * 0.08
    if text[-1:] in ".。" and page.stopped(at):
        value -= 1.6
    if page.furniture[at]:
        value -= 1.2
    if (page.start[at] | page.within[at]) & _CAPTION_BITS:
        value -= 1.0
    if page.words[at] < 3:
        value -= 0.8
    if page.titles:
        low_text = text.casefold()
        if low_text in page.titles:
            value += 5
        elif page.words[at] >= 4 and any(low_text in title for title in page.titles):
            value += 2.5
    if at == page.title_at:
        value += 4
    if page.markup is not None:
        value += _heading_value(page.markup, at)
    if page.repeats_opening(at):
        value += 3
    return value


def _heading_value(marks: Markup, at: int) -> float:
    """What its tag adds to the worth of a line as the headline."""
    value = {"h1": 3.0, "h2": 0.6}.get(marks.tag[at], -0.6)
    return value + (1.2 if marks.hint[at] == "headline" else 0.0) - (1.5 if marks.link_share[at] > 0.9 else 0.0)


def _below_heading(page: Page, marks: Markup, body: list[bool]) -> list[bool]:
    """The body without what stands above the page's one h1, where that is little of it."""
    tops = [at for at, tag in enumerate(marks.tag) if tag == "h1" and page.words[at] >= 3 and marks.link_share[at] < 0.9]
    if len(tops) == 1 and any(body[: tops[0]]):
        above = sum(page.words[at] for at in range(tops[0]) if body[at])
        if above < _LITTLE * sum(page.words[at] for at in range(tops[0] + 1, page.size) if body[at]):
            return [False] * (tops[0] + 1) + body[tops[0] + 1 :]
    return body


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


def _is_deck_of(page: Page, at: int, low: int, opening: set[int]) -> bool:
    """Whether the likeliest headline is the deck of a headline right above it: two lines of a headline's form on one subject."""
    above = at - 1
    if above < low or page.furniture[above] or page.words[above] < 5 or page.stopped(above) or not may_be_headline(page, above):
        return False
    text = page.text[above].casefold()
    if at == page.title_at or page.text[at].casefold() in page.titles or page.repeats_opening(at) or text == page.text[at].casefold():
        return False
    return len(page.content(above) & page.content(at)) >= 2 and len(page.content(above) & opening) >= 2


def find_stories(page: Page, body: list[bool], scorer: BoundaryScorer | None) -> list[StoryParts]:
    """Cut the page into stories; the body blocks of each are those of ``body`` within it, its headline excepted.

    Without ``scorer`` only separators part stories.
    """
    if page.markup is not None:
        body[:] = _below_heading(page, page.markup, body)
    indices = [at for at in range(page.size) if body[at]]
    if not indices:
        return []
    headline = _first_headline(page, body, indices[0], 0)
    opening = (indices[0] if headline is None else headline, headline)
    starts = _find_starts(page, body, indices, opening, scorer, 0.0)
    if len(starts) > 1:
        if page.markup is None:
            body[:] = body_blocks(page, _LEAST_BODY_ODDS_AMONG_SEVERAL)
            indices = [at for at in range(page.size) if body[at]]
            headline = _first_headline(page, body, indices[0], 0)
            opening = (indices[0] if headline is None else headline, headline)
        starts = _find_starts(page, body, indices, opening, scorer, _LEAST_ODDS_AMONG_SEVERAL)
    stories: list[StoryParts] = []
    for number, (low, headline) in enumerate(starts):
        high = starts[number + 1][0] if number + 1 < len(starts) else page.size
        own = [at for at in indices if low <= at < high and at != headline]
        if own:
            stories.append(StoryParts(low, high, headline, own))
        elif stories:
            stories[-1].high = high
    return stories


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


def _own_headline(page: Page, body: list[bool], first: int) -> bool:
    """Whether a block that the scorer took for body may be a headline itself: a title's form, with prose right below."""
    if page.repeats_opening(first):
        return True
    if page.words[first] > _LONGEST_OWN_HEADLINE_WORDS or page.text[first].rstrip(CLOSERS + " ")[-1:] in (".", "。", ":", ";", ","):
        return False
    if not may_be_headline(page, first):
        return False
    below = next((at for at in range(first + 1, min(first + _HEAD_PARTS + 2, page.size)) if body[at]), None)
    return below is not None and page.words[below] >= min(page.words[first], 10.0)


def candidates(page: Page, body: list[bool], last: int, first: int, headline: int | None = None) -> list[int]:
    """The lines between body block ``last`` and the next one, ``first``, that may be the headline of a new story, itself included;
    ``headline`` is that of the story before."""
    lines = [at for at in range(max(last + 1, first - _LOOK_BACK), first) if _may_open(page, at, headline) and may_be_headline(page, at)]
    if _may_open(page, first, headline) and (_own_headline(page, body, first) or _is_set_off(page, first)):
        lines.append(first)
    return lines


def _is_set_off(page: Page, at: int) -> bool:
    """Whether a line stands right below a separator, or right above an address, a date or an author line, whatever it ends with."""
    if page.words[at] > _LONGEST_HEADLINE_WORDS or page.strong[at] or at == 0:
        return False
    if page.furniture[at - 1] == SEPARATOR:
        return True
    return at + 1 < page.size and (page.address[at + 1] or page.furniture[at + 1] in (BYLINE, DATELINE))


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
        if parted is not None and _may_open(page, parted + 1, headline):
            return parted + 1
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
    return at if any(is_wire_lead(page, above) for above in range(max(0, last - _LOOK_BACK), last + 1) if body[above]) else None


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
