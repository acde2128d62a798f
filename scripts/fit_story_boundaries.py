"""Fit the weights of the signs of a new story (flows/clean/story_boundaries.npz).

    python scripts/fit_story_boundaries.py FOLDER [--cache FOLDER]

FOLDER is that of ``fit_block_scorer.py``; pages of several stories are its made-up ones, and those of ``multistory*.jsonl*`` (text, and
stories with start, body_start, end and base_id, the page that the story was taken from). The odds of blocks come from scorers that did
not see the site of the page, or of the story. Every line that may be a headline within a page is a case: the headlines of several-story
pages are boundaries, all others are not, and none is on a page of one story. The mean of logistic regression and boosted trees;
figures are for folds that the fitted part never saw. Needs scikit-learn.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from fit_block_scorer import Arrays, Sample, flatten, held_out_of, read_sample
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from training_pages import FOLDS, Several, Training, arguments, known_titles, read_training, write_weights

from flows.clean.body import body_blocks
from flows.clean.boundaries import EVIDENCE, RARITY_BITS, RARITY_SCALE, Rarity, Told, boundary_evidence
from flows.clean.page import Page
from flows.clean.scorer import make_scorer
from flows.clean.second_look import Trees, look_again
from flows.clean.stories import candidates
from flows.clean.views import Batch, read_batch, view_page
from flows.reference.lexicon import load_clean_lexicon

TREE_DEPTH = 4
SETTINGS = (TREE_DEPTH, RARITY_BITS, FOLDS)
Case = tuple[tuple[float, ...], bool]


def cases_of(page: Page, heads: set[int], rarity: tuple[float, ...]) -> list[Case]:
    """The evidence for each line of a page that may open a story, and whether it does; ``heads`` are the headlines."""
    body = body_blocks(page)
    indices = [at for at in range(page.size) if body[at]]
    cases: list[Case] = []
    if not indices:
        return cases
    last = indices[0]
    rare = Rarity(rarity)
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
            evidence = boundary_evidence(page, body, last, at, told, rare)
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


class Cases(NamedTuple):
    """Every line that may open a story: its evidence, whether it does, its page (a number), the page's fold, whether the page holds
    one story; ``pages`` tells how many of these there are, ``rarity`` how rare words are, scaled to a byte."""

    evidence: np.ndarray
    opens: np.ndarray
    page: np.ndarray
    fold: np.ndarray
    alone: np.ndarray
    pages: int
    rarity: np.ndarray


def several_odds(training: Training, scorers: list[Arrays]) -> list[np.ndarray]:
    """Odds of the blocks of each page of several stories: those of a story by the scorer that did not see the site that it is from,
    what stands around the stories by the one of the story before it."""
    group = {page.id: page.group for page in training.text}
    bare = load_clean_lexicon(weights=None, boundaries=None, evidence=None)
    texts = [page.text for page in training.several]
    views = [read_batch(texts, [""] * len(texts), replace(bare, scorer=make_scorer(arrays))) for arrays in scorers]
    out = []
    for number, page in enumerate(training.several):
        low, high = int(views[0].blocks.first[number]), int(views[0].blocks.first[number + 1])
        odds = np.zeros(high - low, np.float32)
        starts = [int(str(story["start"])) for story in page.stories]
        folds = [training.fold_of.get(group.get(str(story["base_id"]), ""), page.fold) for story in page.stories]
        for at in range(low, high):
            place = max(int(np.searchsorted(starts, views[0].char_start[at], side="right")) - 1, 0)
            odds[at - low] = views[folds[place]].odds[at]
        out.append(odds)
    return out


def read_cases(training: Training, sample: Sample, final: np.ndarray, scorers: list[Arrays]) -> Cases:
    """All cases; ``final`` are the odds of the sample's blocks by scorers that did not see their fold."""
    lexicon = load_clean_lexicon(weights=None, boundaries=None, evidence=None)
    number_of = [at for at, page in enumerate(training.text) if page.weight == 1 or page.id in training.heads]
    pages = [training.text[at] for at in number_of]
    titles = known_titles(training.text)
    batch = read_batch([page.text for page in pages], [titles[at] for at in number_of], replace(lexicon, scorer=None))
    first, final = sample.first, sample.spread(final)
    batch = batch._replace(odds=np.concatenate([final[first[at] : first[at + 1]] for at in number_of]))
    rarity = rarity_by_pages(batch)
    rows: list[tuple[Case, int, int, bool]] = []
    folds = training.folds(pages)
    for number, page in enumerate(pages):
        heads = training.heads.get(page.id)
        cases = cases_of(view_page(batch, number, page.text), set(heads or ()), tuple((rarity / RARITY_SCALE).tolist()))
        rows += [(case, number, int(folds[number]), heads is None) for case in cases]
    batch = read_batch([page.text for page in training.several], [""] * len(training.several), replace(lexicon, scorer=None))
    if training.several:
        batch = batch._replace(odds=np.concatenate(several_odds(training, scorers)))
    for number, several in enumerate(training.several):
        low, high = int(batch.blocks.first[number]), int(batch.blocks.first[number + 1])
        cases = cases_of(
            view_page(batch, number, several.text),
            headlines_of(several, batch.char_start[low:high]),
            tuple((rarity / RARITY_SCALE).tolist()),
        )
        rows += [(case, len(pages) + number, several.fold, False) for case in cases]
    return Cases(
        np.array([case[0] for case, *_ in rows]),
        np.array([case[1] for case, *_ in rows]),
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows]),
        np.array([row[3] for row in rows]),
        sum(page.id not in training.heads for page in pages),
        rarity,
    )


