"""The fitted network that weighs what the tags of a page tell beside what its text tells.

Like the scorer of blocks, without words of its own: its inputs are what ``evidence_inputs`` measures.
``scripts/fit_evidence.py`` fits it and writes the weights.
"""

from collections.abc import Mapping

import numpy as np

from flows.clean.blocks import Blocks
from flows.clean.evidence import INPUTS
from flows.clean.network import WIDEST, Network, look_around, make_network
from flows.clean.scorer import PASSED_ODDS


def make_evidence_scorer(arrays: Mapping[str, np.ndarray]) -> Network:
    """The network from the arrays that ``scripts/fit_evidence.py`` wrote.

    Raises ValueError when they were fitted on other inputs than are measured now.
    """
    if tuple(str(name) for name in arrays["inputs"]) != INPUTS:
        raise ValueError("The weights of HTML evidence were fitted on other inputs. Run scripts/fit_evidence.py again.")
    return make_network(arrays)


def score_evidence(network: Network, inputs: np.ndarray, blocks: Blocks, passing: np.ndarray) -> np.ndarray:
    """Log odds of each block to be body, from the inputs of its evidence; blocks that are passed over are none."""
    keep = ~passing
    out: np.ndarray = np.full(keep.size, PASSED_ODDS, dtype=np.float32)
    if keep.any():
        seen = np.clip((inputs[keep] - network.mean) / network.spread, -WIDEST, WIDEST)
        out[keep] = look_around(network, np.maximum(seen @ network.first_weights + network.first_bias, 0), blocks.pick(keep))
    return out
