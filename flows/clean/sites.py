"""Lines that a site repeats from page to page: they are its furniture, whatever they look like.

Lines are compared by the numbers of their words, so that "12 comments" and "3 comments" are one line. A line counts once for
pages that are copies of one article (pages whose longest block is the same).
"""

import numpy as np
import polars as pl

from flows.clean.blocks import Blocks, split_blocks
from flows.clean.words import find_words

SITE_LINES = pl.Schema({"site": pl.String, "line_key": pl.Int64, "pages": pl.Int32})
LONGEST_LINE_WORDS = 60
REPEATED = 3  # pages from which on a line is furniture of its site
# Counts are told in these steps, so that one page more seldom changes what was known of a site.
_STEPS = np.array([0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 5000], dtype=np.int32)
_SIGN = np.uint64(0x9E3779B97F4A7C15)


def count_site_lines(pages: pl.DataFrame) -> pl.DataFrame:
    """On how many pages of each site every line stands; expects site and text, returns ``SITE_LINES``.

    Counts of several batches may be added up, in any order. Pages without a site are left out.
    """
    known = pages.filter(pl.col("site").is_not_null())
    blocks = split_blocks([text or "" for text in known["text"].to_list()])
    words = find_words(blocks)
    rows = _distinct(known["site"].to_list(), blocks, words.prefix_key(), words.counts())
    return pl.DataFrame(rows, schema=SITE_LINES, orient="row") if rows else pl.DataFrame(schema=SITE_LINES)


def learned_lines(pages: pl.DataFrame) -> pl.DataFrame:
    """The lines that stand on three pages of a site or more, in steps of how many; expects and returns what ``count_site_lines`` does."""
    counts = count_site_lines(pages).filter(pl.col("pages") >= REPEATED)
    return counts.with_columns(pl.Series("pages", in_steps(counts["pages"].to_numpy()), dtype=pl.Int32)).sort("site", "line_key")


def in_steps(counts: np.ndarray) -> np.ndarray:
    """Counts, each as the step that it reaches.

    >>> in_steps(np.array([2, 7, 10**6])).tolist()
    [2, 6, 5000]
    """
    return _STEPS[np.searchsorted(_STEPS, counts, side="right") - 1]


def _distinct(sites: list[str], blocks: Blocks, key: np.ndarray, counts: np.ndarray) -> list[tuple[str, int, int]]:
    names = sorted(set(sites))
    place = {name: at for at, name in enumerate(names)}
    site_keys, lines, pages = _count(np.array([place[site] for site in sites]), blocks, key, counts)
    return [
        (names[site], int(np.uint64(line).astype(np.int64)), int(number))
        for site, line, number in zip(site_keys, lines, pages, strict=True)
    ]


def _count(site: np.ndarray, blocks: Blocks, key: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Site, line and number of pages, one value a distinct line of a site."""
    if not blocks.page.size:
        none = np.zeros(0, dtype=np.int64)
        return none, none.astype(np.uint64), none
    signature = np.zeros(blocks.first.size - 1, dtype=np.uint64)
    order = np.lexsort((key, counts, blocks.page))
    last = np.flatnonzero(np.append(np.diff(blocks.page[order]) > 0, True))
    signature[blocks.page[order[last]]] = key[order[last]]
    short = np.flatnonzero((counts > 0) & (counts <= LONGEST_LINE_WORDS))
    page = blocks.page[short]
    order = np.lexsort((signature[page], key[short], site[page]))
    sites, lines, marks = site[page][order], key[short][order], signature[page][order]
    new_line = np.append(True, (sites[1:] != sites[:-1]) | (lines[1:] != lines[:-1]))[: order.size]
    new_mark = new_line | np.append(True, marks[1:] != marks[:-1])[: order.size]
    at = np.flatnonzero(new_line)
    return sites[at], lines[at], np.add.reduceat(new_mark, at) if at.size else np.zeros(0, dtype=np.int64)


def site_repeats(
    sites: list[str | None], blocks: Blocks, key: np.ndarray, counts: np.ndarray, known: pl.DataFrame | None = None
) -> np.ndarray:
    """Per block on how many pages of its site the line stands: in this batch, or as ``known`` (``SITE_LINES``) tells, whichever is more,
    in steps."""
    out = np.zeros(blocks.page.size, dtype=np.int32)
    names = sorted({site for site in sites if site})
    several = {site for site in names if sites.count(site) > 2}
    if not names or (not several and known is None):
        return out
    place = {name: at for at, name in enumerate(names)}
    site = np.array([place[name] if name else -1 for name in sites])
    site_keys, lines, pages = _count(site, blocks, key, counts)
    mixed = lines ^ ((site_keys.astype(np.int64) + 2).astype(np.uint64) * _SIGN)
    own = key ^ ((site[blocks.page].astype(np.int64) + 2).astype(np.uint64) * _SIGN)
    if known is not None and known.height:
        held = known.filter(pl.col("site").is_in(names))
        held_site = np.array([place[name] for name in held["site"].to_list()], dtype=np.int64)
        mixed = np.concatenate((mixed, held["line_key"].to_numpy().astype(np.uint64) ^ ((held_site + 2).astype(np.uint64) * _SIGN)))
        pages = np.concatenate((pages, held["pages"].to_numpy()))
    order = np.lexsort((pages, mixed))
    mixed, pages = mixed[order], pages[order]
    at = np.searchsorted(mixed, own, side="right") - 1
    found = (at >= 0) & (mixed[np.maximum(at, 0)] == own) & (site[blocks.page] >= 0) & (counts <= LONGEST_LINE_WORDS) & (counts > 0)
    out[found] = in_steps(pages[at[found]])
    return out
