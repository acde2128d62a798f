"""Fitting of the network that ``flows.clean.scorer`` evaluates: forward and backward pass in numpy, Adam, dropout."""

from typing import NamedTuple

import numpy as np
import scipy.sparse

BUCKET_BITS = 12


class Shape(NamedTuple):
    """Sizes of the network and of its fitting."""

    word_size: int = 8
    width: int = 24
    layers: int = 2
    reach: int = 3
    window: int = 12
    epochs: int = 12
    batch_pages: int = 16
    rate: float = 4e-3
    decay: float = 4e-3
    dropout: float = 0.15
    word_dropout: float = 0.2


class Data(NamedTuple):
    """Blocks of all pages: ``first`` is the first block of each page; ``bucket`` and ``block`` tell each word's vector and block."""

    features: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    first: np.ndarray
    bucket: np.ndarray
    block: np.ndarray


Parameters = dict[str, np.ndarray]


def start(features: int, shape: Shape, dice: np.random.Generator) -> Parameters:
    """Random weights to start from."""

    def draw(rows: int, columns: int) -> np.ndarray:
        return (dice.standard_normal((rows, columns)) * np.sqrt(2 / rows)).astype(np.float32)

    places = 2 * shape.reach + 3
    out = {
        "words": (dice.standard_normal((1 << BUCKET_BITS, shape.word_size)) * 0.1).astype(np.float32),
        "first": draw(features + shape.word_size, shape.width),
        "first_bias": np.zeros(shape.width, np.float32),
        "last": draw(shape.width * (shape.layers + 1), 1) * 0.3,
        "last_bias": np.zeros(1, np.float32),
    }
    for layer in range(shape.layers):
        out[f"layer{layer}"] = draw(places * shape.width, shape.width)
        out[f"layer{layer}_bias"] = np.zeros(shape.width, np.float32)
    return out


def _gather(hidden: np.ndarray, shape: Shape) -> np.ndarray:
    """For the rows between the outermost zeros, the vectors around each: reach on both sides, then the means beyond."""
    apart = shape.reach + shape.window
    rows, width = hidden.shape
    size = rows - 2 * apart
    out = np.empty((size, (2 * shape.reach + 3) * width), np.float32)
    for at, step in enumerate(range(-shape.reach, shape.reach + 1)):
        out[:, at * width : (at + 1) * width] = hidden[apart + step : rows - apart + step]
    total = np.zeros((rows + 1, width), np.float32)
    np.cumsum(hidden, axis=0, out=total[1:])
    out[:, -2 * width : -width] = (total[apart - shape.reach : rows - apart - shape.reach] - total[:size]) / shape.window
    out[:, -width:] = (total[2 * apart + 1 :] - total[apart + shape.reach + 1 : rows - apart + shape.reach + 1]) / shape.window
    return out


def _scatter(gradient: np.ndarray, rows: int, width: int, shape: Shape) -> np.ndarray:
    """The gradient of ``_gather``'s input from that of its output."""
    apart = shape.reach + shape.window
    out = np.zeros((rows, width), np.float32)
    for at, step in enumerate(range(-shape.reach, shape.reach + 1)):
        out[apart + step : rows - apart + step] += gradient[:, at * width : (at + 1) * width]
    size = gradient.shape[0]
    for side, part in ((-1, gradient[:, -2 * width : -width]), (1, gradient[:, -width:])):
        total = np.zeros((size + 1, width), np.float32)
        np.cumsum(part, axis=0, out=total[1:])
        # Row i of the output drew on rows i+apart+side*(reach+1) … i+apart+side*(reach+window) of the input.
        at = np.arange(rows) - apart
        low, high = (at + shape.reach + 1, at + apart + 1) if side < 0 else (at - apart, at - shape.reach)
        low, high = np.clip(low, 0, size), np.clip(high, 0, size)
        out += np.where((high > low)[:, None], total[np.maximum(high, low)] - total[low], 0) / shape.window
    return out


def forward(
    weights: Parameters, data: Data, pages: np.ndarray, bags: scipy.sparse.csr_matrix, shape: Shape, dice: np.random.Generator | None
) -> tuple[np.ndarray, np.ndarray, dict[str, list[np.ndarray]]]:
    """Log odds of the blocks of some pages, which blocks these are, and what the backward pass needs."""
    counts = np.diff(data.first)[pages]
    index = np.concatenate([np.arange(data.first[page], data.first[page + 1]) for page in pages])
    apart = shape.reach + shape.window
    row = np.arange(index.size) + apart * (np.repeat(np.arange(pages.size), counts) + 1)
    rows = index.size + apart * (pages.size + 1)
    filled = np.zeros((rows, 1), np.float32)
    filled[row] = 1

    def drop(values: np.ndarray, share: float) -> np.ndarray:
        if dice is None or not share:
            return np.ones((1, 1), np.float32)
        return ((dice.random(values.shape, dtype=np.float32) > share) / np.float32(1 - share)).astype(np.float32)

    bag = bags[index]
    inputs = np.concatenate((data.features[index], bag @ weights["words"]), axis=1)
    mask = drop(inputs, shape.dropout / 2)
    inputs = inputs * mask
    hidden = np.zeros((rows, shape.width), np.float32)
    hidden[row] = np.maximum(inputs @ weights["first"] + weights["first_bias"], 0)
    kept: dict[str, list[np.ndarray]] = {
        "bag": [bag],
        "inputs": [inputs],
        "mask": [mask],
        "hidden": [hidden],
        "around": [],
        "drop": [],
        "row": [row],
        "filled": [filled],
    }
    for layer in range(shape.layers):
        share = drop(hidden, shape.dropout)
        kept["drop"].append(share)
        around = _gather(hidden * share, shape)
        kept["around"].append(around)
        out = np.zeros((rows, shape.width), np.float32)
        out[apart : rows - apart] = np.maximum(around @ weights[f"layer{layer}"] + weights[f"layer{layer}_bias"], 0)
        hidden = out * filled
        kept["hidden"].append(hidden)
    full = np.concatenate([hidden[row] for hidden in kept["hidden"]], axis=1)
    last = drop(full, shape.dropout)
    full = full * last
    kept["full"], kept["last"] = [full], [last]
    return (full @ weights["last"])[:, 0] + weights["last_bias"][0], index, kept


