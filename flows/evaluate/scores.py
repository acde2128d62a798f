"""How right an extraction is: shingles of the body, titles, days, authors, stories, roles, each with its 95 % interval."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words
_RESAMPLES = 1000
_SAME_STORY = 0.9  # F1 of a story's shingles from which on it counts as found
_EDGES = " \t\n\"'.,;:!?-–—…"
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_UNSPACED = re.compile(r"([\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff])")


class Figure(NamedTuple):
    """A figure and the interval in which 95 % of its bootstrap resamples lie (pages drawn with replacement)."""

    value: float
    low: float
    high: float
    pages: int


def squash(text: str | None) -> str:
    """A text as titles and names are compared: case, quotation marks and punctuation at the ends do not count.

    >>> squash("“Talks  open”."), squash(None)
    ('talks open', '')
    """
    return re.sub(r"\s+", " ", (text or "").translate(_QUOTES)).strip(_EDGES).casefold()


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text, each with how often it stands there; a shorter text is one run.

    The metric of the article extraction benchmark (github.com/scrapinghub/article-extraction-benchmark, MIT). Of scripts without
    spaces every character is a word.

    >>> sorted(shingles("It rained all day long"))
    [('It', 'rained', 'all', 'day'), ('rained', 'all', 'day', 'long')]
    """
    words = _WORD.findall(text if text.isascii() else _UNSPACED.sub(r" \1 ", text))
    if 0 < len(words) < _SHINGLE:
        words += [""] * (_SHINGLE - len(words))
    return Counter(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def overlap(want: str, got: str) -> tuple[float, float, float]:
    """Shares of a page's shingles that are right, too many and missing; they add up to one, and are zero where both are empty."""
    expected, found = shingles(want), shingles(got)
    both = (expected & found).total()
    parts = (both, found.total() - both, expected.total() - both)
    total = sum(parts)
    return (parts[0] / total, parts[1] / total, parts[2] / total) if total else (0.0, 0.0, 0.0)


def f1(right: float, extra: float, missing: float) -> float:
    """F1 of counts of what is right, too many and missing.

    >>> f1(8, 2, 2), f1(0, 0, 0)
    (0.8, 0.0)
    """
    return 2 * right / (2 * right + extra + missing) if right + extra + missing else 0.0


def figure(pages: Sequence[tuple[float, float, float]]) -> Figure | None:
    """F1 over pages of (right, extra, missing), which are summed before it is taken; None without pages."""
    if not pages:
        return None
    counts = np.asarray(pages, dtype=float)
    drawn = np.random.default_rng(7).integers(0, len(counts), size=(_RESAMPLES, len(counts)))
    right, extra, missing = counts[drawn].sum(axis=1).T
    total = 2 * right + extra + missing
    resampled = np.divide(2 * right, total, out=np.zeros_like(total), where=total > 0)
    low, high = np.quantile(resampled, (0.025, 0.975))
    return Figure(f1(*counts.sum(axis=0).tolist()), float(low), float(high), len(counts))


def worst_tenth(pages: Sequence[tuple[float, float, float]]) -> float:
    """Mean F1 of the worst tenth of the pages, at least one."""
    scores = sorted(f1(*page) for page in pages)[: max(1, len(pages) // 10)]
    return sum(scores) / max(1, len(scores))


def same_value(want: str | None, got: str | None) -> tuple[float, float, float]:
    """Right, extra and missing of one value of which the page tells at most one."""
    if want is None:
        return (0.0, float(bool(got)), 0.0)
    right = squash(want) == squash(got)
    return (float(right), float(bool(got) and not right), float(not right))


def found_names(wanted: Sequence[str], got: str | None) -> tuple[float, float, float]:
    """Right and missing of the names that should stand in a byline."""
    held = squash(got)
    right = sum(squash(name) in held for name in wanted)
    return (float(right), 0.0, float(len(wanted) - right))


def match_stories(wanted: Sequence[str], got: Sequence[str]) -> tuple[float, float, float]:
    """Right, extra and missing of stories: one is found when the shingles of its body agree to 0.9, each once."""
    left = list(got)
    right = 0
    for body in wanted:
        scored = [(f1(*overlap(body, other)), at) for at, other in enumerate(left)]
        best = max(scored, default=(0.0, -1))
        if best[0] >= _SAME_STORY:
            left.pop(best[1])
            right += 1
    return (float(right), float(len(left)), float(len(wanted) - right))
