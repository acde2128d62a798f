"""Fit the scorer of blocks (flows/clean/block_scorer.npz) on labelled pages.

    python scripts/fit_block_scorer.py FOLDER [--cache FOLDER]

FOLDER holds JSON Lines files as ``labelled_pages`` describes. Sites are dealt into folds; figures are for pages of sites that
the fitted part never saw (macro F1 over four-word shingles of the measured files). Two steps are fitted: a network on every block,
then trees on the blocks that it leaves open, which see the network's odds for pages it was not fitted on. What is written is
fitted on all pages; the trees on the odds from the folds. Needs scikit-learn and scipy; evaluation needs numpy alone.
``cross_validate.py`` tells what comes out of the whole clean stage.
"""

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from block_network import BUCKET_BITS, Data, Parameters, Shape, fit, predict
from labelled_pages import Labelled, agreement, shingles
from sklearn.ensemble import HistGradientBoostingClassifier
from training_pages import FOLDS, Training, arguments, code_of, kept, known_titles, read_training, write_weights

from flows.clean.blocks import Blocks, split_blocks
from flows.clean.features import FEATURES, block_features
from flows.clean.measures import Measures, measure
from flows.clean.scorer import PASSED_ODDS
from flows.clean.second_look import SECOND, Trees, look_again, second_features
from flows.clean.wording import read_wording
from flows.clean.words import find_words
from flows.reference.lexicon import load_clean_lexicon

TREE_DEPTH = 5
LIMIT = 4.0  # the trees are fitted on blocks with odds nearer to even than this
LOOKED_AT = 4.0  # and decide those with odds nearer to even than this
OTHERS = 0.6  # what a page that is not measured weighs beside one that is
SECOND_VIEW = 0.5  # what a page as HTML weighs beside the same page as text
LEAST_COVERED = 0.4
DOUBTED = 0.2  # what a page weighs whose labels cover less than that of its prose
SHAPE = Shape()
SETTINGS = (SHAPE, TREE_DEPTH, LIMIT, LOOKED_AT, OTHERS, SECOND_VIEW, LEAST_COVERED, DOUBTED, FOLDS)
Arrays = dict[str, np.ndarray]


class Sample(NamedTuple):
    """All pages as one batch, with what the fit reads of each block that is not passed over; ``fold`` holds one value a page, ``first``
    and ``kept`` tell of all blocks where each page begins and which are not passed over."""

    pages: list[Labelled]
    fold: np.ndarray
    first: np.ndarray
    kept: np.ndarray
    blocks: Blocks
    amount: np.ndarray
    features: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    bucket: np.ndarray
    word_block: np.ndarray

    def own(self, number: int) -> np.ndarray:
        """Which blocks are of that fold."""
        return self.fold[self.blocks.page] == number

    def spread(self, odds: np.ndarray) -> np.ndarray:
        """Odds of all blocks, those that are passed over too."""
        out = np.full(self.kept.size, PASSED_ODDS, np.float32)
        out[self.kept] = odds
        return out


