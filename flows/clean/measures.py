"""Plain counts of every block of a batch, which the features and the rules read."""

from typing import NamedTuple

import numpy as np

from flows.clean.blocks import IDEOGRAPH, KIND_COUNT, LOWER, SPACE, STOP, Blocks, split_blocks
from flows.clean.wording import BIT, Wording
from flows.clean.words import NUMBER_KEY, Words, find_words

_SHARED_BITS = 20
_PASSING = np.uint32(BIT["promo"] | BIT["widget"] | BIT["credit"])
_LONGEST_PASSING_WORDS = 6.0
_THAI_WORDS = 0.22  # words a character


class Measures(NamedTuple):
    """Plain counts of each block that the rules read too: ``kinds`` has one column a class of character.

    ``words`` counts a character of a script without spaces as half a word; ``text_key`` is the same for blocks of the same
    words; ``prose`` tells blocks that read as running text; ``passing`` short lines of furniture that stand within texts too
    ("Advertisement", "Share"), which are passed over when a block's surroundings are looked at; ``run_low`` and ``run_high`` give, a page, the first block of its
    densest run of prose and the one after its last.
    """

    kinds: np.ndarray
    words: np.ndarray
    text_key: np.ndarray
    last: np.ndarray
    opens: np.ndarray
    repeats: np.ndarray
    prose: np.ndarray
    passing: np.ndarray
    run_low: np.ndarray
    run_high: np.ndarray
    of_title: np.ndarray
    from_title: np.ndarray
    title_at: np.ndarray
    address: np.ndarray
    telling: np.ndarray


def measure(blocks: Blocks, words: Words, wording: Wording, titles: list[str]) -> Measures:
    """Count what the features and the rules need; ``titles`` are what is known of each page's title from outside its text, or ""."""
    size = blocks.page.size
    block_of = np.zeros(blocks.kinds.size, dtype=np.int64)
    block_of[blocks.start[1:]] = 1
    np.cumsum(block_of, out=block_of)
    block_of *= KIND_COUNT
    block_of += blocks.kinds
    kinds = np.bincount(block_of, minlength=size * KIND_COUNT).reshape(size, KIND_COUNT)
    count = words.counts()
    ideographs = kinds[:, IDEOGRAPH]
    amount = count - ideographs + ideographs / 2 - _long_words(blocks)
    text_key = words.prefix_key()
    _, inverse, times = np.unique(
        text_key ^ (blocks.page.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)), return_inverse=True, return_counts=True
    )
    last = blocks.codes[blocks.end - 1] if size else np.zeros(0, dtype=np.uint32)
    opens = blocks.kinds[blocks.start]
    stops = kinds[:, STOP]
    prose = ((amount >= 8) & (stops > 0) & (wording.functions >= 0.12 * amount)) | (amount >= 30)
    prose &= wording.covered < 0.5 * np.maximum(count, 1)
    passing = (((wording.line & _PASSING) > 0) & (amount <= _LONGEST_PASSING_WORDS)) | (count == 0)
    low, high = densest_runs(blocks, np.where(prose, amount + 5, np.where(passing, 0.0, -6.0 - 0.5 * amount)))
    of_title, from_title = _title_shares(blocks, words, titles)
    title_at = _find_titles(blocks, of_title, from_title, low)
    address, telling = _addresses(blocks, wording, kinds)
    return Measures(
        kinds, amount, text_key, last, opens, times[inverse], prose, passing, low, high, of_title, from_title, title_at, address, telling
    )


def _long_words(blocks: Blocks) -> np.ndarray | float:
    """What counting half a word for each character is too much where words are longer: in Thai, Lao, Burmese and Khmer."""
    codes = blocks.codes
    at = np.flatnonzero(((codes >= 0x0E00) & (codes < 0x10A0)) | ((codes >= 0x1780) & (codes < 0x1800)))
    at = at[(codes[at] < 0x0F00) | (codes[at] >= 0x1000)]
    if not at.size:
        return 0.0
    return (0.5 - _THAI_WORDS) * np.bincount(np.searchsorted(blocks.start, at, side="right") - 1, minlength=blocks.page.size)


def has_code(blocks: Blocks, code: int) -> np.ndarray:
    """Per block whether it holds the character."""
    out = np.zeros(blocks.page.size, dtype=bool)
    out[np.searchsorted(blocks.start, np.flatnonzero(blocks.codes == code), side="right") - 1] = True
    return out


