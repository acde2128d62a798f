"""Who with whom as a drawing: places for the names so that those who met stand near each other."""

import functools
from typing import NamedTuple

import numpy as np


class Node(NamedTuple):
    """A name with its place on the drawing (0 to 1 each way) and the weight of all its ties."""

    name: str
    x: float
    y: float
    weight: float


@functools.lru_cache(maxsize=64)
def place_nodes(ties: tuple[tuple[str, str, float], ...], *, rounds: int = 300) -> tuple[Node, ...]:
    """Place the names of weighted ties by forces (Fruchterman and Reingold 1991), the same way each time.

    >>> [node.name for node in place_nodes((("a", "b", 1.0),))]
    ['a', 'b']
    """
    names = list(dict.fromkeys(name for first, second, _ in ties for name in (first, second)))
    if not names:
        return ()
    index = {name: at for at, name in enumerate(names)}
    count = len(names)
    tied = np.zeros((count, count))
    for first, second, strength in ties:
        tied[index[first], index[second]] += strength
        tied[index[second], index[first]] += strength
    order = np.arange(count)
    radius = np.sqrt((order + 0.5) / count)
    at = np.stack([np.cos(2.399963 * order) * radius, np.sin(2.399963 * order) * radius], axis=1)
    ideal = 1.1 / np.sqrt(count)
    pull = np.minimum(1 + np.log1p(tied) / 3, 2) * (tied > 0) / ideal
    for step in range(rounds):
        away = at[:, None, :] - at[None, :, :]
        far = np.maximum(np.hypot(away[..., 0], away[..., 1]), 0.01)
        force = (ideal / far) ** 2 - pull * far
        move = (away * force[..., None]).sum(axis=1) - at * (1.5 / ideal)  # a pull to the middle keeps the pieces together
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        heat = 0.12 * (1 - step / rounds) + 0.001
        at += move / length[:, None] * np.minimum(length, heat)[:, None]
    low, high = at.min(axis=0), at.max(axis=0)
    at = (at - low) / np.maximum(high - low, 1e-9)
    return tuple(Node(name, float(x), float(y), float(w)) for name, (x, y), w in zip(names, at, tied.sum(axis=1), strict=True))
