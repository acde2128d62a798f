"""Where the stories of a page begin and end, and which line is the headline of each."""

import math
import re
from functools import lru_cache

from flows.clean.page import BYLINE, CAPTION, CLOSERS, CREDIT, DATELINE, DECK, RELATED, SEPARATOR, Page, StoryParts
from flows.clean.wording import BIT

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}|[\u3040-\u30ff\u3400-\u9fff]")
_MENU_LINE = re.compile(r"\s[|·•]\s.*\s[|·•]\s")
_NAME = re.compile(r"(?:(?<=[^\W_] )|(?<=[,;] ))[^\W\d_a-zà-ÿ][\w’'-]{2,}")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_DATELINE_OPENING = re.compile(r"[^\W\d_a-z][^\n]{1,45}?(?:\([^()]{2,25}\)\s*)?\s[—–-]{1,2}\s|\([A-Z][\w. ]{1,25}\)\s*[—–-]?\s")
_LEAD = re.compile(
    r"(?:(?P<capitals>[^\W\d_a-z][^\W\d_a-zà-ÿ.’'/ -]{2,30})(?:,\s[^\W\d_][\w.’' -]{1,24})?|[^\W\d_][\w.,’' -]{1,40}(?=[ ,]*\([^()]{2,25}\)))"
    r"(?:,?\s+(?:[^\W\d_]{3,9}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?)(?:,?\s+\d{4})?)?(?:,?\s*\([^()]{2,25}\))?\s*(?:[—–]|-{1,2}(?=\s))\s*\S"
)
_HEADS = frozenset({BYLINE, DATELINE, CREDIT, CAPTION})
_LOOK_BACK = 40
_HEAD_PARTS = 8
_LONGEST_HEADLINE_WORDS = 42.0
_LINKS = BIT["previous"] | BIT["next"]


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """Words of four letters or more (single characters in scripts without spaces), in lower case.

    Kept for the blocks seen last, since each candidate for a new story looks at the same ones.
    """
    return frozenset(_WORD.findall(text.casefold()))


def is_address(text: str) -> bool:
    """Whether a line is a web address and nothing else."""
    return _URL.fullmatch(text) is not None


def is_lead(page: Page, at: int) -> bool:
    """Whether a block is a sentence that opens with a dateline: "GENEVA, May 5 (Example Wire) – Talks opened …"."""
    return page.words[at] >= 8 and page.stopped(at) and _LEAD.match(page.text[at][:140]) is not None


def body_blocks(page: Page) -> list[bool]:
    """The blocks that read as text of a story: what the scorer says, unless wording alone says otherwise."""
    body = [
        (odds > 0 or (odds > -5 and is_lead(page, at))) and not (strong and odds < 4) and not is_address(text)
        for at, (odds, strong, text) in enumerate(zip(page.odds, page.strong, page.text, strict=True))
    ]
    if not any(body):
        low, high = page.run
        best = max(page.odds, default=-99.0)
        for at in range(low, high):
            body[at] = page.prose[at] and page.odds[at] > max(best - 3, -4.0) and not page.furniture[at]
    return body


def repeats_opening(page: Page, at: int) -> bool:
    """Whether the line repeats the opening of a text that stands just below it: a title made of a story's first words.

    It may be cut anywhere, end in an ellipsis, and be in capitals.
    """
    head = " ".join(page.text[at].rstrip("….").casefold().split())
    if len(head) < 12:
        return False
    return any(
        len(page.text[below]) > len(head) and " ".join(page.text[below][: len(head) + 40].casefold().split()).startswith(head)
        for below in range(at + 1, min(at + 5, page.size))
    )


def may_be_headline(page: Page, at: int) -> bool:
    """Whether a line has the form of a headline: short enough, words of its own, no furniture."""
    if not 1.0 <= page.words[at] <= _LONGEST_HEADLINE_WORDS or page.strong[at] or is_address(page.text[at]):
        return False
    if page.furniture[at] in (SEPARATOR, BYLINE, DATELINE, CREDIT) or is_lead(page, at):
        return repeats_opening(page, at)
    return not _MENU_LINE.search(page.text[at])


def _is_upper(text: str) -> bool:
    return text.isupper() and sum(char.isalpha() for char in text) >= 8


