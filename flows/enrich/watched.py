"""Which of the word lists that the finders look for hold a word: asked once a word, not once a finder and token.

A process meets the same words again and again. For each word there is a number with a bit a list, so that a finder gets
the places of its words in a story by one comparison of arrays.
"""

from collections.abc import Container, Iterable

import numpy as np

DIGIT = 1  # the bit of words that begin with a digit from 0 to 9
_MOST_LISTS = 62
_MOST_WORDS = 400_000


class Watched(dict[str, int]):
    """Words met so far with their bits; ``lists`` are the lists watched, ``bits`` their bits by identity. Its lists never change."""

    def __init__(self, lists: tuple[Container[str], ...] = ()) -> None:
        super().__init__()
        self.lists = lists
        self.bits = {id(known): 2 << at for at, known in enumerate(lists)}

    def __missing__(self, word: str) -> int:
        value = DIGIT if "/" < word < ":" else 0
        for at, known in enumerate(self.lists):
            if word in known:
                value |= 2 << at
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = value
        return value


_now = Watched()


def watched_now() -> Watched:
    """The lists watched so far."""
    return _now


def watch(known: Container[str]) -> None:
    """Let stories to come know of one more list."""
    global _now
    if id(known) not in _now.bits and len(_now.lists) < _MOST_LISTS:
        _now = Watched((*_now.lists, known))


def marks_of(words: Iterable[str], count: int, watched: Watched) -> np.ndarray:
    """The bits of each of ``count`` words."""
    return np.fromiter(map(watched.__getitem__, words), np.int64, count)
