"""What the whole clean stage gets right on pages of sites that nothing in it was fitted on.

    python scripts/cross_validate.py FOLDER --cache FOLDER

FOLDER is that of ``fit_block_scorer.py``. Sites are dealt into folds. For each fold the scorer of blocks, the network of HTML tags and
the signs of new stories are fitted without it, each later one on what the earlier ones say of pages that they did not see; then its pages
go through ``clean_pages``. A page of several stories has the odds of each story's blocks from a scorer that did not see the
site of the story. Figures are those of bodies (macro precision, recall and F1 over four-word shingles, the mean F1 of the worst tenth,
the share of one-story pages told as several) and of stories (found where a body agrees to 0.9). Beside them stand those of the bundled
weights, which were fitted on the same pages.
"""

import argparse
import collections
import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from fit_block_scorer import Arrays, held_out_of, measure_f1, read_sample, report
from fit_evidence import best_cut, cut_at, held_out_evidence_of, read_html_sample
from fit_story_boundaries import fit_boundaries, read_cases, several_odds
from labelled_pages import Labelled, agreement, shingles
from training_pages import FOLDS, Training, read_training

from flows.clean import clean_pages, views
from flows.clean.boundaries import make_boundary_scorer
from flows.clean.evidence_scorer import make_evidence_scorer
from flows.clean.lexicon import CleanLexicon
from flows.clean.scorer import make_scorer
from flows.load.pages import RECORD_SCHEMA, pages_from_records
from flows.reference.html_hints import load_html_hints
from flows.reference.lexicon import REFERENCE, load_clean_lexicon

BATCH = 64
Articles = dict[str, list[tuple[str, str | None]]]


def text_frame(pages: list[tuple[str, str | None, str]]) -> pl.DataFrame:
    """What loading makes of pages as text: id, address, text."""
    rows = [
        dict.fromkeys(RECORD_SCHEMA) | {"document_id": name, "source_uri": name, "content": text, "is_html": False, "url": url}
        for name, url, text in pages
    ]
    return pages_from_records(pl.DataFrame(rows, schema=RECORD_SCHEMA), hints=load_html_hints(REFERENCE))


def articles_of(frame: pl.DataFrame, lexicon: CleanLexicon) -> Articles:
    """Body and title of the articles of each page, as the clean stage tells them."""
    out: Articles = collections.defaultdict(list)
    for at in range(0, frame.height, BATCH):
        for row in clean_pages(frame[at : at + BATCH], wording=lexicon)["articles"].iter_rows(named=True):
            out[row["document_id"]].append((row["body"] or "", row["title"]))
    return out


@contextmanager
def given_odds(odds: list[np.ndarray]) -> Iterator[None]:
    """Within, pages have these odds, batch by batch."""
    queue = iter([np.concatenate(odds[at : at + BATCH]) for at in range(0, len(odds), BATCH)])
    own = views.score_blocks
    views.score_blocks = lambda *_: next(queue)
    try:
        yield
    finally:
        views.score_blocks = own


