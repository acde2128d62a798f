"""A batch of pages as arrays: every character's class, and the blocks (lines or paragraphs) that tile each page.

All pages of a batch are joined into one array of code points, so that splitting, counting and hashing are one pass over the
batch. Positions in ``Blocks`` are positions in that array; ``char_start`` and ``char_end`` turn them into offsets in the page.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import numpy as np

BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"

# Classes of characters; each character has exactly one.
OTHER, SPACE, BREAK, UPPER, LOWER, LETTER, IDEOGRAPH, DIGIT, STOP, COMMA, QUOTE, BRACKET, DIVIDER, DASH, SYMBOL, ADDRESS = range(16)
KIND_COUNT = 16
_KINDS = {
    STOP: ".!?…。！？؟।｡‼⁉",
    COMMA: ",;:，、；：،؛",
    QUOTE: "\"“”„‟«»「」『』‘’'`",
    BRACKET: "()[]{}（）【】〈〉《》",
    DIVIDER: "|/\\•·›»→▶►▸❯⟩>‣●○■□▪▫◦¦∙⋅",
    DASH: "-–—―‒−_=~*#+",
    ADDRESS: "@©®™&%$€£¥",
}
_LAST = 0xFFFF
# Scripts that are written without spaces between words: a character counts as half a word.
_SPACELESS = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)
_MIN_WRAPPED_LINES = 8
_WRAP_WIDTHS = (44, 132)


class Blocks(NamedTuple):
    """The blocks of a batch of pages, in order.

    ``codes``, ``lowers`` and ``kinds`` hold one value a character (pages joined by a line feed), ``origin`` each page's first
    character there and ``first`` the index of each page's first block (one more value than pages). ``page``, ``start``,
    ``end`` and ``gap`` hold one value a block: its page, its span, and the line breaks between it and the block before it.
    """

    codes: np.ndarray
    lowers: np.ndarray
    kinds: np.ndarray
    origin: np.ndarray
    first: np.ndarray
    page: np.ndarray
    start: np.ndarray
    end: np.ndarray
    gap: np.ndarray

    def char_start(self) -> np.ndarray:
        """Offset of each block in its page."""
        return self.start - self.origin[self.page]

    def char_end(self) -> np.ndarray:
        """Offset of each block's end (exclusive) in its page."""
        return self.end - self.origin[self.page]

    def pick(self, keep: np.ndarray) -> "Blocks":
        """Some of the blocks alone, those that ``keep`` (a mask) tells."""
        before = np.concatenate(([0], np.cumsum(keep)))
        return self._replace(first=before[self.first], page=self.page[keep], start=self.start[keep], end=self.end[keep], gap=self.gap[keep])


@lru_cache(maxsize=1)
def character_tables() -> tuple[np.ndarray, np.ndarray]:
    """The class and the lower case (Latin letters without accents) of every code point of the basic plane; others are symbols."""
    kinds = np.full(_LAST + 1, OTHER, dtype=np.uint8)
    lowers = np.arange(_LAST + 1, dtype=np.uint16)
    for code in range(_LAST + 1):
        char = chr(code)
        if char.isspace():
            kinds[code] = SPACE
        elif char.isdigit():
            kinds[code] = DIGIT
        elif char.isalpha():
            low = unicodedata.normalize("NFD", char.lower())[:1] if code < 0x250 else char.lower()
            if len(low) == 1:
                lowers[code] = ord(low)
            kinds[code] = UPPER if char.isupper() or char.istitle() else LOWER if char.islower() else LETTER
        elif code > 0x2FF:
            kinds[code] = (
                LETTER if 0x300 <= code < 0x370 or 0x483 <= code < 0x488 or (0x591 <= code < 0xE00 and not char.isprintable()) else SYMBOL
            )
    for low_code, high_code in (
        (0x591, 0x5C8),
        (0x610, 0x61B),
        (0x64B, 0x660),
        (0x900, 0x904),
        (0x93A, 0x950),
        (0x962, 0x964),
        (0x981, 0x984),
        (0x9BC, 0x9CE),
        (0x200C, 0x200E),
    ):
        kinds[low_code:high_code] = LETTER
    for kind, chars in _KINDS.items():
        for char in chars:
            kinds[ord(char)] = kind
    for low_code, high_code in _SPACELESS:
        span = kinds[low_code : high_code + 1]
        span[(span == LETTER) | (span == SYMBOL) | (span == OTHER)] = IDEOGRAPH
    for char in BREAKS:
        kinds[ord(char)] = BREAK
    kinds[ord("_")] = DASH
    return kinds, lowers