def block_weights(pages: list[Labelled], page_weights: np.ndarray, blocks: Blocks, size: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """What each block weighs: long ones more, those of long bodies less, those that are half body half as much."""
    body_words = np.array([len(page.body.split()) + 50 for page in pages])
    weights = np.maximum(size, 1) ** 0.6 / body_words[blocks.page] ** 0.5 * page_weights[blocks.page]
    return np.where((labels > 0.2) & (labels < 0.8), 0.5 * weights, weights).astype(np.float32)


def read_sample(training: Training) -> Sample:
    """Measure all pages as text, and those as HTML whose text differs."""
    texts = {page.id: page.text for page in training.text}
    again = [page for page in training.html if texts.get(page.id) != page.text]
    pages = training.text + [page._replace(measured=False) for page in again]
    seen = np.array([1.0] * len(training.text) + [SECOND_VIEW] * len(again))
    lexicon = load_clean_lexicon(weights=None, boundaries=None, evidence=None)
    blocks = split_blocks([page.text for page in pages])
    words = find_words(blocks)
    wording = read_wording(words, lexicon.vocabulary)
    counts = measure(blocks, words, wording, known_titles(training.text) + [page.title or "" for page in again])
    features = block_features(blocks, words, wording, counts)
    labels = np.concatenate([page.labels for page in pages]).astype(np.float32)
    page_weights = np.array([page.weight * (1.0 if page.measured else OTHERS) for page in pages]) * seen
    page_weights *= np.where(covered_share(blocks, counts, labels) < LEAST_COVERED, DOUBTED, 1.0)
    kept = ~counts.passing
    of_kept = kept[words.block]
    return Sample(
        pages,
        training.folds(pages),
        blocks.first,
        kept,
        blocks.pick(kept),
        counts.words[kept],
        features[kept],
        labels[kept],
        block_weights(pages, page_weights, blocks, words.counts(), labels)[kept],
        (words.key[of_kept] >> np.uint64(64 - BUCKET_BITS)).astype(np.int64),
        (np.cumsum(kept) - 1)[words.block[of_kept]],
    )


def covered_share(blocks: Blocks, counts: Measures, labels: np.ndarray) -> np.ndarray:
    """Per page the share of its longest run of prose that is body: where it is small the labels tell of a cut text, or of a page
    that no rule reads."""
    at = np.arange(labels.size)
    words = np.where(counts.prose & (at >= counts.run_low[blocks.page]) & (at < counts.run_high[blocks.page]), counts.words, 0.0)
    pages = blocks.first.size - 1
    total = np.bincount(blocks.page, weights=words, minlength=pages)
    body = np.bincount(blocks.page, weights=words * (labels >= 0.5), minlength=pages)
    return np.where(total > 150, body / np.maximum(total, 1), 1.0)


def measure_f1(pages: list[Labelled], first: np.ndarray, odds: np.ndarray) -> tuple[float, float, float, float]:
    """Macro precision, recall and F1 of the measured pages, and the mean F1 of the worst tenth."""
    sums, single = np.zeros(3), []
    for at, page in enumerate(pages):
        if not page.measured:
            continue
        kept = "\n\n".join(block for block, value in zip(page.blocks, odds[first[at] : first[at + 1]], strict=True) if value > 0)
        both, extra, missing = agreement(shingles(page.body), kept)
        sums += np.array([both, extra, missing]) / max(1, both + extra + missing)
        single.append(2 * both / max(1, 2 * both + extra + missing))
    precision, recall = sums[0] / max(sums[0] + sums[1], 1e-9), sums[0] / max(sums[0] + sums[2], 1e-9)
    single.sort()
    tenth = max(1, len(single) // 10)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), sum(single[:tenth]) / tenth


def report(step: str, figures: tuple[float, float, float, float]) -> None:
    """Print the figures of one step."""
    precision, recall, f1, worst = figures
    print(f"{step}, sites not seen: P {precision:.4f} R {recall:.4f} F1 {f1:.4f} worst tenth {worst:.3f}", flush=True)


def flatten(model: HistGradientBoostingClassifier, limit: float, *, depth: int = TREE_DEPTH) -> Trees:
    """The fitted trees, each filled up to the same depth."""
    inner = 2**depth - 1
    trees = [predictors[0].nodes for predictors in model._predictors]
    feature = np.zeros((len(trees), inner), np.int16)
    threshold = np.full((len(trees), inner), np.inf, np.float32)
    leaf = np.zeros((len(trees), inner + 1), np.float32)

    def fill(tree: int, nodes: np.ndarray, node: int, place: int) -> None:
        is_leaf = bool(nodes[node]["is_leaf"])
        if place >= inner:
            leaf[tree, place - inner] = nodes[node]["value"]
            return
        if not is_leaf:
            feature[tree, place], threshold[tree, place] = nodes[node]["feature_idx"], nodes[node]["num_threshold"]
        fill(tree, nodes, node if is_leaf else int(nodes[node]["left"]), 2 * place + 1)
        fill(tree, nodes, node if is_leaf else int(nodes[node]["right"]), 2 * place + 2)

    for tree, nodes in enumerate(trees):
        fill(tree, nodes, 0, 0)
    return Trees(feature, threshold, leaf, float(np.ravel(model._baseline_prediction)[0]), limit)


def fit_trees(features: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> Trees:
    """Boosted trees on the blocks that were left open."""
    model = HistGradientBoostingClassifier(
        max_iter=110,
        learning_rate=0.08,
        max_leaf_nodes=15,
        max_depth=TREE_DEPTH,
        min_samples_leaf=60,
        l2_regularization=5,
        max_features=0.3,
        random_state=0,
    )
    model.fit(features, labels >= 0.5, sample_weight=weights)
    return flatten(model, LOOKED_AT)


def scaled_data(sample: Sample) -> tuple[Data, np.ndarray, np.ndarray]:
    """The sample as the network reads it, with the mean and the spread of its features."""
    mean, spread = sample.features.mean(axis=0), sample.features.std(axis=0) + 1e-3
    scaled = np.clip((sample.features - mean) / spread, -4, 4).astype(np.float32)
    return Data(scaled, sample.labels, sample.weights, sample.blocks.first, sample.bucket, sample.word_block), mean, spread


def held_out(sample: Sample) -> tuple[np.ndarray, np.ndarray, list[Arrays], Trees]:
    """Odds of every block by the network and by both steps of a scorer that did not see its fold, the weights of these scorers, one a
    fold, and the trees fitted on the odds of all folds."""
    data, mean, spread = scaled_data(sample)
    odds = np.zeros(sample.labels.size, np.float32)
    networks = []
    for number in range(FOLDS):
        networks.append(fit(data, np.flatnonzero(sample.fold != number), SHAPE, seed=number))
        predict(networks[-1], data, np.flatnonzero(sample.fold == number), SHAPE, odds)
        print(f"fold {number + 1} of {FOLDS}", file=sys.stderr, flush=True)
    second = np.concatenate((second_features(odds, sample.blocks, sample.amount), sample.features), axis=1)
    open_, near = np.abs(odds) < LIMIT, np.abs(odds) < LOOKED_AT
    final = odds.copy()
    scorers = []
    for number in range(FOLDS):
        own = sample.own(number)
        trees = fit_trees(second[open_ & ~own], sample.labels[open_ & ~own], sample.weights[open_ & ~own])
        final[near & own] = look_again(trees, second[near & own])
        scorers.append(arrays_of(networks[number], trees, mean, spread))
    return odds, final, scorers, fit_trees(second[open_], sample.labels[open_], sample.weights[open_])


def held_out_of(sample: Sample, cache: Path | None) -> tuple[np.ndarray, np.ndarray, list[Arrays], Trees]:
    """``held_out``, kept on disk."""
    marks = [sample.features.tobytes(), sample.labels.tobytes(), sample.weights.tobytes()]
    marks.append(code_of("block_network.py") + repr(SETTINGS).encode())
    return kept(cache, "scorers", marks, lambda: held_out(sample))  # type: ignore[no-any-return]


def arrays_of(network: Parameters, trees: Trees, mean: np.ndarray, spread: np.ndarray) -> Arrays:
    """The weights as they are written, small."""
    scale = np.abs(network["words"]).max(axis=0) / 127
    held = {
        "names": np.array(FEATURES),
        "second_names": np.array(SECOND),
        "mean": mean,
        "spread": spread,
        "word_vectors": np.round(network["words"] / scale).astype(np.int8),
        "word_scale": scale,
        "first_weights": network["first"].astype(np.float16),
        "first_bias": network["first_bias"],
        "last_weights": network["last"].astype(np.float16),
        "last_bias": network["last_bias"],
        "reach": np.array(SHAPE.reach),
        "window": np.array(SHAPE.window),
        "tree_feature": trees.feature,
        "tree_threshold": trees.threshold,
        "tree_leaf": trees.leaf.astype(np.float16),
        "tree_base": np.array(trees.base),
        "tree_limit": np.array(trees.limit),
    }
    for layer in range(SHAPE.layers):
        held[f"layer{layer}_weights"] = network[f"layer{layer}"].astype(np.float16)
        held[f"layer{layer}_bias"] = network[f"layer{layer}_bias"]
    return held


def main() -> None:
    """Read, fit, print the figures, write the weights."""
    args = arguments(__doc__)
    sample = read_sample(read_training(args.folder, cache=args.cache))
    odds, final, _, trees = held_out_of(sample, args.cache)
    report("first look", measure_f1(sample.pages, sample.first, sample.spread(odds)))
    report("second look", measure_f1(sample.pages, sample.first, sample.spread(final)))
    data, mean, spread = scaled_data(sample)
    network = fit(data, np.arange(len(sample.pages)), SHAPE, seed=0)
    write_weights("block_scorer.npz", args.folder, sample.pages, SETTINGS, arrays_of(network, trees, mean, spread))


if __name__ == "__main__":
    main()
