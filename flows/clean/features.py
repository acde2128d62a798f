"""What the scorer sees of a block: its form, its wording, its place in the page and what it shares with the page's prose.

One row a block, one column a name of ``FEATURES``; shares run from 0 to 1, counts are log(1 + n), lengths as printed.
"""

from typing import NamedTuple

import numpy as np

from flows.clean.blocks import (
    ADDRESS,
    BRACKET,
    COMMA,
    DASH,
    DIGIT,
    DIVIDER,
    IDEOGRAPH,
    KIND_COUNT,
    LETTER,
    LOWER,
    QUOTE,
    STOP,
    SYMBOL,
    UPPER,
    Blocks,
    split_blocks,
)
from flows.clean.wording import BIT, WORDING_ROLES, Wording
from flows.clean.words import NUMBER_KEY, Words, find_words

_FORM = (
    "words",
    "letters",
    "letters_a_word",
    "stops",
    "words_a_stop",
    "capital_words",
    "capital_letters",
    "digits",
    "function_words",
    "commas",
    "quotes",
    "brackets",
    "dividers",
    "dashes",
    "symbols",
    "addresses",
    "ends_stop",
    "ends_ellipsis",
    "ends_comma",
    "ends_quote",
    "ends_question",
    "opens_lower",
    "opens_quote",
    "opens_digit",
    "opens_mark",
    "has_at",
    "has_copyright",
    "ideographs",
    "covered",
    "months",
    "weekdays",
    "numbers",
    "repeats",
    "gap_before",
    "gap_after",
    "glued_words",
    "opens_capitals",
    "early_dash",
    "opens_bracket",
    "has_address",
)
# Parts of a page that a line of their own opens; how long ago it stood is a feature of all blocks below it.
_ZONES = ("comment", "related", "legal", "promo", "widget", "credit", "dateline", "byline")
_FAR_BLOCKS = 200
_PLACE = (
    "place_block",
    "place_word",
    "blocks_before",
    "blocks_after",
    "page_blocks",
    "page_words",
    "page_prose",
    "in_run",
    "before_run",
    "after_run",
    "words_before_in_run",
    "words_after_in_run",
    "in_wide_run",
    "before_wide_run",
    "after_wide_run",
    "run_share",
    "shared_with_run",
    "shared_with_head",
    "shared_words",
    "of_title",
    "from_title",
    "title_known",
    "at_title",
    "before_title",
    "after_title",
    "early_after_title",
    "same_opening",
    "same_form",
    *(f"since_{zone}" for zone in _ZONES),
    "marks_so_far",
)
FEATURES = _FORM + tuple(f"{where}_{role}" for where in ("line", "start", "within") for role in WORDING_ROLES) + _PLACE

_SHARED_BITS = 20


class Measures(NamedTuple):
    """Plain counts of each block that the rules read too: ``kinds`` has one column a class of character.

    ``words`` counts a character of a script without spaces as half a word; ``text_key`` is the same for blocks of the same
    words; ``prose`` tells blocks that read as running text; ``run_low`` and ``run_high`` give, a page, the first block of its
    densest run of prose and the one after its last.
    """

    kinds: np.ndarray
    words: np.ndarray
    text_key: np.ndarray
    last: np.ndarray
    opens: np.ndarray
    repeats: np.ndarray
    prose: np.ndarray
    run_low: np.ndarray
    run_high: np.ndarray
    of_title: np.ndarray
    from_title: np.ndarray
    title_at: np.ndarray


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
    amount = count - ideographs + ideographs / 2
    text_key = words.prefix_key()
    _, inverse, times = np.unique(text_key ^ (blocks.page.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)), return_inverse=True, return_counts=True)
    last = blocks.codes[blocks.end - 1] if size else np.zeros(0, dtype=np.uint32)
    opens = blocks.kinds[blocks.start]
    stops = kinds[:, STOP]
    prose = ((amount >= 8) & (stops > 0) & (wording.functions >= 0.12 * amount)) | (amount >= 30)
    prose &= wording.covered < 0.5 * np.maximum(count, 1)
    low, high = _runs(blocks, np.where(prose, amount + 5, -6.0 - 0.5 * amount))
    of_title, from_title = _title_shares(blocks, words, titles)
    title_at = _find_titles(blocks, of_title, from_title, low)
    return Measures(kinds, amount, text_key, last, opens, times[inverse], prose, low, high, of_title, from_title, title_at)


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
    return np.where(enough, held / np.maximum(wanted[blocks.page], 1), 0.0), np.where(enough, np.minimum(held / np.maximum(own, 1), 1.0), 0.0)


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
    return ((key ^ ((page.astype(np.uint64) + np.uint64(1)) * np.uint64(0xC2B2AE3D27D4EB4F))) >> np.uint64(64 - _SHARED_BITS)).astype(np.int64)