def _first_headline(page: Page, body: list[bool], first: int, low: int) -> int | None:
    """The headline of the story whose first body block is ``first``: the best line of those above it, not before ``low``."""
    best, best_value = None, 0.0
    opening = set().union(*(content_words(page.text[at]) for at in range(first, min(first + 6, page.size)) if body[at]))
    distance = 0.0
    for at in range(first - 1, max(low, first - _LOOK_BACK) - 1, -1):
        if not may_be_headline(page, at):
            distance += 0.1 if page.furniture[at] else 0.25
            continue
        text = page.text[at]
        words = content_words(text)
        value = 1.6 - 0.22 * distance - 0.8 * page.covered[at]
        value += 2.2 * len(words & opening) / max(len(words), 2)
        value += min(page.words[at], 9.0) * 0.16 - max(page.words[at] - 22, 0) * 0.08
        if page.stopped(at) and text[-1:] in ".。":
            value -= 1.6
        if page.furniture[at]:
            value -= 1.2
        if page.words[at] < 3:
            value -= 0.8
        if text.casefold() in page.titles:
            value += 5
        elif any(text.casefold() in title and page.words[at] >= 4 for title in page.titles):
            value += 2.5
        if repeats_opening(page, at):
            value += 3
        if at == 0 and first == 1 and not page.furniture[at]:
            value += 0.8  # the only line above a page's text
        if value > best_value:
            best, best_value = at, value
        distance += 1.0
    if best_value < 1.3 or best is None:
        return None
    return best - 1 if _is_deck_of(page, best, low, opening) else best


def _is_deck_of(page: Page, at: int, low: int, opening: set[str]) -> bool:
    """Whether the likeliest headline is the deck of a headline right above it: two lines of a headline's form on one subject."""
    above = at - 1
    if above < low or page.furniture[above] or page.words[above] < 5 or page.stopped(above) or not may_be_headline(page, above):
        return False
    head = content_words(page.text[above])
    text = page.text[above].casefold()
    if page.text[at].casefold() in page.titles or repeats_opening(page, at) or text == page.text[at].casefold():
        return False
    return len(head & content_words(page.text[at])) >= 2 and len(head & opening) >= 2


def find_stories(page: Page, body: list[bool]) -> list[StoryParts]:
    """Cut the page into stories; the body blocks of each are those of ``body`` within it, its headline excepted."""
    indices = [at for at in range(page.size) if body[at]]
    if not indices:
        return []
    starts: list[tuple[int, int | None]] = []  # first block, headline
    first = indices[0]
    headline = _first_headline(page, body, first, 0)
    if _own_headline(page, body, first) and (headline is None or _is_better_headline(page, body, first, headline)):
        headline = first
    starts.append((first if headline is None else headline, headline))
    so_far = first
    parting = parting_lines(page)
    for at in [*indices[1:], page.size]:
        if at < page.size:
            parted = max((line for line in parting if so_far < line < at), default=None)
            found = (parted + 1, parted + 1) if parted is not None else _next_story(page, body, so_far, at, starts[-1])
            if found is not None:
                starts.append(found)
        so_far = at
    stories = []
    for number, (low, headline) in enumerate(starts):
        high = starts[number + 1][0] if number + 1 < len(starts) else page.size
        own = [at for at in indices if low <= at < high and at != headline]
        if own:
            stories.append(StoryParts(low, high, headline, own))
        elif stories:
            stories[-1].high = high
    return stories


def _is_better_headline(page: Page, body: list[bool], first: int, above: int) -> bool:
    """Whether the first body block makes a better headline than the best line above it: nearer to the text in words or place."""
    if repeats_opening(page, first) or first - above > _HEAD_PARTS:
        return True
    opening = set().union(*(content_words(page.text[at]) for at in range(first + 1, min(first + 7, page.size)) if body[at]))
    own, other = content_words(page.text[first]), content_words(page.text[above])
    return page.words[first] > page.words[above] and bool(own & opening) and not other & (opening | own)


def _own_headline(page: Page, body: list[bool], first: int) -> bool:
    """Whether the first block that the scorer took for body is the headline itself: a title's form, with prose right below."""
    if repeats_opening(page, first):
        return True
    if (
        page.words[first] > 28
        or page.text[first].rstrip(CLOSERS + " ")[-1:] in (".", "。", ":", ";", ",")
        or not may_be_headline(page, first)
    ):
        return False
    below = _text_below(page, body, first)
    return below is not None and page.words[below] >= min(page.words[first], 10.0)


def _text_below(page: Page, body: list[bool], at: int) -> int | None:
    """The first body block below a line, with nothing but the parts of a story's head between them; None when there is none."""
    for below in range(at + 1, min(at + _HEAD_PARTS + 2, page.size)):
        if body[below]:
            return below
    return None


def _next_story(page: Page, body: list[bool], last: int, first: int, current: tuple[int, int | None]) -> tuple[int, int | None] | None:
    """Whether a new story opens between body block ``last`` and the next one, ``first`` (or with ``first`` as its headline):
    its first block and its headline."""
    candidates = [at for at in range(last + 1, first) if may_be_headline(page, at)][-_LOOK_BACK:]
    if _own_headline(page, body, first):
        candidates.append(first)
    best, best_value = None, 0.0
    for at in candidates:
        value = boundary_odds(page, body, last, at, current[0])
        if value > best_value:
            best, best_value = at, value
    return None if best is None else (best, best)


