"""A batch of pages as arrays, and one page of it as lists."""

from typing import NamedTuple

import numpy as np
import polars as pl

from flows.clean.blocks import Blocks, split_blocks
from flows.clean.evidence import REASONS_OF_ALL, Evidence, evidence_inputs, markup_of, name_marked, read_evidence
from flows.clean.evidence_scorer import score_evidence
from flows.clean.features import block_features, columns_of
from flows.clean.furniture import Furniture, find_furniture
from flows.clean.lexicon import CleanLexicon
from flows.clean.measures import Measures, measure, shared_words
from flows.clean.page import SEPARATOR, Page
from flows.clean.scorer import score_blocks
from flows.clean.sites import site_repeats
from flows.clean.wording import Wording, read_wording
from flows.clean.words import ContentWords, Words, content_words, find_words

_LANGUAGE_WORDS = 120


class Batch(NamedTuple):
    """Everything that was counted for the blocks of a batch; ``odds`` are the log odds of each block to be body."""

    blocks: Blocks
    words: Words
    wording: Wording
    measures: Measures
    furniture: Furniture
    content: ContentWords
    odds: np.ndarray
    on_pages: np.ndarray
    char_start: np.ndarray
    char_end: np.ndarray
    covered: np.ndarray
    evidence: Evidence | None


def read_batch(
    texts: list[str],
    titles: list[str],
    lexicon: CleanLexicon,
    sites: list[str | None] | None = None,
    site_lines: pl.DataFrame | None = None,
    markup: pl.Series | None = None,
) -> Batch:
    """Split, match, count and score all pages at once.

    ``titles`` are what is known of each page's title apart from its text, ``sites`` the site of each page, ``site_lines`` what is known of
    the lines that sites repeat, and ``markup`` the evidence of HTML tags.
    """
    blocks = split_blocks(texts)
    words = find_words(blocks)
    wording = read_wording(words, lexicon.vocabulary)
    measures = measure(blocks, words, wording, titles)
    if lexicon.scorer is not None:
        features = columns_of(block_features(blocks, words, wording, measures), lexicon.scorer.names)
        odds = score_blocks(lexicon.scorer, features, blocks, words, measures)
    else:
        odds = _odds_by_rule(blocks, measures)
    furniture = find_furniture(blocks, words, wording, measures)
    evidence = read_evidence(markup, blocks)
    if evidence is not None:
        if lexicon.evidence is not None:
            shared = shared_words(blocks, words, (measures.run_low, measures.run_high))[0][0]
            inputs = evidence_inputs(evidence, odds, blocks, measures, shared)
            odds = np.where(evidence.has, score_evidence(lexicon.evidence, inputs, blocks, measures.passing), odds)
        furniture = name_marked(furniture, evidence, odds)
    return Batch(
        blocks=blocks,
        words=words,
        wording=wording,
        measures=measures,
        furniture=furniture,
        content=content_words(blocks, words),
        odds=odds,
        on_pages=site_repeats(sites or [None] * len(texts), blocks, measures.text_key, words.counts(), site_lines),
        char_start=blocks.char_start(),
        char_end=blocks.char_end(),
        covered=wording.covered / np.maximum(measures.words, 1),
        evidence=evidence,
    )


def language_sample(batch: Batch, number: int, story_blocks: list[int]) -> np.ndarray:
    """The numbers of the first words of some blocks of a page, enough to tell their language."""
    first = int(batch.blocks.first[number])
    parts: list[np.ndarray] = []
    size = 0
    for block in story_blocks:
        low, high = int(batch.words.first[first + block]), int(batch.words.first[first + block + 1])
        parts.append(batch.words.key[low:high])
        size += high - low
        if size >= _LANGUAGE_WORDS:
            break
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint64)


def _odds_by_rule(blocks: Blocks, measures: Measures) -> np.ndarray:
    """Log odds without a fitted scorer: prose within the densest run of prose."""
    at = np.arange(blocks.page.size)
    inside = (at >= measures.run_low[blocks.page]) & (at < measures.run_high[blocks.page])
    return np.where(inside & (measures.prose | (measures.words > 4)), 2.0, -4.0).astype(np.float32)


def view_page(batch: Batch, number: int, text: str, titles: tuple[str, ...] = ()) -> Page:
    """The page of that number in the batch; ``titles`` are its titles apart from its text, in lower case."""
    low, high = int(batch.blocks.first[number]), int(batch.blocks.first[number + 1])
    cut = slice(low, high)
    content = batch.content
    firsts, name_firsts = content.content_first[low : high + 1], content.name_first[low : high + 1]
    furniture = batch.furniture.role[cut].tolist()
    title_at = int(batch.measures.title_at[number])
    return Page(
        size=high - low,
        text=[text[start:end] for start, end in zip(batch.char_start[cut].tolist(), batch.char_end[cut].tolist(), strict=True)],
        words=batch.measures.words[cut].tolist(),
        odds=batch.odds[cut].tolist(),
        furniture=furniture,
        why=[REASONS_OF_ALL[reason] for reason in batch.furniture.reason[cut].tolist()],
        strong=batch.furniture.strong[cut].tolist(),
        repeats=batch.measures.repeats[cut].tolist(),
        prose=batch.measures.prose[cut].tolist(),
        line=batch.wording.line[cut].tolist(),
        start=batch.wording.start[cut].tolist(),
        within=batch.wording.within[cut].tolist(),
        gap=batch.blocks.gap[cut].tolist(),
        covered=batch.covered[cut].tolist(),
        run=(int(batch.measures.run_low[number]) - low, int(batch.measures.run_high[number]) - low),
        content_keys=content.content[firsts[0] : firsts[-1]].tolist() if high > low else [],
        content_first=(firsts - firsts[0]).tolist() if high > low else [0],
        name_keys=content.names[name_firsts[0] : name_firsts[-1]].tolist() if high > low else [],
        name_first=(name_firsts - name_firsts[0]).tolist() if high > low else [0],
        sets={},
        repeating={},
        on_pages=batch.on_pages[cut].tolist(),
        dated=((batch.wording.months[cut] > 0) | (batch.wording.weekdays[cut] > 0)).tolist(),
        address=batch.measures.address[cut].tolist(),
        telling=np.flatnonzero(batch.measures.telling[cut]).tolist(),
        titles=titles,
        title_at=title_at - low if title_at >= 0 else -1,
        separators=furniture.count(SEPARATOR),
        markup=markup_of(batch.evidence, low, high) if batch.evidence is not None else None,
    )
