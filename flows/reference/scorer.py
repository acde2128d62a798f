"""The fitted weights of the clean stage, from the files that their fitting scripts wrote."""

from pathlib import Path

import numpy as np

from flows.clean.boundaries import BoundaryScorer, make_boundary_scorer
from flows.clean.evidence_scorer import make_evidence_scorer
from flows.clean.network import Network
from flows.clean.scorer import BlockScorer, make_scorer


def load_scorer(path: Path) -> BlockScorer:
    """Read the weights of the scorer of blocks."""
    with np.load(path, allow_pickle=False) as file:
        return make_scorer({name: file[name] for name in file.files})


def load_boundary_scorer(path: Path) -> BoundaryScorer:
    """Read the weights of the signs of a new story."""
    with np.load(path, allow_pickle=False) as file:
        return make_boundary_scorer({name: file[name] for name in file.files})


def load_evidence_scorer(path: Path) -> Network:
    """Read the weights of the network that weighs the tags of HTML pages."""
    with np.load(path, allow_pickle=False) as file:
        return make_evidence_scorer({name: file[name] for name in file.files})
