"""A small convolutional network over the blocks of each page, evaluated in numpy for a whole batch at once.

Each block comes as a vector of inputs; then each layer looks at the blocks within ``reach`` on both sides and at the means of the ``window``
beyond. The scorer of blocks and that of HTML evidence are such networks, fitted by scripts of their own.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from flows.clean.blocks import Blocks

WIDEST = 4.0  # standard deviations; an input further from its mean counts as that far


class Network(NamedTuple):
    """Fitted weights: ``mean`` and ``spread`` of each measured input, the layer on the inputs of a block, ``layers`` of context (weights and
    bias of each), and the layer that gives the odds."""

    mean: np.ndarray
    spread: np.ndarray
    first_weights: np.ndarray
    first_bias: np.ndarray
    layers: tuple[tuple[np.ndarray, np.ndarray], ...]
    last_weights: np.ndarray
    last_bias: np.ndarray
    reach: int
    window: int


def make_network(arrays: Mapping[str, np.ndarray]) -> Network:
    """The network from the arrays that a fitting script wrote."""

    def weights(name: str) -> np.ndarray:
        return arrays[name].astype(np.float32)

    layers: list[tuple[np.ndarray, np.ndarray]] = []
    while f"layer{len(layers)}_weights" in arrays:
        layers.append((weights(f"layer{len(layers)}_weights"), weights(f"layer{len(layers)}_bias")))
    return Network(
        mean=weights("mean"),
        spread=weights("spread"),
        first_weights=weights("first_weights"),
        first_bias=weights("first_bias"),
        layers=tuple(layers),
        last_weights=weights("last_weights"),
        last_bias=weights("last_bias"),
        reach=int(arrays["reach"]),
        window=int(arrays["window"]),
    )


def look_around(network: Network, inner: np.ndarray, blocks: Blocks) -> np.ndarray:
    """Log odds of each block by a network that sees a block and its neighbours, from what its first layer gives."""
    size = inner.shape[0]
    # Pages stand apart by rows of zeros, so that no block sees another page.
    apart = network.reach + network.window
    row = np.arange(size) + apart * (blocks.page + 1)
    rows = size + apart * (blocks.first.size + 1)
    filled = np.zeros((rows, 1), dtype=np.float32)
    filled[row] = 1
    hidden = np.zeros((rows, network.first_bias.size), dtype=np.float32)
    hidden[row] = inner
    seen = [inner]
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
