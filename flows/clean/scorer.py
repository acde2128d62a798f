"""The fitted scorer of blocks: how likely each block is part of a story's body, from its features, its words and its neighbours.

A network (``network.py``) whose inputs are a block's features and the sum of its words' vectors, and trees for what it leaves open.
``scripts/fit_block_scorer.py`` fits both and writes the weights.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from flows.clean.blocks import Blocks
from flows.clean.measures import Measures
from flows.clean.network import WIDEST, Network, look_around, make_network
from flows.clean.second_look import SECOND, Trees, look_again, second_features
from flows.clean.words import Words

PASSED_ODDS = -9.0
_ROWS = 512


class BlockScorer(NamedTuple):
    """A network with ``names``, the features that it was fitted on, in order, the vectors of words, and the trees of the second look."""

    names: tuple[str, ...]
    network: Network
    word_vectors: np.ndarray
    trees: Trees | None = None


def make_scorer(arrays: Mapping[str, np.ndarray]) -> BlockScorer:
    """The scorer from the arrays that ``scripts/fit_block_scorer.py`` wrote.

    Raises ValueError when they were fitted on other features than are measured now.
    """
    trees = _trees(arrays)
    vectors = arrays["word_vectors"].astype(np.float32) * arrays["word_scale"].astype(np.float32)
    return BlockScorer(tuple(str(name) for name in arrays["names"]), make_network(arrays), vectors, trees)


def _trees(data: Mapping[str, np.ndarray]) -> Trees | None:
    """The trees of the second look, None when the file holds none."""
    if "tree_leaf" not in data:
        return None
    if tuple(data["second_names"].tolist()) != SECOND:
        raise ValueError("The weights of the second look were fitted on other features: run scripts/fit_block_scorer.py again.")
    feature, threshold = data["tree_feature"].astype(np.int64), data["tree_threshold"].astype(np.float32)
    return Trees(feature, threshold, data["tree_leaf"].astype(np.float32), float(data["tree_base"]), float(data["tree_limit"]))


def word_sums(words: Words, vectors: np.ndarray) -> np.ndarray:
    """Per block the sum of its words' vectors over the square root of their number."""
    bits = int(vectors.shape[0]).bit_length() - 1
    bucket = (words.key >> np.uint64(64 - bits)).astype(np.int64)
    count = words.counts()
    out = np.zeros((count.size, vectors.shape[1]), dtype=np.float32)
    has = count > 0
    if has.any():
        out[has] = np.add.reduceat(vectors[bucket], words.first[:-1][has], axis=0)
    return out / np.sqrt(np.maximum(count, 1), dtype=np.float32)[:, None]


def score_blocks(scorer: BlockScorer, features: np.ndarray, blocks: Blocks, words: Words, measures: Measures) -> np.ndarray:
    """Log odds of each block to be body; ``features`` has the columns that the scorer was fitted on (``scorer.names``).

    Blocks that are passed over are none, and the others stand next to each other without them. What the network leaves open gets its
    odds from the trees.
    """
    keep = ~measures.passing
    out: np.ndarray = np.full(keep.size, PASSED_ODDS, dtype=np.float32)
    if not keep.any():
        return out
    rows, network, width = np.flatnonzero(keep), scorer.network, features.shape[1]
    blocks, amount = blocks.pick(keep), measures.words[keep]
    hidden = (word_sums(words, scorer.word_vectors) @ network.first_weights[width:])[rows]
    columns, weights = features.T, network.first_weights[:width].T
    for at in range(0, rows.size, _ROWS):  # a part at a time, which the processor's cache holds
        part = np.take(columns, rows[at : at + _ROWS], axis=1)
        part -= network.mean[:, None]
        part /= network.spread[:, None]
        np.clip(part, -WIDEST, WIDEST, out=part)
        hidden[at : at + _ROWS] += (weights @ part).T
    hidden += network.first_bias
    odds = look_around(network, np.maximum(hidden, 0, out=hidden), blocks)
    if scorer.trees is not None:
        left = np.flatnonzero(np.abs(odds) < scorer.trees.limit)
        if left.size:
            second = np.concatenate((second_features(odds, blocks, amount, left), features[rows[left]]), axis=1)
            odds[left] = look_again(scorer.trees, second)
    out[keep] = odds
    return out
