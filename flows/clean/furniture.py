"""What a block is when it is no part of a story: by its wording, its form, and how often it repeats."""

from typing import NamedTuple

import numpy as np

from flows.clean.blocks import ADDRESS, BRACKET, DASH, DIGIT, DIVIDER, IDEOGRAPH, LETTER, LOWER, QUOTE, STOP, SYMBOL, UPPER, Blocks
from flows.clean.measures import Measures, has_code
from flows.clean.wording import BIT, Wording
from flows.clean.words import NUMBER_KEY, Words

ROLES = (
    "",
    "headline",
    "deck",
    "subhead",
    "byline",
    "dateline",
    "body",
    "caption",
    "credit",
    "widget",
    "related",
    "promo",
    "nav",
    "legal",
    "comment",
    "separator",
)
CODE = {role: at for at, role in enumerate(ROLES)}

# How the roles of the wording lists map to roles of blocks, the first that applies wins; position within the block, the longest
# block in words that it can decide, and the reason given.
_RULES: tuple[tuple[str, str, str, int, str], ...] = (
    ("line", "previous", "nav", 12, "wording: link to the previous article"),
    ("line", "next", "nav", 12, "wording: link to the next article"),
    ("line", "end_mark", "separator", 4, "wording: mark of the end of a story"),
    ("line", "comment", "comment", 12, "wording: comments"),
    ("line", "legal", "legal", 12, "wording: legal notice"),
    ("line", "widget", "widget", 12, "wording: share bar or reading aid"),
    ("line", "related", "related", 12, "wording: heading of a list of other stories"),
    ("line", "promo", "promo", 12, "wording: newsletter, subscription or appeal"),
    ("line", "nav", "nav", 12, "wording: menu"),
    ("line", "credit", "credit", 12, "wording: photo credit"),
    ("line", "byline", "byline", 12, "wording: author line"),
    ("line", "dateline", "dateline", 12, "wording: time of publication"),
    ("start", "previous", "nav", 30, "wording: link to the previous article"),
    ("start", "next", "nav", 30, "wording: link to the next article"),
    ("start", "comment", "comment", 60, "wording: comments"),
    ("start", "legal", "legal", 400, "wording: legal notice"),
    ("within", "legal", "legal", 400, "wording: legal notice"),
    ("within", "comment", "comment", 40, "wording: comments"),
    ("start", "credit", "credit", 14, "wording: photo credit"),
    ("start", "dateline", "dateline", 16, "wording: time of publication"),
    ("start", "byline", "byline", 14, "wording: author line"),
    ("start", "widget", "widget", 16, "wording: share bar or reading aid"),
    ("within", "widget", "widget", 16, "wording: share bar or reading aid"),
    ("start", "source_note", "promo", 60, "wording: note on source or correction"),
    ("within", "source_note", "promo", 60, "wording: note on source or correction"),
    ("within", "promo", "promo", 80, "wording: newsletter, subscription or appeal"),
    ("start", "promo", "promo", 60, "wording: newsletter, subscription or appeal"),
    ("within", "dateline", "dateline", 12, "wording: time of publication"),
    ("within", "credit", "credit", 10, "wording: photo credit"),
    ("start", "related", "related", 30, "wording: link to another story"),
    ("within", "related", "related", 30, "wording: link to another story"),
    ("start", "nav", "nav", 16, "wording: menu"),
    ("start", "bio", "promo", 120, "wording: about the author"),
    ("within", "bio", "promo", 80, "wording: about the author"),
)
_LONGEST_DATE_WORDS = 30
_DATE_SIGNS = np.array([ord(char) for char in "年月日号號时時分秒点點星期周週曜一二三四五六火水木金土上下午前後"], dtype=np.uint32)
_FORM_REASONS = (
    "form: no words, a line between parts",
    "form: a date and little else",
    "form: items of a menu in one line",
    "form: copyright line",
    "form: an address",
)
REASONS = ("", *(rule[4] for rule in _RULES), *_FORM_REASONS)


class Furniture(NamedTuple):
    """Per block the role that it has when it is not part of a story's text (an index of ``ROLES``, 0 for none) and why (an
    index of ``REASONS``); ``strong`` tells that the wording or form alone suffices to say so."""

    role: np.ndarray
    reason: np.ndarray
    strong: np.ndarray


