"""What the wording of a block says: furniture phrases, function words, names of months and days, looked up by number.

Phrases come as rows (language, role, position, wording); position ``line`` is the whole block, ``start`` its first words and
``within`` anywhere in it. Punctuation and case do not count, and ``#`` stands for any number.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from flows.clean.blocks import IDEOGRAPH
from flows.clean.words import Words, following_keys, number_openings, number_phrases, phrase_keys

# What furniture wording can tell of a block; each is a bit of the masks below.
WORDING_ROLES = (
    "nav",
    "widget",
    "promo",
    "related",
    "previous",
    "next",
    "legal",
    "comment",
    "credit",
    "caption",
    "byline",
    "bio",
    "source_note",
    "dateline",
    "end_mark",
)
BIT = {role: 1 << at for at, role in enumerate(WORDING_ROLES)}
# What only a line about a picture says.
PICTURE = re.compile(
    r"photo|image|picture|pictured|camera|screenshot|screengrab|caption|footage|handout|courtesy|\bfile\b|\bpic\b|\bundated\b|[(\[](?:left|right|l|r|c)[)\]]",
    re.IGNORECASE,
)
FUNCTION, MONTH, WEEKDAY = 1, 2, 4

_FLAG_BITS = 18
_LONGEST = 14  # words of a phrase; a character is one in scripts without spaces
_MOST_LANGUAGES = 32
_SHORT_SIGN = 2  # ideographs
_NAME_LINE = 7  # ideographs of a line that is a sign and a name


class PhraseTable(NamedTuple):
    """Phrases by number: sorted ``keys``, a bit mask of roles for each position, and a filter that is quick to ask."""

    keys: np.ndarray
    line: np.ndarray
    start: np.ndarray
    within: np.ndarray
    seen: np.ndarray
    lengths: tuple[int, ...]


class Vocabulary(NamedTuple):
    """All wording that blocks are matched against. ``flags`` holds, by the upper bits of a word's number, whether it is a
    function word, a month or a weekday; ``pairs`` by those of the number of two words whether phrases open
    with them; ``language_bits`` a bit for each of ``languages`` in which a word is a function word."""

    phrases: PhraseTable
    flags: np.ndarray
    pairs: np.ndarray
    languages: tuple[str, ...]
    language_bits: np.ndarray


class Wording(NamedTuple):
    """What wording tells of each block: role masks of its whole line, its first words and any of its words; the words that
    are covered by furniture phrases; and how many of its words are function words, months and weekdays."""

    line: np.ndarray
    start: np.ndarray
    within: np.ndarray
    covered: np.ndarray
    functions: np.ndarray
    months: np.ndarray
    weekdays: np.ndarray


def make_vocabulary(
    phrases: Iterable[tuple[str, str, str]],
    *,
    function_words: Iterable[tuple[str, str]],
    months: Iterable[str],
    weekdays: Iterable[str],
) -> Vocabulary:
    """Number the rows (role, position, wording), function words (language, word) and word lists once: pages are matched by number.

    Raises KeyError for a role that is not in ``WORDING_ROLES``.
    """
    rows = list(phrases)
    keys, counts, _ = number_phrases([wording for _, _, wording in rows])
    pairs = np.zeros(1 << _FLAG_BITS, dtype=bool)
    pairs[_slots(number_openings([wording for _, _, wording in rows]))] = True
    masks: dict[int, list[int]] = {}
    flags = np.zeros(1 << _FLAG_BITS, dtype=np.uint8)
    lengths = set()
    for (role, position, _), key, count in zip(rows, keys.tolist(), counts.tolist(), strict=True):
        if not 0 < count <= _LONGEST:
            continue
        mask = masks.setdefault(key, [0, 0, 0])
        mask[("line", "start", "within").index(position)] |= BIT[role]
        lengths.add(count)
    spoken = list(function_words)
    languages = tuple(sorted({language for language, _ in spoken}))[:_MOST_LANGUAGES]
    language_bits = np.zeros(1 << _FLAG_BITS, dtype=np.uint32)
    for (language, _), word_key in zip(spoken, _number_words([word for _, word in spoken])[0].tolist(), strict=True):
        if language in languages:
            language_bits[word_key >> (64 - _FLAG_BITS)] |= 1 << languages.index(language)
    for words, flag in (([word for _, word in spoken], FUNCTION), (months, MONTH), (weekdays, WEEKDAY)):
        word_keys, word_counts, _ = _number_words(list(words))
        flags[(word_keys[word_counts == 1] >> np.uint64(64 - _FLAG_BITS)).astype(np.int64)] |= flag
    ordered = np.array(sorted(masks), dtype=np.uint64)
    columns = np.array([masks[key] for key in sorted(masks)], dtype=np.uint32).reshape(-1, 3)
    seen = np.zeros(1 << _FLAG_BITS, dtype=bool)
    seen[_slots(ordered)] = True
    table = PhraseTable(ordered, columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].copy(), seen, tuple(sorted(lengths)))
    return Vocabulary(table, flags, pairs, languages, language_bits)


def _runs_on(words: Words, begin: np.ndarray, length: int, last: np.ndarray) -> np.ndarray:
    """Whether a phrase of few ideographs runs on into others, and so may be part of a longer word (记者 in 记者节), in a line of some length."""
    after = np.minimum(begin + length, words.key.size - 1)
    joined = (begin + length < last) & (words.start[after] == words.end[begin + length - 1])
    return joined & (words.kind[after] == IDEOGRAPH) & (words.kind[begin + length - 1] == IDEOGRAPH) & (last - begin > _NAME_LINE)


def _slots(keys: np.ndarray) -> np.ndarray:
    """Numbers as indices of the tables that hold something by the upper bits of a number."""
    return (keys >> np.uint64(64 - _FLAG_BITS)).astype(np.int64)


def _number_words(words: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers of single words (a phrase's number mixes once more, so it is its first word's that counts)."""
    _, counts, heads = number_phrases(words)
    return heads, counts, heads


