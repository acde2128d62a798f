"""What speaks for a new story within a page: the line above, the lines below, and what the texts before and after share."""

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from flows.clean.page import BYLINE, DATELINE, DECK, RELATED, SEPARATOR, Page
from flows.clean.wording import BIT

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_DATELINE_OPENING = re.compile(r"[^\W\d_a-z][^\n]{1,45}?(?:\([^()]{2,25}\)\s*)?\s[—–-]{1,2}\s|\([A-Z][\w. ]{1,25}\)\s*[—–-]?\s")
_LINKS = BIT["previous"] | BIT["next"]
_HEAD_PARTS = 8
_AFTER_BLOCKS = 8
_AFTER_WORDS = 160.0

EVIDENCE = (
    "separator_above",
    "furniture_above",
    "list_above",
    "lines_above",
    "byline_or_date_below",
    "address_below",
    "lines_below",
    "repeats_opening",
    "capitals",
    "words",
    "few_words",
    "full_stop",
    "question",
    "shared",
    "shared_names",
    "names",
    "title_below",
    "title_above",
    "words_above",
    "words_below",
    "scored_as_body",
    "prose_below",
    "dateline_below",
    "text_above_stopped",
    "furniture",
    "title_case",
    "known_title",
    "odds",
    "shared_root",
    "shared_names_root",
    "shared_names_times_names",
    "no_shared_name",
    "shared_times_words_above",
    "title_above_times_words_above",
    "title_more_below",
    "shared_much",
    "separators",
    "below_known_title",
)


class BoundaryWeights(NamedTuple):
    """Weights of the evidence, in the order of ``EVIDENCE``, and the log odds without any."""

    bias: float
    weights: tuple[float, ...]


class Told(NamedTuple):
    """What the story so far has told: its content words and names by number, and its words."""

    content: set[int]
    names: set[int]
    words: float


def make_boundary_weights(bias: float, weights: Mapping[str, float]) -> BoundaryWeights:
    """The weights by name as ``scripts/fit_story_boundaries.py`` writes them; a KeyError names evidence without a weight."""
    return BoundaryWeights(bias, tuple(float(weights[name]) for name in EVIDENCE))


def boundary_evidence(page: Page, body: list[bool], last: int, at: int, told: Told) -> tuple[float, ...] | None:
    """What speaks for a new story whose headline is block ``at``, after body block ``last``; None when no text follows the line."""
    below = at + 1
    parts = heads = address = decks = 0
    while below < page.size and not body[below] and parts < _HEAD_PARTS:
        if page.furniture[below] in (BYLINE, DATELINE):
            heads += 1
        elif page.address[below]:
            address = 1
        elif page.furniture[below] in (0, DECK):
            decks += 1
        parts += 1
        below += 1
    if below >= page.size or not body[below]:
        return None
    between = range(last + 1, at)
    marks = sum(page.furniture[k] == SEPARATOR for k in between)
    furniture = sum(page.furniture[k] not in (0, SEPARATOR) for k in between)
    loose = sum(page.furniture[k] == 0 for k in between)
    lists = any(page.furniture[k] == RELATED or page.line[k] & _LINKS for k in between)
    after: set[int] = set()
    names_after: set[int] = set()
    long_after = 0.0
    for k in range(below, min(below + _AFTER_BLOCKS, page.size)):
        if body[k]:
            after |= page.content(k)
            names_after |= page.names(k)
            long_after += page.words[k]
            if long_after > _AFTER_WORDS:
                break
    head = page.content(at)
    text = page.text[at]
    shared = len(after & told.content) / max(len(after), 1)
    shared_names = len(names_after & told.names) / max(len(names_after), 1)
    names = min(float(len(names_after)), 8.0)
    head_after, head_before = len(head & after) / max(len(head), 1), len(head & told.content) / max(len(head), 1)
    length = math.log1p(told.words)
    return (
        float(min(marks, 1)),
        float(min(furniture, 3)),
        float(lists),
        float(min(loose, 4)),
        float(min(heads, 2)),
        float(address),
        float(min(decks, 3)),
        float(page.repeats_opening(at)),
        float(text.isupper() and page.words[at] >= 2),
        math.log1p(page.words[at]),
        float(page.words[at] < 4),
        float(page.stopped(at)),
        float(text[-1:] in "?!"),
        shared,
        shared_names,
        names,
        head_after,
        head_before,
        length,
        math.log1p(long_after),
        float(body[at]),
        float(page.prose[below]),
        float(_DATELINE_OPENING.match(page.text[below]) is not None),
        float(page.stopped(last)),
        float(page.furniture[at] != 0),
        _capital_share(text),
        float(text.casefold() in page.titles),
        min(max(page.odds[at], -6.0), 6.0),
        math.sqrt(shared),
        math.sqrt(shared_names),
        shared_names * names,
        float(shared_names == 0 and names >= 2),
        shared * length,
        head_before * length,
        float(head_after > head_before),
        max(shared - 0.25, 0.0),
        float(min(page.separators, 4)),
        float(0 <= page.title_at < at),
    )


def boundary_odds(weights: BoundaryWeights, evidence: tuple[float, ...]) -> float:
    """Log odds that a new story opens."""
    return weights.bias + sum(weight * value for weight, value in zip(weights.weights, evidence, strict=True))


def _capital_share(text: str) -> float:
    """Share of a line's words of four letters or more that have a capital: high in title case."""
    words = _LONG_WORD.findall(text)
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0
