"""A second look at the blocks that the first left open: boosted trees over the first odds of the whole page.

The first look sees a few neighbours of a block. Once all blocks have odds, more can be told: where the page's text begins and
ends, how much of it lies before and after, how sure the page is elsewhere. Only blocks with odds near even are looked at.
"""

from typing import NamedTuple

import numpy as np

from flows.clean.blocks import Blocks
from flows.clean.measures import densest_runs

_PENALTIES = (1.0, 3.0, 7.5)
_SPANS = (5, 20, 40)
_ODDS_REACH = 8
_WORDS_REACH = 3
_FAR = 99

SECOND = (
    *("odds", "chance", "page_chance_words", "words_above", "words_below", "share_above"),
    *(
        f"{name}_{number}"
        for number in range(len(_PENALTIES))
        for name in ("in_run", "before_run", "after_run", "run_share", "words_to_run", "words_from_run")
    ),
    *("page_best", "below_best"),
    *(f"chance_within_{span}" for span in _SPANS),
    *("since_kept", "until_kept"),
    *(f"odds_at_{step}" for step in range(-_ODDS_REACH, _ODDS_REACH + 1) if step),
    *(f"words_at_{step}" for step in range(-_WORDS_REACH, _WORDS_REACH + 1) if step),
)


class Trees(NamedTuple):
    """Boosted trees of equal depth: ``feature`` and ``threshold`` of the inner nodes (one row a tree, heap order), ``leaf`` values.

    A row goes to the right where its feature is above the threshold. ``limit``: blocks with first odds nearer to zero are looked at.
    """

    feature: np.ndarray
    threshold: np.ndarray
    leaf: np.ndarray
    base: float
    limit: float


def second_features(odds: np.ndarray, blocks: Blocks, amount: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
    """One row a block, or one for each of the blocks ``rows``, one column a name of ``SECOND``; ``amount`` is the words of each block."""
    page = blocks.page
    at = np.arange(odds.size)
    low, high = blocks.first[page], blocks.first[page + 1]
    chance = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    told = np.concatenate(([0.0], np.cumsum(amount * chance)))
    page_told = told[high] - told[low]
    columns = [
        np.clip(odds, -8, 8),
        chance,
        np.log1p(page_told),
        np.log1p(told[at] - told[low]),
        np.log1p(np.maximum(told[high] - told[at + 1], 0)),
        (told[at] - told[low]) / (page_told + 1),
    ]
    for penalty in _PENALTIES:
        weight = np.where(odds > 0, (amount + 3) * (2 * chance - 1), -penalty - (amount * 0.3 + 0.3) * (1 - chance))
        run_low, run_high = (run[page] for run in densest_runs(blocks, weight))
        columns += [
            (at >= run_low) & (at < run_high),
            np.log1p(np.maximum(run_low - at, 0)),
            np.log1p(np.maximum(at - run_high + 1, 0)),
            (told[run_high] - told[run_low]) / (page_told + 1),
            np.log1p(np.maximum(told[run_low] - told[at], 0)),
            np.log1p(np.maximum(told[at] - told[run_high], 0)),
        ]
    best = np.full(blocks.first.size - 1, -9.0)
    filled = np.diff(blocks.first) > 0
    best[filled] = np.maximum.reduceat(odds, blocks.first[:-1][filled])
    columns += [np.clip(best[page], -8, 12), np.clip(odds - best[page], -15, 0)]
    summed = np.concatenate(([0.0], np.cumsum(chance)))
    for span in _SPANS:
        begin, stop = np.maximum(at - span, low), np.minimum(at + span + 1, high)
        columns.append((summed[stop] - summed[begin]) / (stop - begin))
    kept = odds > 0
    above = np.concatenate(([-1], np.maximum.accumulate(np.where(kept, at, -1))[:-1]))
    below = np.concatenate((np.minimum.accumulate(np.where(kept, at, odds.size + _FAR)[::-1])[::-1][1:], [odds.size + _FAR]))
    columns.append(np.log1p(np.where(above >= low, np.minimum(at - above, _FAR), _FAR)))
    columns.append(np.log1p(np.where(below < high, np.minimum(below - at, _FAR), _FAR)))
    for values, reach, missing in ((odds, _ODDS_REACH, -9.0), (np.log1p(amount), _WORDS_REACH, -1.0)):
        for step in range(-reach, reach + 1):
            if step:
                other = np.clip(at + step, 0, odds.size - 1)
                columns.append(np.where((at + step >= low) & (at + step < high), values[other], missing))
    out = np.empty((odds.size if rows is None else rows.size, len(columns)), dtype=np.float32)
    for number, values in enumerate(columns):
        out[:, number] = values if rows is None else values[rows]
    return out


def look_again(trees: Trees, features: np.ndarray) -> np.ndarray:
    """Log odds by the trees of each row of ``features`` (the second features, then the first)."""
    count, inner = trees.feature.shape
    feature, threshold, values = trees.feature.ravel(), trees.threshold.ravel(), features.ravel()
    tree = np.arange(count) * inner
    row = (np.arange(features.shape[0]) * features.shape[1])[:, None]
    node = np.zeros((features.shape[0], count), dtype=np.int64)
    for _ in range(inner.bit_length()):  # the depth of trees with 2^depth - 1 inner nodes
        at = node + tree
        above = values.take(row + feature.take(at)) > threshold.take(at)
        node += node
        node += 1
        node += above
    leaf = trees.leaf.ravel().take(node + (np.arange(count) * (inner + 1) - inner))
    return trees.base + leaf.sum(axis=1)
