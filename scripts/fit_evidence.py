"""Fit the network that weighs the tags of HTML pages beside their text (flows/clean/evidence.npz).

    python scripts/fit_evidence.py FOLDER [--cache FOLDER]

FOLDER is that of ``fit_block_scorer.py``. The odds that the text alone gives come from scorers that did not see the page's site, as
they will on pages to come. Figures are for pages of sites that the fitted part never saw. Needs scikit-learn and scipy.
"""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from block_network import Data, Parameters, Shape, fit, predict
from fit_block_scorer import (
    DOUBTED,
    LEAST_COVERED,
    OTHERS,
    Arrays,
    block_weights,
    covered_share,
    held_out_of,
    measure_f1,
    read_sample,
    report,
)
from labelled_pages import Labelled
from training_pages import FOLDS, Training, arguments, code_of, kept, read_training, write_weights

from flows.clean.blocks import Blocks
from flows.clean.evidence import INPUTS, evidence_inputs
from flows.clean.measures import shared_words
from flows.clean.metadata import address_title
from flows.clean.scorer import PASSED_ODDS, make_scorer
from flows.clean.views import read_batch
from flows.reference.lexicon import load_clean_lexicon

SHAPE = Shape(word_size=0, width=24, reach=2, window=10, epochs=20, dropout=0.35)
SETTINGS = (SHAPE, FOLDS)
CUTS = (-0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8)


class HtmlSample(NamedTuple):
    """All pages as HTML as one batch, with the inputs of the network for each block that is not passed over; ``fold`` holds one value
    a page, ``first`` and ``kept`` tell of all blocks where each page begins and which are not passed over."""

    pages: list[Labelled]
    fold: np.ndarray
    first: np.ndarray
    kept: np.ndarray
    blocks: Blocks
    inputs: np.ndarray
    labels: np.ndarray
    weights: np.ndarray

    def spread(self, odds: np.ndarray) -> np.ndarray:
        """Odds of all blocks, those that are passed over too."""
        out = np.full(self.kept.size, PASSED_ODDS, np.float32)
        out[self.kept] = odds
        return out


def read_html_sample(training: Training, scorers: list[Arrays]) -> HtmlSample:
    """Measure all pages as HTML; ``scorers`` are those of the text, one a fold, each of which did not see its fold."""
    bare = load_clean_lexicon(weights=None, boundaries=None, evidence=None)
    frame, fold = training.frame, training.folds(training.html)
    titles = [row["page_title"] or address_title(row["url"]) for row in frame.select("page_title", "url").iter_rows(named=True)]
    texts = frame["text"].to_list()
    whole = read_batch(texts, titles, bare, markup=frame["markup"])
    assert whole.evidence is not None
    odds = np.zeros(whole.blocks.page.size, np.float32)
    for number, arrays in enumerate(scorers):
        own = np.flatnonzero(fold == number)
        part = read_batch([texts[at] for at in own], [titles[at] for at in own], replace(bare, scorer=make_scorer(arrays)))
        odds[(fold == number)[whole.blocks.page]] = part.odds
    shared = shared_words(whole.blocks, whole.words, (whole.measures.run_low, whole.measures.run_high))[0][0]
    labels = np.concatenate([page.labels for page in training.html]).astype(np.float32)
    page_weights = np.array([page.weight * (1.0 if page.measured else OTHERS) for page in training.html])
    page_weights *= np.where(covered_share(whole.blocks, whole.measures, labels) < LEAST_COVERED, DOUBTED, 1.0)
    kept = ~whole.measures.passing
    return HtmlSample(
        training.html,
        fold,
        whole.blocks.first,
        kept,
        whole.blocks.pick(kept),
        evidence_inputs(whole.evidence, odds, whole.blocks, whole.measures, shared)[kept],
        labels[kept],
        block_weights(training.html, page_weights, whole.blocks, whole.words.counts(), labels)[kept],
    )


def held_out_evidence(sample: HtmlSample) -> tuple[np.ndarray, list[Arrays]]:
    """Odds of every block by a network that did not see its fold, and the weights of these networks, one a fold."""
    data, mean, spread = _scaled(sample)
    odds = np.zeros(sample.labels.size, np.float32)
    held = []
    for number in range(FOLDS):
        network = fit(data, np.flatnonzero(sample.fold != number), SHAPE, seed=number)
        predict(network, data, np.flatnonzero(sample.fold == number), SHAPE, odds)
        held.append(arrays_of_evidence(network, mean, spread))
    return odds, held


def held_out_evidence_of(sample: HtmlSample, cache: Path | None) -> tuple[np.ndarray, list[Arrays]]:
    """``held_out_evidence``, kept on disk."""
    marks = [sample.inputs.tobytes(), sample.labels.tobytes(), sample.weights.tobytes()]
    marks.append(code_of("block_network.py") + repr(SETTINGS).encode())
    return kept(cache, "evidence", marks, lambda: held_out_evidence(sample))  # type: ignore[no-any-return]


def best_cut(sample: HtmlSample, odds: np.ndarray, folds: list[int]) -> float:
    """The odds above which blocks are best taken as body, on the measured pages of some folds."""
    pages = [page._replace(measured=page.measured and fold in folds) for page, fold in zip(sample.pages, sample.fold, strict=True)]
    return max(CUTS, key=lambda cut: measure_f1(pages, sample.first, sample.spread(odds - cut))[2])


def cut_at(arrays: Arrays, cut: float) -> Arrays:
    """The weights of a network whose odds are lower by ``cut``."""
    return arrays | {"last_bias": arrays["last_bias"] - np.float16(cut)}


def _scaled(sample: HtmlSample) -> tuple[Data, np.ndarray, np.ndarray]:
    mean, spread = sample.inputs.mean(axis=0), sample.inputs.std(axis=0) + np.float32(0.01)
    scaled = np.clip((sample.inputs - mean) / spread, -4, 4).astype(np.float32)
    none = np.zeros(0, np.int64)
    return Data(scaled, sample.labels, sample.weights, sample.blocks.first, none, none), mean, spread


def arrays_of_evidence(network: Parameters, mean: np.ndarray, spread: np.ndarray) -> Arrays:
    """The weights as they are written."""
    held = {"inputs": np.array(INPUTS), "mean": mean, "spread": spread, "reach": np.array(SHAPE.reach), "window": np.array(SHAPE.window)}
    for name, key in (("first", "first"), ("last", "last"), *((f"layer{at}", f"layer{at}") for at in range(SHAPE.layers))):
        held[f"{key}_weights"], held[f"{key}_bias"] = network[name].astype(np.float16), network[f"{name}_bias"].astype(np.float16)
    return held


def main() -> None:
    """Read, fit, print the figures, write the weights."""
    args = arguments(__doc__)
    training = read_training(args.folder, cache=args.cache)
    sample = read_html_sample(training, held_out_of(read_sample(training), args.cache)[2])
    odds, _ = held_out_evidence_of(sample, args.cache)
    cut = best_cut(sample, odds, list(range(FOLDS)))
    report(f"HTML, cut at {cut:.2f}", measure_f1(sample.pages, sample.first, sample.spread(odds - cut)))
    data, mean, spread = _scaled(sample)
    network = fit(data, np.arange(len(sample.pages)), SHAPE, seed=0)
    write_weights("evidence.npz", args.folder, sample.pages, SETTINGS, cut_at(arrays_of_evidence(network, mean, spread), cut))


if __name__ == "__main__":
    main()