def _runs(blocks: Blocks, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
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


def _shared(blocks: Blocks, words: Words, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Per block, of its content words the share that also stands elsewhere in blocks ``low`` to ``high`` of its page, and their count."""
    page = blocks.page[words.block]
    slot = _slots(words.key, page)
    content = ((words.end - words.start >= 4) | (words.kind == IDEOGRAPH)) & (words.key != NUMBER_KEY)
    inside = (words.block >= low[page]) & (words.block < high[page])
    seen = np.bincount(slot[inside & content], minlength=1 << _SHARED_BITS)
    times = seen[slot] - inside
    found = np.concatenate(([0], np.cumsum((times > 0) & content)))
    of = np.concatenate(([0], np.cumsum(content)))
    hits = found[words.first[1:]] - found[words.first[:-1]]
    return hits / np.maximum(of[words.first[1:]] - of[words.first[:-1]], 1), hits


def shared_with_run(blocks: Blocks, words: Words, measures: Measures) -> np.ndarray:
    """Per block the share of its content words that also stands elsewhere in its page's densest run of prose."""
    return _shared(blocks, words, measures.run_low, measures.run_high)[0] if blocks.page.size else np.zeros(0)


def columns_of(features: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """The columns of ``block_features`` by name; a ValueError names the one that is not measured."""
    return features if names == FEATURES else features[:, [FEATURES.index(name) for name in names]]


def block_features(blocks: Blocks, words: Words, wording: Wording, measures: Measures) -> np.ndarray:
    """The features of every block of a batch, as float32."""
    size = blocks.page.size
    out = np.zeros((size, len(FEATURES)), dtype=np.float32)
    if not size:
        return out
    kinds = measures.kinds.astype(np.float32)
    amount = measures.words
    count = np.maximum(words.counts(), 1)
    letters = kinds[:, [UPPER, LOWER, LETTER, IDEOGRAPH]].sum(axis=1)
    chars = np.maximum(letters + kinds[:, DIGIT], 1)
    capitals = np.concatenate(([0], np.cumsum(words.kind == UPPER)))
    numbers = np.concatenate(([0], np.cumsum(words.key == NUMBER_KEY)))
    first, after = words.first[:-1], words.first[1:]
    gap_after = np.append(blocks.gap[1:], 0)
    gap_after[blocks.first[1:][blocks.first[1:] > 0] - 1] = 0
    before_last = blocks.codes[np.maximum(blocks.end - 2, 0)]
    last_kind = blocks.kinds[blocks.end - 1]
    ellipsis = (measures.last == 0x2026) | ((measures.last == 46) & (before_last == 46))
    at_sign = _has(blocks, 64)
    copyright_sign = _has(blocks, 0xA9)
    columns = [
        np.log1p(amount),
        np.log1p(letters),
        np.minimum(letters / count, 20),
        np.log1p(kinds[:, STOP]),
        np.log1p(amount / (1 + kinds[:, STOP])),
        (capitals[after] - capitals[first]) / count,
        kinds[:, UPPER] / chars,
        kinds[:, DIGIT] / chars,
        wording.functions / count,
        kinds[:, COMMA] / count,
        np.log1p(kinds[:, QUOTE]),
        np.log1p(kinds[:, BRACKET]),
        np.log1p(kinds[:, DIVIDER]),
        np.log1p(kinds[:, DASH]),
        np.log1p(kinds[:, SYMBOL]),
        np.log1p(kinds[:, ADDRESS]),
        last_kind == STOP,
        ellipsis,
        last_kind == COMMA,
        last_kind == QUOTE,
        (measures.last == 63) | (measures.last == 33),
        measures.opens == LOWER,
        measures.opens == QUOTE,
        measures.opens == DIGIT,
        measures.opens >= BRACKET,
        at_sign,
        copyright_sign,
        kinds[:, IDEOGRAPH] / chars,
        wording.covered / count,
        np.minimum(wording.months, 3),
        np.minimum(wording.weekdays, 3),
        (numbers[after] - numbers[first]) / count,
        np.log1p(measures.repeats - 1),
        np.minimum(blocks.gap, 6) / 2,
        np.minimum(gap_after, 6) / 2,
        *_marks(blocks, words, count),
    ]
    at = len(columns)
    for column, values in enumerate(columns):
        out[:, column] = values
    for masks in (wording.line, wording.start, wording.within):
        for bit in range(len(WORDING_ROLES)):
            out[:, at] = (masks >> np.uint32(bit)) & 1
            at += 1
    for values in _place(blocks, words, wording, measures):
        out[:, at] = values
        at += 1
    return out


def _marks(blocks: Blocks, words: Words, count: np.ndarray) -> list[np.ndarray]:
    """Features of single characters: words run together, an opening in capitals, a dash or a bracket early on, an address."""
    size = blocks.page.size
    glued = np.flatnonzero((blocks.kinds[:-1] == LOWER) & (blocks.kinds[1:] == UPPER))
    out = [np.bincount(np.searchsorted(blocks.start, glued, side="right") - 1, minlength=size) / count]
    first = np.minimum(words.first[:-1], words.key.size - 1)
    second = np.minimum(words.start[first] + 2, blocks.kinds.size - 1)
    out.append((blocks.kinds[words.start[first]] == UPPER) & (blocks.kinds[second] == UPPER) & (words.end[first] - words.start[first] >= 3))
    for codes, reach in (((0x2014, 0x2013), 60), ((40,), 60)):
        where = np.flatnonzero(np.isin(blocks.codes, codes))
        block = np.searchsorted(blocks.start, where, side="right") - 1
        found = np.zeros(size, dtype=bool)
        found[block[where - blocks.start[block] < reach]] = True
        out.append(found)
    slashes = np.flatnonzero((blocks.codes[:-1] == 47) & (blocks.codes[1:] == 47))
    found = np.zeros(size, dtype=bool)
    found[np.searchsorted(blocks.start, slashes, side="right") - 1] = True
    out.append(found)
    return out


def _has(blocks: Blocks, code: int) -> np.ndarray:
    """Per block whether it holds the character."""
    out = np.zeros(blocks.page.size, dtype=bool)
    where = np.flatnonzero(blocks.codes == code)
    out[np.searchsorted(blocks.start, where, side="right") - 1] = True
    return out


def _place(blocks: Blocks, words: Words, wording: Wording, measures: Measures) -> list[np.ndarray]:
    """Features of where a block stands in its page."""
    page = blocks.page
    at = np.arange(page.size)
    begin, stop = blocks.first[page], blocks.first[page + 1]
    amount = measures.words
    total = np.concatenate(([0.0], np.cumsum(amount)))
    prose = np.concatenate(([0.0], np.cumsum(np.where(measures.prose, amount, 0.0))))
    page_words = np.maximum(total[stop] - total[begin], 1)
    low, high = measures.run_low[page], measures.run_high[page]
    wide_low, wide_high = _runs(blocks, np.where(measures.prose, amount + 10, -3.0))
    in_run = prose[high] - prose[low]
    head_high = np.minimum(measures.run_low + 4, measures.run_high)
    title_at = measures.title_at[page]
    share_run, hits_run = _shared(blocks, words, measures.run_low, measures.run_high)
    share_head, _ = _shared(blocks, words, measures.run_low, head_high)
    return [
        (at - begin) / (stop - begin),
        (total[at] - total[begin]) / page_words,
        np.log1p(at - begin),
        np.log1p(stop - at - 1),
        np.log1p(stop - begin),
        np.log1p(page_words),
        (prose[stop] - prose[begin]) / page_words,
        (at >= low) & (at < high),
        np.log1p(np.maximum(low - at, 0)),
        np.log1p(np.maximum(at - high + 1, 0)),
        np.log1p(np.maximum(prose[at] - prose[low], 0) * (at < high)),
        np.log1p(np.maximum(prose[high] - prose[at], 0) * (at >= low)),
        (at >= wide_low[page]) & (at < wide_high[page]),
        np.log1p(np.maximum(wide_low[page] - at, 0)),
        np.log1p(np.maximum(at - wide_high[page] + 1, 0)),
        in_run / page_words,
        share_run,
        share_head,
        np.log1p(hits_run),
        measures.of_title,
        measures.from_title,
        title_at >= 0,
        title_at == at,
        np.log1p(np.maximum(title_at - at, 0) * (title_at >= 0)),
        np.log1p(np.maximum(at - title_at, 0) * (title_at >= 0)),
        (title_at >= 0) & (at > title_at) & (at <= title_at + 8),
        *_likeness(blocks, words, measures),
        *_zones(blocks, wording),
    ]


def _likeness(blocks: Blocks, words: Words, measures: Measures) -> list[np.ndarray]:
    """How many blocks of the page open with the same word, and how many have the same form: lists show by both."""
    page = blocks.page.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    first = words.key[np.minimum(words.first[:-1], words.key.size - 1)] if words.key.size else page
    last_kind = blocks.kinds[blocks.end - 1].astype(np.uint64)
    size = np.minimum(measures.words, 24).astype(np.uint64) // np.uint64(3)
    colon = (measures.kinds[:, COMMA] > 0).astype(np.uint64)
    digits = (measures.kinds[:, DIGIT] > 0).astype(np.uint64)
    form = ((measures.opens.astype(np.uint64) * np.uint64(16) + last_kind) * np.uint64(16) + size) * np.uint64(4) + colon * np.uint64(2) + digits
    out = []
    for key in (first, form):
        _, inverse, times = np.unique(key ^ page, return_inverse=True, return_counts=True)
        out.append(np.log1p(times[inverse] - 1))
    return out


def _zones(blocks: Blocks, wording: Wording) -> list[np.ndarray]:
    """For each kind of mark the log distance to the last one above, far where there is none; and the share of marks so far."""
    size = blocks.page.size
    at = np.arange(size)
    begin = blocks.first[blocks.page]
    out = []
    so_far = np.zeros(size)
    for zone in _ZONES:
        marks = ((wording.line | wording.start) & np.uint32(BIT[zone])) > 0
        last = np.maximum.accumulate(np.where(marks, at, -1))
        out.append(np.log1p(np.where(last >= begin, np.minimum(at - last, _FAR_BLOCKS), _FAR_BLOCKS)))
        so_far += marks
    total = np.concatenate(([0.0], np.cumsum(so_far)))
    out.append((total[at] - total[begin]) / (at - begin + 1))
    return out
