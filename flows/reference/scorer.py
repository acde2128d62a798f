"""The weights of the scorer of blocks, from the file that its fitting script wrote."""

from pathlib import Path

import numpy as np

from flows.clean.scorer import BlockScorer


def load_scorer(path: Path) -> BlockScorer:
    """Read the weights file that the fitting script wrote."""
    with np.load(path, allow_pickle=False) as file:
        data = {name: file[name] for name in file.files}
    floats = {name: values.astype(np.float32) for name, values in data.items() if values.dtype == np.float16}
    data.update(floats)
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
    )