def body_figures(pages: list[Labelled], articles: Articles) -> tuple[dict[str, float], list[tuple[float, str, float, float]]]:
    """The figures of one-story pages, and of each its F1, id, and shares of too much and too little."""
    sums, single = np.zeros(3), []
    for page in pages:
        both, extra, missing = agreement(shingles(page.body), "\n\n".join(body for body, _ in articles[page.id]))
        total = max(1, both + extra + missing)
        sums += np.array([both, extra, missing]) / total
        single.append((2 * both / max(1, 2 * both + extra + missing), page.id, extra / total, missing / total))
    single.sort()
    precision, recall = sums[0] / max(sums[0] + sums[1], 1e-9), sums[0] / max(sums[0] + sums[2], 1e-9)
    tenth = max(1, len(single) // 10)
    figures = {
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "precision": precision,
        "recall": recall,
        "worst_tenth_f1": sum(page[0] for page in single[:tenth]) / tenth,
        "split_wrongly": sum(len(articles[page.id]) > 1 for page in pages) / max(1, len(pages)),
    }
    return figures, single


def story_figures(training: Training, articles: Articles) -> tuple[dict[str, float], list[tuple[str, int, int, int]]]:
    """The figures of pages of several stories, and of each its id, the stories found, told and there."""
    found = told = wanted = right = 0
    each = []
    for page in training.several:
        left = [shingles(body) for body, _ in articles[page.id]]
        told += len(left)
        right += len(left) == len(page.stories)
        hits = 0
        for story in page.stories:
            want = shingles(page.text[int(str(story["body_start"])) : int(str(story["end"]))])
            scored = [(2 * sum((got & want).values()) / max(1, sum(got.values()) + sum(want.values())), at) for at, got in enumerate(left)]
            best, at = max(scored, default=(0.0, 0))
            if best >= 0.9:
                left.pop(at)
                hits += 1
        found += hits
        wanted += len(page.stories)
        each.append((page.id, hits, len(articles[page.id]), len(page.stories)))
    precision, recall = found / max(1, told), found / max(1, wanted)
    figures = {
        "story_f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "precision": precision,
        "recall": recall,
        "page_count_right": right / max(1, len(training.several)),
    }
    return figures, each


def main() -> None:
    """Fit without each fold, clean its pages, print the figures; what is kept in the cache is not made again."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--cache", type=Path, required=True)
    args = options.parse_args()
    training = read_training(args.folder, cache=args.cache)
    sample = read_sample(training)
    odds, final, scorers, _ = held_out_of(sample, args.cache)
    report("network", measure_f1(sample.pages, sample.first, sample.spread(odds)))
    report("and trees", measure_f1(sample.pages, sample.first, sample.spread(final)))
    html = read_html_sample(training, scorers)
    html_odds, networks = held_out_evidence_of(html, args.cache)
    cuts = [best_cut(html, html_odds, [other for other in range(FOLDS) if other != number]) for number in range(FOLDS)]
    networks = [cut_at(arrays, cut) for arrays, cut in zip(networks, cuts, strict=True)]
    report("HTML", measure_f1(html.pages, html.first, html.spread(html_odds)))
    cases = read_cases(training, sample, final, scorers)
    boundaries = [fit_boundaries(cases, cases.fold != number) for number in range(FOLDS)]
    result = run(training, fold_lexicons(scorers, networks, boundaries), several_odds(training, scorers))
    (args.cache / "result.pickle").write_bytes(pickle.dumps(result | {"final": final, "html_odds": html_odds}))
    tell("sites not seen", result)
    print(f"CPU of cleaning a page: text {result['text_ms']:.2f} ms, HTML without parsing {result['html_ms']:.2f} ms")
    tell("bundled weights", run(training, [load_clean_lexicon()] * FOLDS, None))


def tell(which: str, result: dict[str, Any]) -> None:
    """Print the figures of one run."""
    for name in ("text", "html", "stories"):
        print(f"{name}, {which}:", ", ".join(f"{figure} {value:.4f}" for figure, value in result[name][0].items()), flush=True)


def fold_lexicons(scorers: list[Arrays], networks: list[Arrays], boundaries: list[Arrays]) -> list[CleanLexicon]:
    """What cleaning knows without each fold."""
    bare = load_clean_lexicon(weights=None, boundaries=None, evidence=None)
    return [
        replace(
            bare,
            scorer=make_scorer(scorers[at]),
            evidence=make_evidence_scorer(networks[at]),
            boundary=make_boundary_scorer(boundaries[at]),
        )
        for at in range(FOLDS)
    ]


def run(training: Training, lexicons: list[CleanLexicon], story_odds: list[np.ndarray] | None) -> dict[str, Any]:
    """Clean the measured pages of each fold with its lexicon; ``story_odds`` are the odds of the blocks of pages of several stories, where
    another scorer than the lexicon's is to give them."""
    text, html, several = {}, {}, {}
    spent = {"text": 0.0, "html": 0.0}
    measured = [page for page in training.text if page.measured]
    known = {page.id for page in measured}
    for number, lexicon in enumerate(lexicons):
        pages = [page for page in measured if training.fold_of[page.group] == number]
        begin = time.process_time()
        text |= articles_of(text_frame([(page.id, page.url, page.text) for page in pages]), lexicon)
        spent["text"] += time.process_time() - begin
        own = [at for at, page in enumerate(training.html) if page.id in known and training.fold_of[page.group] == number]
        begin = time.process_time()
        html |= articles_of(training.frame[own], lexicon)
        spent["html"] += time.process_time() - begin
        own = [at for at, page in enumerate(training.several) if page.fold == number]
        with given_odds([story_odds[at] for at in own]) if story_odds is not None else nullcontext():
            several |= articles_of(text_frame([(training.several[at].id, None, training.several[at].text) for at in own]), lexicon)
    out: dict[str, Any] = {f"{name}_ms": 1000 * value / max(1, len(measured)) for name, value in spent.items()}
    articles = [collections.defaultdict(list, part) for part in (text, html, several)]
    html_pages = [page for page in training.html if page.id in known]
    out["text"], out["html"] = body_figures(measured, articles[0]), body_figures(html_pages, articles[1])
    out["stories"] = story_figures(training, articles[2])
    out["articles"] = articles
    return out


if __name__ == "__main__":
    main()
