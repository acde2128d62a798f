"""The fitted network that weighs what the tags of a page tell beside what its text tells.

Like the scorer of blocks, without words of its own: each block becomes a vector of the inputs that ``evidence_inputs`` measures,
then each layer looks at the blocks within ``reach`` on both sides and at the means of the ``window`` beyond.
``scripts/fit_evidence.py`` fits it and writes the weights.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from flows.clean.blocks import Blocks
from flows.clean.evidence import INPUTS
from flows.clean.scorer import PASSED_ODDS, look_around


class EvidenceScorer(NamedTuple):
    """Weights of the network. ``layers`` one (weights, bias) a layer of context."""

    mean: np.ndarray
    spread: np.ndarray
    first_weights: np.ndarray
    first_bias: np.ndarray
    layers: tuple[tuple[np.ndarray, np.ndarray], ...]
    last_weights: np.ndarray
    last_bias: np.ndarray
    reach: int
    window: int


def make_evidence_scorer(arrays: Mapping[str, np.ndarray]) -> EvidenceScorer:
    """The scorer from the arrays that ``scripts/fit_evidence.py`` wrote.

    Raises ValueError when they were fitted on other inputs than are measured now.
    """
    names = tuple(str(name) for name in arrays["inputs"])
    if names != INPUTS:
        raise ValueError("The weights of HTML evidence were fitted on other inputs. Run scripts/fit_evidence.py again.")
    data = {name: values.astype(np.float32) for name, values in arrays.items() if values.dtype.kind != "U"}
    layers: list[tuple[np.ndarray, np.ndarray]] = []
    while f"layer{len(layers)}_weights" in data:
        layers.append((data[f"layer{len(layers)}_weights"], data[f"layer{len(layers)}_bias"]))
    return EvidenceScorer(
        mean=data["mean"],
        spread=data["spread"],
        first_weights=data["first_weights"],
        first_bias=data["first_bias"],
        layers=tuple(layers),
        last_weights=data["last_weights"],
        last_bias=data["last_bias"],
        reach=int(data["reach"]),
        window=int(data["window"]),
    )


def score_evidence(scorer: EvidenceScorer, inputs: np.ndarray, blocks: Blocks, passing: np.ndarray) -> np.ndarray:
    """Log odds of each block to be body, from the inputs of its evidence; blocks that are passed over are none."""
    keep = ~passing
    out: np.ndarray = np.full(keep.size, PASSED_ODDS, dtype=np.float32)
    if keep.any():
        out[keep] = look_around(scorer, np.clip((inputs[keep] - scorer.mean) / scorer.spread, -4, 4), blocks.pick(keep))
    return out
