"""What the scorer sees of a block: its form, its wording, its place in the page and what it shares with the page's prose.

One row a block, one column a name of ``FEATURES``; shares run from 0 to 1, counts are log(1 + n), lengths as printed.
"""

import numpy as np

from flows.clean.blocks import (
    ADDRESS,
    BRACKET,
    COMMA,
    DASH,
    DIGIT,
    DIVIDER,
    IDEOGRAPH,
    LETTER,
    LOWER,
    QUOTE,
    STOP,
    SYMBOL,
    UPPER,
    Blocks,
)
from flows.clean.measures import Measures, densest_runs, has_code, shared_words
from flows.clean.wording import BIT, WORDING_ROLES, Wording
from flows.clean.words import NUMBER_KEY, Words

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
    "passed_before",
    "passed_after",
)
# Parts of a page that a line of their own opens; how long ago it stood is a feature of all blocks below it.
_ZONES = ("comment", "related", "legal", "promo", "widget", "credit", "dateline", "byline")
_CLOSED_BY_PROSE = ("related", "promo", "widget")  # such a part ends where a paragraph stands
_PARAGRAPH_WORDS = 20.0
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
    *(f"under_{zone}" for zone in _CLOSED_BY_PROSE),
    "marks_so_far",
)
FEATURES = _FORM + tuple(f"{where}_{role}" for where in ("line", "start", "within") for role in WORDING_ROLES) + _PLACE


def columns_of(features: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """The columns of ``block_features`` by name; a ValueError names the one that is not measured."""
    return features if names == FEATURES else features[:, [FEATURES.index(name) for name in names]]


def block_features(blocks: Blocks, words: Words, wording: Wording, measures: Measures) -> np.ndarray:
    """The features of every block of a batch, as float32."""
    size = blocks.page.size
    if not size:
        return np.zeros((size, len(FEATURES)), dtype=np.float32)
    out = np.zeros((len(FEATURES), size), dtype=np.float32)  # a row a feature while they are filled in, which memory likes better
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
    at_sign = has_code(blocks, 64)
    copyright_sign = has_code(blocks, 0xA9)
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
        *_passed(blocks, measures),
    ]
    at = len(columns)
    for column, values in enumerate(columns):
        out[column] = values
    for masks in (wording.line, wording.start, wording.within):
        for bit in range(len(WORDING_ROLES)):
            out[at] = (masks >> np.uint32(bit)) & 1
            at += 1
    for values in _place(blocks, words, wording, measures):
        out[at] = values
        at += 1
    return out.T


def _marks(blocks: Blocks, words: Words, count: np.ndarray) -> list[np.ndarray]:
    """Features of single characters: words run together, an opening in capitals, a dash or a bracket early on, an address."""
    size = blocks.page.size
    glued = np.flatnonzero((blocks.kinds[:-1] == LOWER) & (blocks.kinds[1:] == UPPER))
    out = [np.bincount(np.searchsorted(blocks.start, glued, side="right") - 1, minlength=size) / count]
    if words.key.size:
        first = np.minimum(words.first[:-1], words.key.size - 1)
        second = np.minimum(words.start[first] + 2, blocks.kinds.size - 1)
        capitals = (blocks.kinds[words.start[first]] == UPPER) & (blocks.kinds[second] == UPPER)
        out.append(capitals & (words.end[first] - words.start[first] >= 3))
    else:
        out.append(np.zeros(size, dtype=bool))
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


def _passed(blocks: Blocks, measures: Measures) -> list[np.ndarray]:
    """How many blocks that are passed over stand right before and right after each block, as logarithms."""
    at = np.arange(blocks.page.size)
    kept = ~measures.passing
    above = np.concatenate(([-1], np.maximum.accumulate(np.where(kept, at, -1))[:-1]))
    below = np.append(np.minimum.accumulate(np.where(kept, at, at.size)[::-1])[::-1][1:], at.size)
    before = at - 1 - np.maximum(above, blocks.first[blocks.page] - 1)
    after = np.minimum(below, blocks.first[blocks.page + 1]) - at - 1
    return [np.log1p(before), np.log1p(after)]


