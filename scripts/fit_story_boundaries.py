"""Fit the weights of the signs of a new story (flows/clean/story_boundaries.npz).

    python scripts/fit_story_boundaries.py FOLDER --odds odds.npz

FOLDER is that of ``fit_block_scorer.py``, which also writes the odds of blocks of pages that its fitted part had not seen; pages of
several stories are the same made-up ones, and those of ``multistory*.jsonl*`` (text, and stories with start, body_start and end).
Every line that may be a headline within a page is a case: the headlines of several-story pages are boundaries, all others are not,
and none is on a page of one story. The mean of logistic regression and boosted trees; figures are from cross-validation by page. Needs scikit-learn.
"""

import argparse
from pathlib import Path

import numpy as np
from fit_block_scorer import CLEAN, MADE_UP_A_FOLD, flatten, fold_by_group, known_titles
from labelled_pages import Labelled, made_up_pages, read_labelled, rows_of
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from flows.clean.boundaries import EVIDENCE, RARITY_BITS, RARITY_SCALE, Told, boundary_evidence
from flows.clean.page import Page
from flows.clean.second_look import Trees, look_again
from flows.clean.stories import body_blocks, candidates
from flows.clean.views import Batch, read_batch, view_page
from flows.reference.html_hints import load_html_hints
from flows.reference.lexicon import REFERENCE, load_clean_lexicon, read_furniture_lines

TREE_DEPTH = 4
Case = tuple[tuple[float, ...], bool]


def cases_of(page: Page, heads: set[int], rarity: tuple[float, ...]) -> list[Case]:
    """The evidence for each line of a page that may open a story, and whether it does; ``heads`` are the headlines."""
    body = body_blocks(page)
    indices = [at for at in range(page.size) if body[at]]
    cases: list[Case] = []
    if not indices:
        return cases
    last = indices[0]
    told = Told(set(), set(), 0.0)

    def tell(at: int) -> None:
        nonlocal told
        told.content.update(page.content(at))
        told.names.update(page.names(at))
        told = Told(told.content, told.names, told.words + page.words[at])

    opening = min((head for head in heads if head <= indices[0]), default=indices[0])
    tell(opening)
    if opening != indices[0]:
        tell(indices[0])
    for first in indices[1:]:
        for at in candidates(page, body, last, first):
            evidence = boundary_evidence(page, body, last, at, told, rarity)
            if evidence is not None:
                cases.append((evidence, at in heads))
        opened = next((head for head in range(last + 1, first + 1) if head in heads), None)
        if opened is not None:
            told = Told(set(), set(), 0.0)
            tell(opened)
        if opened != first:
            tell(first)
        last = first
    return cases


def rarity_by_pages(batch: Batch) -> np.ndarray:
    """By the upper bits of a word's number, the logarithm of how few of the pages hold such a word, scaled to a byte."""
    page = batch.blocks.page[batch.words.block]
    slot = (batch.words.key >> np.uint64(64 - RARITY_BITS)).astype(np.int64)
    holding = np.bincount(np.unique(page << RARITY_BITS | slot) & ((1 << RARITY_BITS) - 1), minlength=1 << RARITY_BITS)
    pages = batch.blocks.first.size - 1
    return np.clip(np.log(pages / (holding + 1.0)) * RARITY_SCALE, 0, 255).astype(np.uint8)


def fit_trees(evidence: np.ndarray, opens: np.ndarray) -> Trees:
    """Small boosted trees over the evidence."""
    model = HistGradientBoostingClassifier(
        max_iter=80, learning_rate=0.1, max_leaf_nodes=8, max_depth=TREE_DEPTH, min_samples_leaf=15, l2_regularization=3, random_state=0
    )
    return flatten(model.fit(evidence, opens), 0.0, depth=TREE_DEPTH)


def several_from(files: list[Path]) -> list[tuple[str, list[tuple[int, int]]]]:
    """Pages of several stories: the text, and of each story where it starts and where its body does."""
    return [(row["text"], [(story["start"], story["body_start"]) for story in row["stories"]]) for path in files for row in rows_of(path)]


