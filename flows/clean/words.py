"""The words of a batch of blocks, each as a 64-bit number: the same word has the same number in every batch and language.

A word is a run of letters and digits; in scripts without spaces each character is one. Its number is a polynomial over its
lower-case code points, so that all words of a batch are numbered in one pass; a number (digits, with commas between them) is numbered as ``#``.
Phrases are numbered in the same way over their words. Numbers serve as keys of tables: two words share one by chance in one
case of 10^19.
"""

from typing import NamedTuple

import numpy as np

from flows.clean.blocks import COMMA, DIGIT, IDEOGRAPH, SPACE, UPPER, Blocks, split_blocks

_BASE = 0x9E3779B97F4A7C15
_PHRASE_BASE = 0xC2B2AE3D27D4EB4F
_COMMA = 44
_MIX = np.uint64(0xD6E8FEB86659FD93)
NUMBER_KEY = np.uint64(0x5851F42D4C957F2D)
_SHIFT = np.uint64(32)
_powers: dict[int, tuple[np.ndarray, np.ndarray]] = {}


class Words(NamedTuple):
    """The words of a batch in order.

    ``key``, ``start``, ``end`` (in ``Blocks.codes``), ``kind`` (class of the first character) and ``block`` hold one value a
    word; ``first`` the index of each block's first word (one more value than blocks). ``prefix`` and ``inverse`` are for
    ``phrase_keys``.
    """

    key: np.ndarray
    start: np.ndarray
    end: np.ndarray
    kind: np.ndarray
    block: np.ndarray
    first: np.ndarray
    prefix: np.ndarray

    def counts(self) -> np.ndarray:
        """Words in each block."""
        return np.diff(self.first)

    def prefix_key(self) -> np.ndarray:
        """The number of each block's words as one phrase."""
        return phrase_keys(self, self.first[:-1], self.first[1:])


def _power_tables(base: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """base^i and base^-i modulo 2^64 for i < size; kept for later batches."""
    have = _powers.get(base)
    if have is None or have[0].size < size:
        size = max(size, 1 << 16) * 5 // 4
        up = np.full(size, base, dtype=np.uint64)
        down = np.full(size, pow(base, -1, 1 << 64), dtype=np.uint64)
        up[0] = down[0] = 1
        have = (np.cumprod(up, dtype=np.uint64), np.cumprod(down, dtype=np.uint64))
        _powers[base] = have
    return have


def find_words(blocks: Blocks) -> Words:
    """Number the words of every block."""
    kinds = blocks.kinds
    if not blocks.page.size:
        none = np.zeros(0, dtype=np.int64)
        return Words(
            none.astype(np.uint64), none, none, none.astype(np.uint8), none, np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.uint64)
        )
    is_word = (kinds >= UPPER) & (kinds <= DIGIT)
    numeric = kinds == DIGIT
    commas = np.flatnonzero(blocks.codes[1:-1] == _COMMA) + 1
    commas = commas[numeric[commas - 1] & numeric[commas + 1]]
    is_word[commas] = numeric[commas] = True
    alone = kinds == IDEOGRAPH
    edge = np.empty(kinds.size + 1, dtype=bool)
    edge[0] = is_word[0]
    edge[-1] = False
    edge[1:-1] = is_word[1:] & (~is_word[:-1] | alone[1:] | alone[:-1])
    start = np.flatnonzero(edge)
    stop = np.empty(kinds.size + 1, dtype=bool)
    stop[0] = False
    stop[-1] = is_word[-1]
    stop[1:-1] = is_word[:-1] & (~is_word[1:] | alone[1:] | alone[:-1])
    end = np.flatnonzero(stop)
    up, down = _power_tables(_BASE, kinds.size + 1)
    summed = np.empty(kinds.size + 1, dtype=np.uint64)
    summed[0] = 0
    np.cumsum(blocks.lowers * up[: kinds.size], out=summed[1:])
    key = (summed[end] - summed[start]) * down[start]
    key ^= key >> _SHIFT
    key *= _MIX
    kind = kinds[start]
    digits = np.empty(kinds.size + 1, dtype=np.int32)
    digits[0] = 0
    np.cumsum(numeric, out=digits[1:])
    key[digits[end] - digits[start] == end - start] = NUMBER_KEY
    first = np.searchsorted(start, blocks.start)
    first = np.append(first, start.size)
    block = np.repeat(np.arange(blocks.page.size), np.diff(first))
    return Words(key, start, end, kind, block, first, _phrase_sums(key))