def _place(blocks: Blocks, words: Words, wording: Wording, measures: Measures) -> list[np.ndarray]:
    """Features of where a block stands in its page."""
    page = blocks.page
    # Distances are counted in seats: blocks that are passed over have none.
    seats = np.concatenate(([0], np.cumsum(~measures.passing)))
    at = np.arange(page.size)
    begin, stop = blocks.first[page], blocks.first[page + 1]
    seat, seat_begin, seat_stop = seats[at], seats[begin], seats[stop]
    amount = measures.words
    total = np.concatenate(([0.0], np.cumsum(amount)))
    prose = np.concatenate(([0.0], np.cumsum(np.where(measures.prose, amount, 0.0))))
    page_words = np.maximum(total[stop] - total[begin], 1)
    low, high = measures.run_low[page], measures.run_high[page]
    wide_low, wide_high = densest_runs(blocks, np.where(measures.prose, amount + 10, np.where(measures.passing, 0.0, -3.0)))
    in_run = prose[high] - prose[low]
    head_high = np.minimum(measures.run_low + 4, measures.run_high)
    title_at = measures.title_at[page]
    (share_run, hits_run), (share_head, _) = shared_words(
        blocks, words, (measures.run_low, measures.run_high), (measures.run_low, head_high)
    )
    return [
        (seat - seat_begin) / np.maximum(seat_stop - seat_begin, 1),
        (total[at] - total[begin]) / page_words,
        np.log1p(seat - seat_begin),
        np.log1p(seat_stop - seats[at + 1]),
        np.log1p(seat_stop - seat_begin),
        np.log1p(page_words),
        (prose[stop] - prose[begin]) / page_words,
        (at >= low) & (at < high),
        np.log1p(np.maximum(seats[low] - seat, 0)),
        np.log1p(np.maximum(seats[at + 1] - seats[high], 0)),
        np.log1p(np.maximum(prose[at] - prose[low], 0) * (at < high)),
        np.log1p(np.maximum(prose[high] - prose[at], 0) * (at >= low)),
        (at >= wide_low[page]) & (at < wide_high[page]),
        np.log1p(np.maximum(seats[wide_low[page]] - seat, 0)),
        np.log1p(np.maximum(seats[at + 1] - seats[wide_high[page]], 0)),
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
        *_zones(blocks, wording, measures, seats),
    ]


def _likeness(blocks: Blocks, words: Words, measures: Measures) -> list[np.ndarray]:
    """How many blocks of the page open with the same word, and how many have the same form: lists show by both."""
    page = blocks.page.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    first = words.key[np.minimum(words.first[:-1], words.key.size - 1)] if words.key.size else page
    last_kind = blocks.kinds[blocks.end - 1].astype(np.uint64)
    size = np.minimum(measures.words, 24).astype(np.uint64) // np.uint64(3)
    colon = (measures.kinds[:, COMMA] > 0).astype(np.uint64)
    digits = (measures.kinds[:, DIGIT] > 0).astype(np.uint64)
    form = (
        ((measures.opens.astype(np.uint64) * np.uint64(16) + last_kind) * np.uint64(16) + size) * np.uint64(4)
        + colon * np.uint64(2)
        + digits
    )
    out = []
    for key in (first, form):
        _, inverse, times = np.unique(key ^ page, return_inverse=True, return_counts=True)
        out.append(np.log1p(times[inverse] - 1))
    return out


def _zones(blocks: Blocks, wording: Wording, measures: Measures, seats: np.ndarray) -> list[np.ndarray]:
    """For each kind of mark the log distance to the last one above, far where there is none; then, for parts that a paragraph ends, the
    same but far below such a paragraph; and the share of marks so far."""
    size = blocks.page.size
    at = np.arange(size)
    begin = blocks.first[blocks.page]
    out, closed = [], []
    so_far = np.zeros(size)
    told = np.maximum.accumulate(np.where(measures.prose & (measures.words >= _PARAGRAPH_WORDS), at, -1))
    told = np.concatenate(([-1], told[:-1]))
    for zone in _ZONES:
        marks = ((wording.line | wording.start) & np.uint32(BIT[zone])) > 0
        last = np.maximum.accumulate(np.where(marks, at, -1))
        since = np.log1p(np.minimum(seats[at + 1] - seats[np.maximum(last, 0) + 1], _FAR_BLOCKS))
        out.append(np.where(last >= begin, since, np.log1p(_FAR_BLOCKS)))
        if zone in _CLOSED_BY_PROSE:
            closed.append(np.where((last >= begin) & (last >= told), since, np.log1p(_FAR_BLOCKS)))
        so_far += marks
    total = np.concatenate(([0.0], np.cumsum(so_far)))
    return [*out, *closed, (total[at] - total[begin]) / (at - begin + 1)]
