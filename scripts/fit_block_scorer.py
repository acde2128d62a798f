"""Fit the scorer of blocks (flows/clean/block_scorer.npz) on labelled pages.

    python scripts/fit_block_scorer.py FOLDER [--measured textclean] [--odds odds.npz]

FOLDER holds JSON Lines files as ``labelled_pages`` describes. Sites are dealt into four folds; figures are for pages of sites that
the fitted part never saw (macro F1 over four-word shingles of the measured files). Two steps are fitted: a network on every block,
then trees on the blocks that it leaves open, which see the network's odds for pages it was not fitted on. What is written is
fitted on all pages; the trees on the odds from the folds. Needs scikit-learn and scipy; evaluation needs numpy alone.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from block_network import BUCKET_BITS, Data, Shape, fit, predict
from labelled_pages import Labelled, agreement, made_up_pages, read_labelled, shingles
from sklearn.ensemble import HistGradientBoostingClassifier

from flows.clean.blocks import split_blocks
from flows.clean.features import FEATURES, block_features
from flows.clean.measures import measure
from flows.clean.metadata import address_title
from flows.clean.second_look import SECOND, Trees, look_again, second_features
from flows.clean.wording import read_wording
from flows.clean.words import find_words
from flows.reference.html_hints import load_html_hints
from flows.reference.lexicon import REFERENCE, load_clean_lexicon, read_furniture_lines

FOLDS = 4
MADE_UP_A_FOLD = 110
TREE_DEPTH = 5
CLEAN = REFERENCE.parent / "clean"


def fold_by_group(pages: list[Labelled]) -> dict[str, int]:
    """Deal the sites into folds, at random but always alike."""
    groups = sorted({page.group for page in pages})
    return {groups[place]: at % FOLDS for at, place in enumerate(np.random.default_rng(1).permutation(len(groups)))}


def known_titles(pages: list[Labelled]) -> list[str]:
    """What stands for the title known from outside: of measured pages the address, of others sometimes that, the title, or nothing."""
    dice = np.random.default_rng(5)
    out = []
    for page in pages:
        title = address_title(page.url)
        if not page.measured:
            title = (page.title or "") if dice.random() < 0.3 else title if dice.random() < 0.6 else ""
        out.append(title)
    return out


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


def _report(step: str, figures: tuple[float, float, float, float]) -> None:
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


def fit_trees(features: np.ndarray, labels: np.ndarray, weights: np.ndarray, limit: float) -> Trees:
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
    return flatten(model, limit)


def main() -> None:
    """Read, fit, print the figures, write the weights."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--files", nargs="+", default=["textclean*", "wcxb*", "metadata*"])
    options.add_argument("--measured", nargs="+", default=["textclean"])
    options.add_argument("--limit", type=float, default=4.0, help="blocks with odds nearer to even than this get a second look")
    options.add_argument("--epochs", type=int, default=12)
    options.add_argument("--odds", type=Path, help="write the odds that each page got from the fold which did not see it")
    options.add_argument("--dry", action="store_true", help="print the figures only")
    args = options.parse_args()
    files = sorted({path for pattern in args.files for path in args.folder.glob(f"{pattern}.jsonl*")})
    pages = read_labelled(files, hints=load_html_hints(REFERENCE), measured=tuple(args.measured))
    fold_of = fold_by_group(pages)
    made_up = made_up_pages(pages, read_furniture_lines(REFERENCE, language="en"), fold_of, pages_a_fold=MADE_UP_A_FOLD)
    pages += [page for page, _ in made_up]
    fold_of |= {page.group: int(page.group.rsplit("-", 1)[1]) for page, _ in made_up}
    fold = np.array([fold_of[page.group] for page in pages])
    lexicon = load_clean_lexicon(weights=None, boundaries=None)
    blocks = split_blocks([page.text for page in pages])
    words = find_words(blocks)
    wording = read_wording(words, lexicon.vocabulary)
    counts = measure(blocks, words, wording, known_titles(pages))
    features = block_features(blocks, words, wording, counts)
    labels = np.concatenate([page.labels for page in pages]).astype(np.float32)
    size = np.maximum(words.counts(), 1)
    body_words = np.array([len(page.body.split()) + 50 for page in pages])
    weights = (
        size**0.6
        / body_words[blocks.page] ** 0.5
        * np.array([page.weight * (1.0 if page.measured else 0.6) for page in pages])[blocks.page]
    )
    weights = np.where((labels > 0.2) & (labels < 0.8), 0.5 * weights, weights).astype(np.float32)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    scaled = np.clip((features - mean) / spread, -4, 4).astype(np.float32)
    bucket = (words.key >> np.uint64(64 - BUCKET_BITS)).astype(np.int64)
    data = Data(scaled, labels, weights, blocks.first, bucket, words.block)
    shape = Shape(epochs=args.epochs)
    odds = np.zeros(labels.size, np.float32)
    for number in range(FOLDS):
        network = fit(data, np.flatnonzero(fold != number), shape, seed=number)
        predict(network, data, np.flatnonzero(fold == number), shape, odds)
        print(f"fold {number + 1} of {FOLDS}", file=sys.stderr, flush=True)
    _report("first look", measure_f1(pages, blocks.first, odds))
    second = np.concatenate((second_features(odds, blocks, counts.words), features), axis=1)
    open_ = np.abs(odds) < args.limit
    final = odds.copy()
    for number in range(FOLDS):
        own = fold[blocks.page] == number
        trees = fit_trees(second[open_ & ~own], labels[open_ & ~own], weights[open_ & ~own], args.limit)
        final[open_ & own] = look_again(trees, second[open_ & own])
    _report("second look", measure_f1(pages, blocks.first, final))
    if args.odds:
        np.savez(args.odds, **{page.id: final[blocks.first[at] : blocks.first[at + 1]] for at, page in enumerate(pages)})
    if args.dry:
        return
    network = fit(data, np.arange(len(pages)), shape, seed=0)
    trees = fit_trees(second[open_], labels[open_], weights[open_], args.limit)
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
        "reach": np.array(shape.reach),
        "window": np.array(shape.window),
        "tree_feature": trees.feature,
        "tree_threshold": trees.threshold,
        "tree_leaf": trees.leaf.astype(np.float16),
        "tree_base": np.array(trees.base),
        "tree_limit": np.array(trees.limit),
    }
    for layer in range(shape.layers):
        held[f"layer{layer}_weights"], held[f"layer{layer}_bias"] = (
            network[f"layer{layer}"].astype(np.float16),
            network[f"layer{layer}_bias"],
        )
    path = CLEAN / "block_scorer.npz"
    np.savez_compressed(path, **held)
    print(f"written: {path} ({path.stat().st_size} bytes)")


if __name__ == "__main__":
    main()
