"""What speaks for a new story within a page: the line above, the lines below, and what the texts before and after share."""

import math
import re
from collections.abc import Iterable, Mapping
from operator import mul
from typing import NamedTuple

import numpy as np

from flows.clean.forms import ends_with_agency
from flows.clean.page import BYLINE, DATELINE, DECK, RELATED, SEPARATOR, Page
from flows.clean.second_look import Trees, look_again
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
    "rare_shared",
    "rare_shared_root",
    "rare_shared_sum",
    "rare_title_below",
    "rare_title_above",
    "rare_title_more_below",
    "no_rare_title_above",
    "separator_right_above",
    "separator_right_below_text",
)
RARITY_BITS = 13
RARITY_SCALE = 40.0
_RARITY_SHIFT = 64 - RARITY_BITS
_HOPELESS = -5.0


class BoundaryScorer(NamedTuple):
    """Fitted weights of the evidence, in the order of ``EVIDENCE``, boosted trees over the same, and how rare words are.

    ``rarity`` holds, by the upper bits of a word's number, the logarithm of how few pages hold the word.
    """

    bias: float
    weights: tuple[float, ...]
    trees: Trees
    rarity: tuple[float, ...]


class Told(NamedTuple):
    """What the story so far has told: its content words and names by number, and its words."""

    content: set[int]
    names: set[int]
    words: float


def make_boundary_scorer(arrays: Mapping[str, np.ndarray]) -> BoundaryScorer:
    """The scorer from the arrays that ``scripts/fit_story_boundaries.py`` wrote; a ValueError when they weigh other evidence."""
    if tuple(arrays["evidence"].tolist()) != EVIDENCE:
        raise ValueError(
            "The signs of a new story have changed since their weights were fitted: run scripts/fit_story_boundaries.py again."
        )
    trees = Trees(
        arrays["tree_feature"].astype(np.int64),
        arrays["tree_threshold"].astype(np.float32),
        arrays["tree_leaf"].astype(np.float32),
        float(arrays["tree_base"]),
        0.0,
    )
    rarity = tuple((arrays["rarity"].astype(np.float64) / RARITY_SCALE).tolist())
    return BoundaryScorer(float(arrays["bias"]), tuple(arrays["weights"].tolist()), trees, rarity)


class Rarity:
    """How rare words are, by number, and what was read of the texts below the lines of one page, kept from line to line."""

    def __init__(self, table: tuple[float, ...]) -> None:
        self.table = table
        self.below: dict[int, tuple[set[int], set[int], float, float]] = {}

    def sum(self, words: Iterable[int]) -> float:
        """Sum of the rarity of words, given by number."""
        table = self.table
        return sum([table[word >> _RARITY_SHIFT] for word in words])


def _text_below(page: Page, body: list[bool], below: int, rarity: Rarity) -> tuple[set[int], set[int], float, float]:
    """Content words, names, number of words and sum of rarity of the first body blocks from ``below`` on."""
    known = rarity.below.get(below)
    if known is not None:
        return known
    after: set[int] = set()
    names_after: set[int] = set()
    long_after = 0.0
    for k in range(below, min(below + _AFTER_BLOCKS, page.size)):
        if body[k]:
            after |= page.content(k)
            names_after.update(page.name_keys[page.name_first[k] : page.name_first[k + 1]])
            long_after += page.words[k]
            if long_after > _AFTER_WORDS:
                break
    rarity.below[below] = after, names_after, long_after, rarity.sum(after) or 1.0
    return rarity.below[below]


def boundary_evidence(page: Page, body: list[bool], last: int, at: int, told: Told, rarity: Rarity) -> tuple[float, ...] | None:
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
    above = at - 1
    while above > last and ends_with_agency(page.text[above]):  # the caption of a picture that stands above its headline
        above -= 1
    between = page.furniture[last + 1 : above + 1]
    marks, loose = between.count(SEPARATOR), between.count(0)
    furniture = len(between) - marks - loose
    lists = RELATED in between or any(line & _LINKS for line in page.line[last + 1 : at])
    after, names_after, long_after, rare_after = _text_below(page, body, below, rarity)
    head = page.content(at)
    text = page.text[at]
    common = after & told.content
    shared = len(common) / max(len(after), 1)
    shared_names = len(names_after & told.names) / max(len(names_after), 1)
    names = min(float(len(names_after)), 8.0)
    head_below, head_above = head & after, head & told.content
    head_after, head_before = len(head_below) / max(len(head), 1), len(head_above) / max(len(head), 1)
    length = math.log1p(told.words)
    rare_shared = rarity.sum(common)
    rare_head = rarity.sum(head) or 1.0
    rare_below, rare_above = rarity.sum(head_below) / rare_head, rarity.sum(head_above) / rare_head
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
        rare_shared / rare_after,
        math.sqrt(rare_shared / rare_after),
        min(rare_shared, 60.0) / 10,
        rare_below,
        rare_above,
        rare_below - rare_above,
        float(rare_above == 0),
        float(above >= 0 and page.furniture[above] == SEPARATOR),
        float(last + 1 < at and page.furniture[last + 1] == SEPARATOR),
    )


def boundary_odds(scorer: BoundaryScorer, evidence: tuple[float, ...]) -> float:
    """Log odds that a new story opens: the mean of weighted signs and trees, or the first alone where they are hopeless."""
    odds = scorer.bias + sum(map(mul, scorer.weights, evidence))
    if odds < _HOPELESS:
        return odds
    return (odds + float(look_again(scorer.trees, np.array([evidence], dtype=np.float32))[0])) / 2


def _capital_share(text: str) -> float:
    """Share of a line's words of four letters or more that have a capital: high in title case."""
    words = _LONG_WORD.findall(text)
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0