def split_blocks(texts: list[str]) -> Blocks:
    """Split every page into its non-empty lines, stripped of white space at both ends; nothing else is left out.

    A page that is wrapped at a fixed width becomes paragraphs: its blocks then hold line breaks.

    >>> pages = split_blocks(["Ford meets Brezhnev\\n\\n  They spoke. ", ""])
    >>> pages.char_start().tolist(), pages.char_end().tolist(), pages.page.tolist()
    ([0, 23], [19, 34], [0, 0])
    """
    kind_of, lower_of = character_tables()
    joined = "\n".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    short = np.minimum(codes, _LAST).astype(np.uint16) if codes.size and int(codes.max()) > _LAST else codes.astype(np.uint16)
    kinds = kind_of[short]
    lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
    origin = np.zeros(len(texts), dtype=np.int64)
    np.cumsum(lengths[:-1] + 1, out=origin[1:])
    is_break = kinds == BREAK
    line_no = np.cumsum(is_break, dtype=np.int32)
    solid = np.flatnonzero((kinds != SPACE) & ~is_break)
    if not solid.size:
        empty = np.zeros(0, dtype=np.int64)
        return Blocks(codes, lower_of[short], kinds, origin, np.zeros(len(texts) + 1, dtype=np.int64), empty, empty, empty, empty)
    line_of = line_no[solid]
    opens = np.flatnonzero(np.diff(line_of)) + 1
    start = solid[np.concatenate(([0], opens))]
    end = solid[np.concatenate((opens - 1, [solid.size - 1]))] + 1
    page = np.searchsorted(origin, start, side="right") - 1
    doubles = np.cumsum((codes[:-1] == 13) & (codes[1:] == 10), dtype=np.int32) if "\r" in joined else None
    before = np.concatenate((origin[:1], end[:-1]))
    gap = line_no[start] - line_no[np.maximum(before - 1, 0)]
    if doubles is not None:
        counted = np.concatenate(([0], doubles))
        gap = gap - (counted[np.minimum(start, counted.size - 1)] - counted[np.minimum(before, counted.size - 1)])
    gap = gap.astype(np.int64)
    first = np.searchsorted(page, np.arange(len(texts) + 1))
    gap[first[:-1][first[:-1] < first[1:]]] = 0
    lines = Blocks(codes, lower_of[short], kinds, origin, first, page, start, end, gap)
    return _join_wrapped(lines)


def _join_wrapped(lines: Blocks) -> Blocks:
    """Join the lines of pages that are wrapped at a fixed width into paragraphs."""
    length = lines.end - lines.start
    tight = np.concatenate((lines.gap[1:] == 1, [False]))
    tight[lines.first[1:][lines.first[1:] > 0] - 1] = False
    per_page = np.diff(lines.first)
    has_lines = per_page >= _MIN_WRAPPED_LINES
    if not has_lines.any() or not tight.any():
        return lines
    joins = np.ones(length.size, dtype=bool)
    changed = False
    for page in np.flatnonzero(has_lines):
        low, high = int(lines.first[page]), int(lines.first[page + 1])
        inner = tight[low:high]
        if inner.mean() < 0.5 or inner[:-1].all():
            continue
        span = length[low:high]
        width = int(span.max())
        if not _WRAP_WIDTHS[0] <= width <= _WRAP_WIDTHS[1]:
            continue
        full = _next_word_would_not_fit(lines, low, high, width) & inner
        ends_sentence = lines.kinds[lines.end[low:high] - 1] == STOP
        if full.sum() < 0.8 * inner.sum() or ends_sentence[full].mean() > 0.3:
            continue
        joins[low + 1 : high] = ~full[:-1]
        changed = True
    if not changed:
        return lines
    keep = np.flatnonzero(joins)
    end = lines.end[np.concatenate((keep[1:] - 1, [length.size - 1]))]
    first = np.searchsorted(keep, lines.first)
    return lines._replace(first=first, page=lines.page[keep], start=lines.start[keep], end=end, gap=lines.gap[keep])


def _next_word_would_not_fit(lines: Blocks, low: int, high: int, width: int) -> np.ndarray:
    """Per line of one page: whether the first word of the next line would have made it longer than ``width``."""
    out = np.zeros(high - low, dtype=bool)
    for at in range(low, high - 1):
        begin, stop = int(lines.start[at + 1]), int(lines.end[at + 1])
        spaces = np.flatnonzero(lines.kinds[begin:stop] == SPACE)
        word = int(spaces[0]) if spaces.size else stop - begin
        out[at - low] = int(lines.end[at] - lines.start[at]) + 1 + word > width - 1
    return out