def _addresses(blocks: Blocks, wording: Wording, kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Per block whether it is a web address alone, and whether it may name a publisher: by address, handle or copyright."""
    codes = blocks.codes
    slashes = np.flatnonzero((codes[:-1] == 47) & (codes[1:] == 47))
    linked = np.zeros(blocks.page.size, dtype=bool)
    linked[np.searchsorted(blocks.start, slashes, side="right") - 1] = True
    www = np.flatnonzero((codes[:-3] | 32 == 119) & (codes[1:-2] | 32 == 119) & (codes[2:-1] | 32 == 119) & (codes[3:] == 46))
    at = np.searchsorted(blocks.start, www, side="right") - 1
    opens = np.zeros(blocks.page.size, dtype=bool)
    opens[at[blocks.start[at] == www]] = True
    linked[at] = True
    one = kinds[:, SPACE] == 0
    address = one & (opens | (linked & (codes[blocks.start] | 32 == 104)))
    bare = (kinds[:, SPACE] <= 2) & has_code(blocks, 46) & (blocks.end - blocks.start <= 40) & (kinds[:, LOWER] >= 4) & one
    legal = ((wording.start | wording.line) & np.uint32(BIT["legal"])) > 0
    return address, linked | bare | legal | has_code(blocks, 64) | has_code(blocks, 0xA9)


def _title_shares(blocks: Blocks, words: Words, titles: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Per block the share of its page's title that it holds, and the share of its own content words that are of the title."""
    size = blocks.page.size
    title_blocks = split_blocks([title.replace("\n", " ") for title in titles])
    title_words = find_words(title_blocks)
    if not size or not title_words.key.size:
        return np.zeros(size), np.zeros(size)
    long = (title_words.end - title_words.start >= 3) | (title_words.kind == IDEOGRAPH)
    slots, first_at = np.unique(_slots(title_words.key, title_blocks.page[title_words.block])[long], return_index=True)
    title_page = title_blocks.page[title_words.block][long][first_at]
    wanted = np.bincount(title_page, minlength=len(titles))
    table = np.zeros(1 << _SHARED_BITS, dtype=bool)
    table[slots] = True
    slot = _slots(words.key, blocks.page[words.block])
    at = np.flatnonzero(table[slot])
    # A word counts once in a block, so that a block which repeats one word of the title does not look like it.
    once = np.unique(words.block[at] * (1 << _SHARED_BITS) + slot[at])
    held = np.bincount(once >> _SHARED_BITS, minlength=size)
    content = (words.end - words.start >= 3) | (words.kind == IDEOGRAPH)
    own = np.bincount(words.block[content], minlength=size)
    enough = wanted[blocks.page] >= 3
    return np.where(enough, held / np.maximum(wanted[blocks.page], 1), 0.0), np.where(
        enough, np.minimum(held / np.maximum(own, 1), 1.0), 0.0
    )


def _find_titles(blocks: Blocks, of_title: np.ndarray, from_title: np.ndarray, run_low: np.ndarray) -> np.ndarray:
    """Per page the block that most looks like its known title, -1 when none does; of equals the last one before the main text."""
    out = np.full(run_low.size, -1, dtype=np.int64)
    value = of_title + 0.6 * from_title
    good = np.flatnonzero((of_title >= 0.5) & (from_title >= 0.3))
    for at in good.tolist():
        page = int(blocks.page[at])
        best = int(out[page])
        if best < 0 or value[at] > value[best] + 0.1 or (at <= run_low[page] + 3 and value[at] > value[best] - 0.1):
            out[page] = at
    return out


def _slots(key: np.ndarray, page: np.ndarray) -> np.ndarray:
    """Words of a page as indices of a table that all pages of the batch share."""
    return ((key ^ ((page.astype(np.uint64) + np.uint64(1)) * np.uint64(0xC2B2AE3D27D4EB4F))) >> np.uint64(64 - _SHARED_BITS)).astype(
        np.int64
    )


def densest_runs(blocks: Blocks, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Per page the run of blocks whose weights sum highest; an empty run where none is above zero."""
    pages = blocks.first.size - 1
    low = blocks.first[:-1].copy()
    high = low.copy()
    total = np.concatenate(([0.0], np.cumsum(weight)))
    for page in range(pages):
        begin, stop = int(blocks.first[page]), int(blocks.first[page + 1])
        if begin == stop:
            continue
        sums = total[begin : stop + 1]
        least = np.minimum.accumulate(sums)
        best = sums - least
        end = int(best.argmax())
        if best[end] > 0:
            high[page] = begin + end
            low[page] = begin + int(np.flatnonzero(sums[: end + 1] == least[end])[-1])
    return low, high


def shared_words(blocks: Blocks, words: Words, *runs: tuple[np.ndarray, np.ndarray]) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each of the runs (per page from which block, to before which): per block, of its content words the share that also stands
    elsewhere in the run of its page, and their count."""
    page = blocks.page[words.block]
    slot = _slots(words.key, page)
    content = ((words.end - words.start >= 4) | (words.kind == IDEOGRAPH)) & (words.key != NUMBER_KEY)
    of = np.concatenate(([0], np.cumsum(content)))
    amount = np.maximum(of[words.first[1:]] - of[words.first[:-1]], 1)
    told = []
    for low, high in runs:
        inside = (words.block >= low[page]) & (words.block < high[page])
        seen = np.bincount(slot[inside & content], minlength=1 << _SHARED_BITS)
        found = np.concatenate(([0], np.cumsum((seen[slot] > inside) & content)))
        hits = found[words.first[1:]] - found[words.first[:-1]]
        told.append((hits / amount, hits))
    return told