class ContentWords(NamedTuple):
    """The words of a batch that carry its matter, and those that look like names, each with where every block's begin."""

    content: np.ndarray
    content_first: np.ndarray
    names: np.ndarray
    name_first: np.ndarray


def content_words(blocks: Blocks, words: Words) -> ContentWords:
    """Pick the words of four letters or more (single characters in scripts without spaces), and among words with a capital
    those that follow another word or a comma, so that the opening of a sentence is no name."""
    length = words.end - words.start
    content = ((length >= 4) | (words.kind == IDEOGRAPH)) & (words.key != NUMBER_KEY)
    before = blocks.kinds[np.maximum(words.start - 2, 0)]
    joined = (before >= UPPER) & (before <= DIGIT) | (before == COMMA)
    names = (words.kind == UPPER) & (length >= 3) & joined & (blocks.kinds[np.maximum(words.start - 1, 0)] == SPACE)
    firsts = [np.concatenate(([0], np.cumsum(mask)))[words.first] for mask in (content, names)]
    return ContentWords(words.key[content], firsts[0], words.key[names], firsts[1])


def _phrase_sums(key: np.ndarray) -> np.ndarray:
    up, _ = _power_tables(_PHRASE_BASE, key.size + 1)
    summed = np.empty(key.size + 1, dtype=np.uint64)
    summed[0] = 0
    np.cumsum(key * up[: key.size], out=summed[1:])
    return summed


def phrase_keys(words: Words, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The numbers of the phrases that reach from word ``begin`` to before word ``end``."""
    _, down = _power_tables(_PHRASE_BASE, words.key.size + 1)
    key = (words.prefix[end] - words.prefix[begin]) * down[begin]
    key ^= key >> _SHIFT
    return key * _MIX


def following_keys(words: Words, length: int) -> np.ndarray:
    """The numbers of all phrases of that many words, one for each word that as many follow."""
    _, down = _power_tables(_PHRASE_BASE, words.key.size + 1)
    count = max(words.key.size + 1 - length, 0)
    key = words.prefix[length:] - words.prefix[:count]
    key *= down[:count]
    key ^= key >> _SHIFT
    key *= _MIX
    return key


def number_phrases(phrases: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The number, the word count and the first word's number of each phrase; a phrase without a word has count 0.

    >>> keys, counts, _ = number_phrases(["Read more", "READ MORE", "5 comments", "12 Comments", "—"])
    >>> bool(keys[0] == keys[1] and keys[2] == keys[3]), counts.tolist()
    (True, [2, 2, 2, 2, 0])
    """
    blocks = split_blocks([phrase.replace("\n", " ").replace("#", "0") for phrase in phrases])
    words = find_words(blocks)
    keys = np.zeros(len(phrases), dtype=np.uint64)
    counts = np.zeros(len(phrases), dtype=np.int64)
    heads = np.zeros(len(phrases), dtype=np.uint64)
    has = words.counts() > 0
    at = blocks.page[has]
    keys[at] = phrase_keys(words, words.first[:-1][has], words.first[1:][has])
    counts[at] = words.counts()[has]
    heads[at] = words.key[words.first[:-1][has]]
    return keys, counts, heads


def number_openings(phrases: list[str]) -> np.ndarray:
    """The numbers of the first two words of those phrases that have as many."""
    words = find_words(split_blocks([phrase.replace("\n", " ").replace("#", "0") for phrase in phrases]))
    first = words.first[:-1][words.counts() >= 2]
    return phrase_keys(words, first, first + 2)
