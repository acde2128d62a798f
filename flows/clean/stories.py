"""Where the stories of a page begin and end, and which line is the headline of each."""

import math
import re

from flows.clean.page import BYLINE, CAPTION, CREDIT, DATELINE, DECK, RELATED, SEPARATOR, Page, StoryParts
from flows.clean.wording import BIT

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}|[\u3040-\u30ff\u3400-\u9fff]")
_MENU_LINE = re.compile(r"\s[|·•]\s.*\s[|·•]\s")
_HEADS = frozenset({BYLINE, DATELINE, CREDIT, CAPTION})
_LOOK_BACK = 40
_HEAD_PARTS = 8
_LONGEST_HEADLINE_WORDS = 42.0
_LINKS = BIT["previous"] | BIT["next"]


def content_words(text: str) -> set[str]:
    """Words of four letters or more (single characters in scripts without spaces), in lower case."""
    return set(_WORD.findall(text.casefold()))


def is_address(text: str) -> bool:
    """Whether a line is a web address and nothing else."""
    return _URL.fullmatch(text) is not None


def body_blocks(page: Page) -> list[bool]:
    """The blocks that read as text of a story: what the scorer says, unless wording alone says otherwise."""
    body = [odds > 0 and not (strong and odds < 4) and not is_address(text) for odds, strong, text in zip(page.odds, page.strong, page.text, strict=True)]
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
    return any(len(page.text[below]) > len(head) and " ".join(page.text[below][: len(head) + 40].casefold().split()).startswith(head) for below in range(at + 1, min(at + 5, page.size)))


def may_be_headline(page: Page, at: int) -> bool:
    """Whether a line has the form of a headline: short enough, words of its own, no furniture."""
    if not 1.0 <= page.words[at] <= _LONGEST_HEADLINE_WORDS or page.strong[at] or is_address(page.text[at]):
        return False
    if page.furniture[at] in (SEPARATOR, BYLINE, DATELINE, CREDIT):
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
        if value > best_value:
            best, best_value = at, value
        distance += 1.0
    return best if best_value >= 1.3 else None


def find_stories(page: Page, body: list[bool]) -> list[StoryParts]:
    """Cut the page into stories; the body blocks of each are those of ``body`` within it, its headline excepted."""
    indices = [at for at in range(page.size) if body[at]]
    if not indices:
        return []
    starts: list[tuple[int, int | None]] = []  # first block, headline
    first = indices[0]
    headline = _first_headline(page, body, first, 0)
    if _own_headline(page, body, first) and (headline is None or repeats_opening(page, first) or first - headline > _HEAD_PARTS):
        headline = first
    starts.append((first if headline is None else headline, headline))
    so_far = first
    for at in [*indices[1:], page.size]:
        gap_low = so_far + 1
        if at < page.size:
            found = _next_story(page, body, gap_low - 1, at, starts[-1])
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


def _own_headline(page: Page, body: list[bool], first: int) -> bool:
    """Whether the first block that the scorer took for body is the headline itself: a title's form, with prose right below."""
    if repeats_opening(page, first):
        return True
    if page.words[first] > 24 or page.stopped(first) or not may_be_headline(page, first):
        return False
    return first + 1 < page.size and any(body[at] and page.words[at] > page.words[first] for at in range(first + 1, min(first + 4, page.size)))


def _next_story(page: Page, body: list[bool], last: int, first: int, current: tuple[int, int | None]) -> tuple[int, int | None] | None:
    """Whether a new story opens between body block ``last`` and the next one, ``first`` (or with ``first`` as its headline):
    its first block and its headline."""
    candidates = [at for at in range(last + 1, first) if may_be_headline(page, at)][-6:]
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
    parts = 0
    heads = 0
    address = 0
    decks = 0
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
    marks = sum(page.furniture[k] == SEPARATOR for k in range(last + 1, at))
    furniture = sum(page.furniture[k] not in (0, SEPARATOR) for k in range(last + 1, at))
    loose = sum(page.furniture[k] == 0 for k in range(last + 1, at))
    lists = any(page.furniture[k] == RELATED or page.line[k] & _LINKS for k in range(last + 1, at))
    before = set().union(*(content_words(page.text[k]) for k in range(opened, at) if body[k] or k == opened))
    after: set[str] = set()
    long_after = 0.0
    for k in range(below, min(below + 8, page.size)):
        if body[k]:
            after |= content_words(page.text[k])
            long_after += page.words[k]
            if long_after > 160:
                break
    head = content_words(page.text[at])
    cohesion = len(after & before) / max(len(after), 1)
    head_after = len(head & after) / max(len(head), 1)
    head_before = len(head & before) / max(len(head), 1)
    text = page.text[at]
    return (
        1.0,
        float(reaches),
        float(min(marks, 1)),
        float(min(furniture, 3)),
        float(lists),
        float(min(loose, 3)),
        float(min(heads, 2)),
        float(address),
        float(min(decks, 3)),
        float(repeats_opening(page, at)),
        float(_is_upper(text)),
        math.log1p(page.words[at]),
        float(page.stopped(at)),
        cohesion,
        head_after - head_before,
        math.log1p(long_after),
        float(body[at]),
        float(page.prose[below]) if below < page.size else 0.0,
    )


_WEIGHTS = (-9.5, 1.5, 6.0, 0.3, 0.5, -0.3, 2.0, 3.0, -0.3, 5.0, 1.0, 1.2, -0.5, -6.0, 1.5, 0.2, 0.0, 0.5)


def boundary_odds(page: Page, body: list[bool], last: int, at: int, opened: int) -> float:
    """Log odds that a new story opens at ``at``."""
    evidence = boundary_evidence(page, body, last, at, opened)
    if not evidence[1]:
        return -9.0
    return sum(weight * value for weight, value in zip(_WEIGHTS, evidence, strict=True))