def headlines_of(several: Several, starts: np.ndarray) -> set[int]:
    """The blocks that open a story with a headline above its body; ``starts`` are the places of all blocks in the text."""
    opening = {int(str(story["start"])) for story in several.stories if int(str(story["start"])) < int(str(story["body_start"]))}
    return {at for at, begin in enumerate(starts.tolist()) if begin in opening}


def fit_boundaries(cases: Cases, use: np.ndarray) -> Arrays:
    """Fit on some of the cases: the weights as they are written."""
    evidence, opens = cases.evidence[use], cases.opens[use]
    scale = StandardScaler().fit(evidence)
    model = LogisticRegression(C=0.3, max_iter=3000).fit(scale.transform(evidence), opens)
    weights = model.coef_[0] / scale.scale_
    trees = fit_trees(evidence, opens)
    return {
        "evidence": np.array(EVIDENCE),
        "bias": np.array(float(model.intercept_[0] - (weights * scale.mean_).sum())),
        "weights": weights,
        "tree_feature": trees.feature,
        "tree_threshold": trees.threshold,
        "tree_leaf": trees.leaf,
        "tree_base": np.array(trees.base),
        "rarity": cases.rarity,
    }


def boundary_odds_of(arrays: Arrays, evidence: np.ndarray) -> np.ndarray:
    """Log odds that a story opens, of many cases at once."""
    trees = Trees(arrays["tree_feature"], arrays["tree_threshold"], arrays["tree_leaf"], float(arrays["tree_base"]), 0.0)
    linear: np.ndarray = evidence @ arrays["weights"] + arrays["bias"]
    return (linear + look_again(trees, evidence.astype(np.float32))) / 2


def main() -> None:
    """Read, fit, print the figures, write the weights."""
    args = arguments(__doc__)
    training = read_training(args.folder, cache=args.cache)
    sample = read_sample(training)
    _, final, scorers, _ = held_out_of(sample, args.cache)
    cases = read_cases(training, sample, final, scorers)
    odds = np.zeros(cases.opens.size)
    for number in range(FOLDS):
        own = cases.fold == number
        odds[own] = boundary_odds_of(fit_boundaries(cases, ~own), cases.evidence[own])
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0):
        found = odds > least
        split = np.unique(cases.page[found & cases.alone]).size / max(1, cases.pages)
        print(f"odds over {least}: P {cases.opens[found].mean():.3f} R {found[cases.opens].mean():.3f}, single pages split {split:.4f}")
    write_weights("story_boundaries.npz", args.folder, sample.pages, SETTINGS, fit_boundaries(cases, np.ones(cases.opens.size, bool)))


if __name__ == "__main__":
    main()