def main() -> None:
    """Read, fit, print the figures, write the weights."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--odds", type=Path, required=True)
    options.add_argument("--least-odds", type=float, default=0.0, help="added to the bias: more keeps single stories together more surely")
    args = options.parse_args()
    files = sorted({path for pattern in ("textclean*", "wcxb*", "metadata*") for path in args.folder.glob(f"{pattern}.jsonl*")})
    pages = read_labelled(files, hints=load_html_hints(REFERENCE), measured=("textclean",))
    fold_of = fold_by_group(pages)
    made_up = made_up_pages(pages, read_furniture_lines(REFERENCE, language="en"), fold_of, pages_a_fold=MADE_UP_A_FOLD)
    held = np.load(args.odds)
    lexicon = load_clean_lexicon(boundaries=None)
    known: list[tuple[Labelled, set[int], bool]] = [(page, set(), True) for page in pages if page.weight == 1]
    known += [(page, set(heads), False) for page, heads in made_up]
    known = [case for case in known if case[0].id in held.files]
    titles = known_titles([page for page, _, _ in known])
    batch = read_batch([page.text for page, _, _ in known], titles, lexicon)
    batch = batch._replace(odds=np.concatenate([held[page.id] for page, _, _ in known]))
    scaled = rarity_by_pages(batch)
    rarity = tuple((scaled / RARITY_SCALE).tolist())
    rows: list[Case] = []
    groups: list[int] = []
    single: list[bool] = []
    for number, (labelled, heads, is_single) in enumerate(known):
        cases = cases_of(view_page(batch, number, labelled.text), heads, rarity)
        rows += cases
        groups += [number] * len(cases)
        single += [is_single] * len(cases)
    several = several_from(sorted(args.folder.glob("multistory*.jsonl*")))
    batch = read_batch([text for text, _ in several], [""] * len(several), lexicon)
    for number, (text, stories) in enumerate(several):
        low, high = int(batch.blocks.first[number]), int(batch.blocks.first[number + 1])
        starts = batch.char_start[low:high].tolist()
        heads = {
            at for at, begin in enumerate(starts) if any(start <= begin < body_start and begin == start for start, body_start in stories)
        }
        cases = cases_of(view_page(batch, number, text), heads, rarity)
        rows += cases
        groups += [len(known) + number] * len(cases)
        single += [False] * len(cases)
    evidence, opens = np.array([case[0] for case in rows]), np.array([case[1] for case in rows])
    group, alone = np.array(groups), np.array(single)
    scale = StandardScaler().fit(evidence)
    odds = np.zeros(opens.size)
    for train, test in GroupKFold(5).split(evidence, opens, group):
        model = LogisticRegression(C=0.3, max_iter=3000).fit(scale.transform(evidence[train]), opens[train])
        odds[test] = model.decision_function(scale.transform(evidence[test])) / 2
        odds[test] += look_again(fit_trees(evidence[train], opens[train]), evidence[test].astype(np.float32)) / 2
    for least in (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0):
        found = odds > least
        split = np.unique(group[found & alone]).size / max(1, sum(is_single for _, _, is_single in known))
        print(f"odds over {least}: P {opens[found].mean():.3f} R {found[opens].mean():.3f}, single pages split {split:.4f}")
    model = LogisticRegression(C=0.3, max_iter=3000).fit(scale.transform(evidence), opens)
    weights = model.coef_[0] / scale.scale_
    bias = float(model.intercept_[0] - (weights * scale.mean_).sum()) - 2 * args.least_odds
    trees = fit_trees(evidence, opens)
    np.savez_compressed(
        CLEAN / "story_boundaries.npz",
        evidence=np.array(EVIDENCE),
        bias=np.array(bias),
        weights=weights,
        tree_feature=trees.feature,
        tree_threshold=trees.threshold,
        tree_leaf=trees.leaf,
        tree_base=np.array(trees.base),
        rarity=scaled,
    )


if __name__ == "__main__":
    main()