def boundary_evidence(page: Page, body: list[bool], last: int, at: int, opened: int) -> tuple[float, ...]:
    """What speaks for a new story whose headline is block ``at``, after body block ``last`` of the story that opened at ``opened``."""
    below = at + 1
    parts = heads = address = decks = 0
    while below < page.size and not body[below] and parts < _HEAD_PARTS:
        if page.furniture[below] in (BYLINE, DATELINE):
            heads += 1
        elif is_address(page.text[below]):
            address = 1
        elif page.furniture[below] == 0 or page.furniture[below] == DECK:
            decks += 1
        parts += 1
        below += 1
    reaches = below < page.size and body[below]
    between = range(last + 1, at)
    marks = sum(page.furniture[k] == SEPARATOR for k in between)
    furniture = sum(page.furniture[k] not in (0, SEPARATOR) for k in between)
    loose = sum(page.furniture[k] == 0 for k in between)
    lists = any(page.furniture[k] == RELATED or page.line[k] & _LINKS for k in between)
    before: set[str] = set()
    names_before: set[str] = set()
    told = 0.0
    for k in range(opened, at):
        if body[k] or k == opened:
            before |= content_words(page.text[k])
            names_before |= names_in(page.text[k])
            told += page.words[k]
    after: set[str] = set()
    names_after: set[str] = set()
    long_after = 0.0
    blocks_after = 0
    for k in range(below, min(below + 8, page.size)):
        if body[k]:
            after |= content_words(page.text[k])
            names_after |= names_in(page.text[k])
            long_after += page.words[k]
            blocks_after += 1
            if long_after > 160:
                break
    head = content_words(page.text[at])
    text = page.text[at]
    opening = page.text[below] if reaches else ""
    cohesion = len(after & before) / max(len(after), 1)
    name_cohesion = len(names_after & names_before) / max(len(names_after), 1)
    names = min(float(len(names_after)), 8.0)
    head_after, head_before = len(head & after) / max(len(head), 1), len(head & before) / max(len(head), 1)
    length = math.log1p(told)
    return (
        float(reaches),
        float(min(marks, 1)),
        float(min(furniture, 3)),
        float(lists),
        float(min(loose, 4)),
        float(min(heads, 2)),
        float(address),
        float(min(decks, 3)),
        float(repeats_opening(page, at)),
        float(_is_upper(text)),
        math.log1p(page.words[at]),
        float(page.words[at] < 4),
        float(page.stopped(at)),
        float(text[-1:] in "?!"),
        cohesion,
        name_cohesion,
        names,
        head_after,
        head_before,
        length,
        math.log1p(long_after),
        float(body[at]),
        float(page.prose[below]) if reaches else 0.0,
        float(_DATELINE_OPENING.match(opening) is not None),
        float(page.stopped(last)),
        float(page.furniture[at] != 0),
        _capital_share(text),
        float(text.casefold() in page.titles),
        min(max(page.odds[at], -6.0), 6.0),
        math.sqrt(cohesion),
        math.sqrt(name_cohesion),
        name_cohesion * names,
        float(name_cohesion == 0 and names >= 2),
        cohesion * length,
        head_before * length,
        float(head_after > head_before),
        max(cohesion - 0.25, 0.0),
    )


def parting_lines(page: Page) -> set[int]:
    """Separators that part stories: each line of that form has a headline's form below it, or nothing, and there are several."""
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


@lru_cache(maxsize=4096)
def names_in(text: str) -> frozenset[str]:
    """Words with a capital that do not open the text, in lower case: mostly names."""
    return frozenset(word.casefold() for word in _NAME.findall(text))


def _capital_share(text: str) -> float:
    """Share of a line's words of four letters or more that have a capital: high in title case."""
    words = _LONG_WORD.findall(text)
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


# Fitted by logistic regression on boundaries of several-story pages, and on lines of one-story pages that are none.
_BIAS = -21.388
_WEIGHTS = (
    *(0.000, 2.375, 0.018, 1.961, -0.311, 1.106, 0.792, -0.153, 2.360, 2.394, 1.789, -0.798, -2.334, 1.843, -4.626, -0.722, 0.145, 2.292),
    *(-1.739, 1.538, 1.032, 0.600, 0.677, -1.656, 0.782, -5.192, 0.239, 0.000, -0.160, -6.208, -1.452, -0.293, 0.823, -0.380, -0.144),
    *(1.440, -1.904),
)


def boundary_odds(page: Page, body: list[bool], last: int, at: int, opened: int) -> float:
    """Log odds that a new story opens at ``at``."""
    evidence = boundary_evidence(page, body, last, at, opened)
    if not evidence[0]:
        return -9.0
    return _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, evidence, strict=True))