def _date_signs(blocks: Blocks) -> np.ndarray:
    """Per block how many of its characters name parts of a date in Chinese, Japanese or Korean (年, 月, 曜 …)."""
    out = np.zeros(blocks.page.size, dtype=np.int64)
    at = np.flatnonzero((blocks.codes >= 0x4E00) & (blocks.codes < 0xD7A4))
    if at.size:
        at = at[np.isin(blocks.codes[at], _DATE_SIGNS)]
        np.add.at(out, np.searchsorted(blocks.start, at, side="right") - 1, 1)
    return out


def find_furniture(blocks: Blocks, words: Words, wording: Wording, measures: Measures) -> Furniture:
    """Name the furniture of a batch of pages by wording and form."""
    size = blocks.page.size
    role = np.zeros(size, dtype=np.int8)
    reason = np.zeros(size, dtype=np.int16)
    strong = np.zeros(size, dtype=bool)
    count = words.counts()
    free = np.ones(size, dtype=bool)

    def give(where: np.ndarray, name: str, why: str, *, sure: bool = False) -> None:
        role[where] = CODE[name]
        reason[where] = REASONS.index(why)
        if sure:
            strong[where] = True
        free[where] = False

    kinds = measures.kinds
    letters = kinds[:, UPPER] + kinds[:, LOWER] + kinds[:, LETTER] + kinds[:, IDEOGRAPH]
    marks = kinds[:, DIVIDER] + kinds[:, DASH] + kinds[:, SYMBOL] + kinds[:, STOP] + kinds[:, BRACKET] + kinds[:, QUOTE] + kinds[:, ADDRESS]
    give((letters + kinds[:, DIGIT] == 0) & (marks >= 0), "separator", _FORM_REASONS[0], sure=True)
    wire_end = (
        (letters == 0) & (kinds[:, DIGIT] <= 2) & (kinds[:, DASH] >= 2) & (measures.opens == DASH) & (blocks.kinds[blocks.end - 1] == DASH)
    )
    give(free & wire_end, "separator", "wording: mark of the end of a story", sure=True)
    numbers = np.concatenate(([0], np.cumsum(words.key == NUMBER_KEY)))
    numbers = numbers[words.first[1:]] - numbers[words.first[:-1]]
    dated = (wording.months > 0) & (numbers > 0) | (wording.weekdays > 0) & (numbers > 0) | (numbers >= 3)
    rest = count - numbers - wording.months - wording.weekdays - wording.functions - _date_signs(blocks)
    give(free & dated & (rest <= 2) & (count <= 12) & (letters <= 60), "dateline", _FORM_REASONS[1])
    long_date = free & dated & (count <= _LONGEST_DATE_WORDS) & ((wording.start & np.uint32(BIT["dateline"])) > 0)
    give(long_date, "dateline", _FORM_REASONS[1])
    # An agency's name within a short line is a credit only where nothing else reads as a sentence.
    loose = (wording.functions > 0) & (kinds[:, DIVIDER] + kinds[:, BRACKET] + kinds[:, ADDRESS] == 0)
    # "Von" and "Par" open headlines too: an author line holds names.
    capitals = np.concatenate(([0], np.cumsum(words.kind == UPPER)))
    capitals = capitals[words.first[1:]] - capitals[words.first[:-1]]
    named = (2 * (capitals - 1) >= count - 1) | (kinds[:, UPPER] + kinds[:, LOWER] == 0) | ((capitals == 0) & (count <= 4))
    amount = measures.words
    masks = {"line": wording.line, "start": wording.start, "within": wording.within}
    for position, kind, name, longest, why in _RULES:
        where = free & ((masks[position] & np.uint32(BIT[kind])) > 0) & (amount <= longest)
        if (position, kind) == ("start", "byline"):
            where &= named
        if (position, kind) == ("within", "credit"):
            where &= ~loose
        if where.any():
            give(where, name, why, sure=position == "line")
    menu = free & (kinds[:, DIVIDER] >= 2) & (wording.covered >= 0.5 * count) & (count <= 40)
    give(menu, "nav", _FORM_REASONS[2], sure=True)
    covered = free & (wording.covered >= 0.99 * count) & (count >= 2) & (count <= 16)
    give(covered, "nav", _FORM_REASONS[2], sure=True)
    give(free & has_code(blocks, 0xA9) & (count <= 30), "legal", _FORM_REASONS[3])
    return Furniture(role, reason, strong)
