"""The fitted scorer of blocks: how likely each block is part of a story's body, from its features, its words and its neighbours.

A small convolutional network over the blocks of a page, evaluated in numpy for a whole batch at once: each block becomes a
vector (from its features and the sum of its words' vectors), then each layer looks at the blocks within ``reach`` on both
sides and at the means of the ``window`` beyond. ``scripts/fit_block_scorer.py`` fits it and writes the weights.
"""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

import numpy as np

from flows.clean.blocks import Blocks
from flows.clean.measures import Measures
from flows.clean.second_look import SECOND, Trees, look_again, second_features
from flows.clean.words import Words

PASSED_ODDS = -9.0
_ROWS = 512


class BlockScorer(NamedTuple):
    """Weights of the network. ``names`` are the features that it was fitted on, in order; ``layers`` one (weights, bias) a layer of context."""

    names: tuple[str, ...]
    mean: np.ndarray
    spread: np.ndarray
    word_vectors: np.ndarray
    first_weights: np.ndarray
    first_bias: np.ndarray
    layers: tuple[tuple[np.ndarray, np.ndarray], ...]
    last_weights: np.ndarray
    last_bias: np.ndarray
    reach: int
    window: int
    trees: Trees | None = None


def make_scorer(arrays: Mapping[str, np.ndarray]) -> BlockScorer:
    """The scorer from the arrays that ``scripts/fit_block_scorer.py`` wrote.

    Raises ValueError when they were fitted on other features than are measured now.
    """
    data = {name: values.astype(np.float32) if values.dtype == np.float16 else values for name, values in arrays.items()}
    trees = _trees(data)
    vectors = data["word_vectors"].astype(np.float32) * data["word_scale"].astype(np.float32)
    layers: list[tuple[np.ndarray, np.ndarray]] = []
    while f"layer{len(layers)}_weights" in data:
        at = len(layers)
        layers.append((data[f"layer{at}_weights"], data[f"layer{at}_bias"]))
    return BlockScorer(
        names=tuple(str(name) for name in data["names"]),
        mean=data["mean"].astype(np.float32),
        spread=data["spread"].astype(np.float32),
        word_vectors=vectors,
        first_weights=data["first_weights"],
        first_bias=data["first_bias"],
        layers=tuple(layers),
        last_weights=data["last_weights"],
        last_bias=data["last_bias"],
        reach=int(data["reach"]),
        window=int(data["window"]),
        trees=trees,
    )


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
    blocks, amount = blocks.pick(keep), measures.words[keep]
    rows, width = np.flatnonzero(keep), features.shape[1]
    inputs = np.empty((rows.size, width + scorer.word_vectors.shape[1]), dtype=np.float32)
    for at in range(0, inputs.shape[0], _ROWS):  # a part at a time, which the processor's cache holds
        part = np.take(features.T, rows[at : at + _ROWS], axis=1)
        part -= scorer.mean[:, None]
        part /= scorer.spread[:, None]
        np.minimum(part, 4, out=part)
        np.maximum(part, -4, out=part)
        inputs[at : at + _ROWS, :width] = part.T
    inputs[:, width:] = word_sums(words, scorer.word_vectors)[keep]
    odds = look_around(scorer, inputs, blocks)
    if scorer.trees is not None:
        left = np.flatnonzero(np.abs(odds) < scorer.trees.limit)
        if left.size:
            second = np.concatenate((second_features(odds, blocks, amount, left), features[rows[left]]), axis=1)
            odds[left] = look_again(scorer.trees, second)
    out[keep] = odds
    return out


class Network(Protocol):
    """The layers that a fitted network has: on the inputs of a block, then ``layers`` of context, one (weights, bias) each, then one output."""

    @property
    def first_weights(self) -> np.ndarray: ...
    @property
    def first_bias(self) -> np.ndarray: ...
    @property
    def layers(self) -> tuple[tuple[np.ndarray, np.ndarray], ...]: ...
    @property
    def last_weights(self) -> np.ndarray: ...
    @property
    def last_bias(self) -> np.ndarray: ...
    @property
    def reach(self) -> int: ...
    @property
    def window(self) -> int: ...


def look_around(network: Network, inputs: np.ndarray, blocks: Blocks) -> np.ndarray:
    """Log odds of each block by a network that sees its inputs and those of its neighbours."""
    size = inputs.shape[0]
    # Pages stand apart by rows of zeros, so that no block sees another page.
    apart = network.reach + network.window
    row = np.arange(size) + apart * (blocks.page + 1)
    rows = size + apart * (blocks.first.size + 1)
    filled = np.zeros((rows, 1), dtype=np.float32)
    filled[row] = 1
    hidden = np.zeros((rows, network.first_bias.size), dtype=np.float32)
    hidden[row] = np.maximum(inputs @ network.first_weights + network.first_bias, 0)
    seen = [hidden[row]]
    for weights, bias in network.layers:
        hidden = np.maximum(with_neighbours(hidden, weights, network.reach, network.window) + bias, 0) * filled
        seen.append(hidden[row])
    odds: np.ndarray = (np.concatenate(seen, axis=1) @ network.last_weights)[:, 0] + network.last_bias[0]
    return odds


def with_neighbours(hidden: np.ndarray, weights: np.ndarray, reach: int, window: int) -> np.ndarray:
    """Sum over the positions around each row of their vectors times the weights for that position."""
    rows, width = hidden.shape
    parts = weights.reshape(-1, width, weights.shape[1])
    out = np.zeros((rows, weights.shape[1]), dtype=np.float32)
    apart = reach + window
    middle = out[apart : rows - apart]
    part = np.empty_like(middle)
    for at, shift in enumerate(range(-reach, reach + 1)):
        middle += np.matmul(hidden[apart + shift : rows - apart + shift], parts[at], out=part)
    total = np.zeros((rows + 1, width), dtype=np.float32)
    np.cumsum(hidden, axis=0, out=total[1:])
    before = (total[apart - reach : rows - apart - reach] - total[: rows - 2 * apart]) / window
    after = (total[2 * apart + 1 :] - total[apart + reach + 1 : rows - apart + reach + 1]) / window
    middle += before @ parts[2 * reach + 1]
    middle += after @ parts[2 * reach + 2]
    return out