def _backward(weights: Parameters, kept: dict[str, list[np.ndarray]], error: np.ndarray, shape: Shape) -> Parameters:
    """Gradients of all weights from the error of each block's log odds."""
    apart, width = shape.reach + shape.window, shape.width
    row, filled = kept["row"][0], kept["filled"][0]
    rows = filled.shape[0]
    out: Parameters = {"last": kept["full"][0].T @ error[:, None], "last_bias": error.sum(keepdims=True)}
    from_last = (error[:, None] @ weights["last"].T) * kept["last"][0]
    down = np.zeros((rows, width), np.float32)
    down[row] = from_last[:, shape.layers * width :]
    for layer in range(shape.layers - 1, -1, -1):
        down = (down * (kept["hidden"][layer + 1] > 0))[apart : rows - apart]
        out[f"layer{layer}"] = kept["around"][layer].T @ down
        out[f"layer{layer}_bias"] = down.sum(axis=0)
        down = _scatter(down @ weights[f"layer{layer}"].T, rows, width, shape) * kept["drop"][layer] * filled
        down[row] += from_last[:, layer * width : (layer + 1) * width]
    down = down[row] * (kept["hidden"][0][row] > 0)
    out["first"] = kept["inputs"][0].T @ down
    out["first_bias"] = down.sum(axis=0)
    features = weights["first"].shape[0] - weights["words"].shape[1]
    out["words"] = kept["bag"][0].T @ ((down @ weights["first"].T) * kept["mask"][0])[:, features:]
    return out


def bags_of(data: Data, dice: np.random.Generator | None, share: float) -> scipy.sparse.csr_matrix:
    """Words of each block as a sparse row, over the square root of their number; some left out when fitting."""
    counts = np.bincount(data.block, minlength=data.labels.size)
    value = (1 / np.sqrt(np.maximum(counts, 1)))[data.block]
    if dice is not None:
        value = value * (dice.random(value.size) > share) / (1 - share)
    ends = np.concatenate(([0], np.cumsum(counts)))
    return scipy.sparse.csr_matrix((value.astype(np.float32), data.bucket, ends), shape=(data.labels.size, 1 << BUCKET_BITS))


def fit(data: Data, pages: np.ndarray, shape: Shape, *, seed: int) -> Parameters:
    """Fit the network on some of the pages: weighted logistic loss, Adam with a warm start and a falling rate."""
    dice = np.random.default_rng(seed)
    weights = start(data.features.shape[1], shape, dice)
    mean = {name: np.zeros_like(value) for name, value in weights.items()}
    spread = {name: np.zeros_like(value) for name, value in weights.items()}
    step, steps = 0, shape.epochs * max(1, pages.size // shape.batch_pages)
    for _ in range(shape.epochs):
        bags = bags_of(data, dice, shape.word_dropout)
        order = dice.permutation(pages)
        for at in range(0, pages.size - shape.batch_pages // 2, shape.batch_pages):
            odds, index, kept = forward(weights, data, order[at : at + shape.batch_pages], bags, shape, dice)
            weight = data.weights[index]
            error = ((1 / (1 + np.exp(-odds)) - data.labels[index]) * weight / weight.sum()).astype(np.float32)
            gradients = _backward(weights, kept, error, shape)
            share = min(1.0, (step + 1) / 50) * (0.5 + 0.5 * np.cos(np.pi * min(1.0, step / steps)))
            step += 1
            for name, value in weights.items():
                gradient = gradients[name]
                mean[name] += 0.1 * (gradient - mean[name])
                spread[name] += 0.01 * (gradient * gradient - spread[name])
                move = mean[name] / (1 - 0.9**step) / (np.sqrt(spread[name] / (1 - 0.99**step)) + 1e-7)
                value -= shape.rate * share * move + shape.rate * share * shape.decay * (8 if name == "words" else 1) * value
    return weights


def predict(weights: Parameters, data: Data, pages: np.ndarray, shape: Shape, out: np.ndarray) -> None:
    """Write the log odds of the blocks of some pages into ``out``."""
    bags = bags_of(data, None, 0.0)
    for at in range(0, pages.size, 32):
        odds, index, _ = forward(weights, data, pages[at : at + 32], bags, shape, None)
        out[index] = odds