def _look_up(table: PhraseTable, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Indices of the ``keys`` that are phrases, and which phrases they are."""
    maybe = np.flatnonzero(table.seen[_slots(keys)])
    at = np.searchsorted(table.keys, keys[maybe])
    at[at == table.keys.size] = 0
    right = table.keys[at] == keys[maybe]
    return maybe[right], at[right]


def language_votes(vocabulary: Vocabulary, keys: np.ndarray) -> np.ndarray:
    """For each language of the vocabulary, how many of the words are function words of it."""
    bits = vocabulary.language_bits[_slots(keys)]
    told = np.unpackbits(bits.astype("<u4").view(np.uint8).reshape(-1, 4), axis=1, bitorder="little")
    return told.sum(axis=0)[: len(vocabulary.languages)]


def read_wording(words: Words, vocabulary: Vocabulary) -> Wording:
    """Match every block of a batch against the vocabulary."""
    count = words.counts()
    size = count.size
    line = np.zeros(size, dtype=np.uint32)
    start = np.zeros(size, dtype=np.uint32)
    within = np.zeros(size, dtype=np.uint32)
    zero = np.zeros(size, dtype=np.int64)
    if not words.key.size:
        return Wording(line, start, within, zero, zero, zero, zero)
    table = vocabulary.phrases
    flags = vocabulary.flags[_slots(words.key)]
    cover = np.zeros(words.key.size + 1, dtype=np.int32)
    pairs = np.flatnonzero(vocabulary.pairs[_slots(following_keys(words, 2))] & (words.block[1:] == words.block[:-1]))
    last = words.first[words.block[pairs] + 1]
    for length in table.lengths if table.keys.size else ():
        if length == 1:
            begin = np.flatnonzero(table.seen[_slots(following_keys(words, 1))])
        else:  # of the many words that open a phrase, few are followed by the second word of one
            begin = pairs[pairs + length <= last]
        hit, phrase = _look_up(table, phrase_keys(words, begin, begin + length))
        if not hit.size:
            continue
        begin = begin[hit]
        block = words.block[begin]
        at_start = begin == words.first[block]
        whole = at_start & (count[block] == length)
        line[block[whole]] |= table.line[phrase[whole]]
        if length <= _SHORT_SIGN:
            at_start &= ~_runs_on(words, begin, length, words.first[block + 1])
        start[block[at_start]] |= table.start[phrase[at_start]]
        inside = table.within[phrase]
        has = np.flatnonzero(inside)
        np.bitwise_or.at(within, block[has], inside[has])
        covers = (table.line[phrase] | inside) > 0
        cover[begin[covers]] += 1
        cover[begin[covers] + length] -= 1
    covered = np.concatenate(([0], np.cumsum(np.cumsum(cover[:-1]) > 0)))
    sums = [np.concatenate(([0], np.cumsum((flags & flag) > 0))) for flag in (FUNCTION, MONTH, WEEKDAY)]
    low, high = words.first[:-1], words.first[1:]
    return Wording(line, start, within, covered[high] - covered[low], *(total[high] - total[low] for total in sums))
