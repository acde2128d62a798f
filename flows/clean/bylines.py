"""A byline taken apart: who wrote, for whom, what was taken from an agency, and who translated.

Bylines are what lines say ("By Ann Poe and John Roe, Example Wire in Lisbon | Translated by Eva Roth") or what a page's metadata
lists ("Ann Poe, John Roe, dpa"). Words that open them, join names or end them come as reference data.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flows.clean.metadata import Outlets, is_same_outlet, known_outlet

_ADDRESS = re.compile(r"\S+(?:@|\[at\]|\(at\))\S+|https?://\S+|www\.\S+|(?<!\w)@\w+")
_PART = re.compile(r"\s*(?:[,;|/•·&+()\[\]\n、，；／]|\s[-–—]\s|[:：]\s?)\s*")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_AROUND = " .:\"'“”‘’*"
_LONGEST_OPENER = 5  # words
_LONGEST_NAME_WORDS = 6
_LONGEST_NAME = 60  # characters
_MOST_NAMES = 12
_SHORT_SIGN, _LONG_SIGN = 2, 4  # ideographs of a name
_SMALL = frozenset({"the", "of", "and", "de", "la", "le", "der", "die", "das"})  # within the names of outlets
Words = Mapping[str, frozenset[str]]


class Author(NamedTuple):
    """One name of a byline: ``text`` as printed, ``name`` in its usual form, ``kind`` (person, agency, outlet or desk) and ``role``
    (author, translator or editor)."""

    text: str
    name: str
    kind: str
    role: str


def split_byline(byline: str | None, words: Words, outlets: Outlets, own: str | None = None) -> list[Author]:
    """The names of a byline in their order, each once; ``own`` is the page's outlet, ``words`` the byline words by kind.

    >>> [(one.name, one.kind) for one in split_byline("By Ann Poe, Example Wire in Lisbon", words, outlets)]
    [('Ann Poe', 'person'), ('Example Wire', 'agency')]
    """
    if not byline:
        return []
    found: dict[str, Author] = {}
    role = "author"
    for piece in _pieces(byline, words):
        skip, role = _opening(piece, words, role)
        for text, named in _names(piece[skip:], words, outlets):
            kind, name = _kind_of(text, named, words, outlets, own, first=not found or skip > 0)
            if kind and len(found) < _MOST_NAMES:
                found.setdefault(name.casefold(), Author(text.strip(_AROUND), name, kind, role))
    if any(one.kind == "person" for one in found.values()):  # then "Staff Writer" is what the person does
        return [one for one in found.values() if one.kind != "desk" or not _is_role(one.text.casefold(), words)]
    return list(found.values())


def _pieces(byline: str, words: Words) -> Iterator[str]:
    """The parts of a byline between commas and the like, and before words that open a byline of their own ("Translated by")."""
    for part in _PART.split(" ".join(_ADDRESS.sub(" ", byline).split())):
        if _IDEOGRAPHS.match(part):
            yield from part.split()
            continue
        held = part.split(" ")
        low = [word.casefold() for word in held]
        start = 0
        for at in range(1, len(held) - 1):
            if any(" ".join(low[at:end]) in words[kind] for kind in ("translator", "editor") for end in (at + 2, at + 3)):
                yield " ".join(held[start:at])
                start = at
        yield " ".join(held[start:])


def _opening(piece: str, words: Words, role: str) -> tuple[int, str]:
    """How many characters of a piece open a byline ("By ", "Translated by "), and the role that it tells, else the ``role`` so far."""
    low = piece.casefold()
    parts = low.split(" ")
    kinds = (("translator", "translator"), ("editor", "editor"), ("opener", "author"))
    for count in range(min(_LONGEST_OPENER, len(parts)), 0, -1):
        opening = " ".join(parts[:count])
        for kind, told in kinds:
            if opening in words[kind]:
                return len(opening) + (count < len(parts)), told
    signs = _IDEOGRAPHS.match(piece)
    for size in range(min(len(signs.group()) - 1, _LONG_SIGN + 1) if signs else 0, 0, -1):
        for kind, told in kinds:
            if low[:size] in words[kind]:
                return size, told
    return 0, role


def _names(piece: str, words: Words, outlets: Outlets) -> list[tuple[str, str | None]]:
    """The names in a piece, each with the outlet that it is known as: "A and B", "A for Example Wire", "Example Wire Writer A"."""
    whole = _known(piece, words, outlets)
    if whole:
        return [(piece, whole)]
    parts = piece.split()
    for at, word in enumerate(parts[:-1]):
        after = parts[at + 1]
        if word.casefold() in words["role"] and after[:1].isupper() and not _is_role(" ".join(parts[at:]).casefold(), words):
            return _names(" ".join(parts[: at + 1]), words, outlets) + _names(" ".join(parts[at + 1 :]), words, outlets)
    out: list[tuple[str, str | None]] = []
    held: list[str] = []
    passing = False  # behind "in" or "at", up to the next name
    for at, word in enumerate(parts):
        low = word.casefold()
        if (held or passing) and (word in words["joiner"] or (word.isupper() and len(word) > 1 and low in words["joiner"])):
            out.append((" ".join(held), None))
            held, passing = [], False
        elif _DIGIT.search(word):
            break
        elif held and not passing and (low in words["closer"] or low in words["belonging"]):
            out.append((" ".join(held), None))
            if low in words["belonging"]:
                out += _belonging(parts[at + 1 :], words, outlets)
            held, passing = [], True
        elif not passing:
            held.append(word)
    out.append((" ".join(held), None))
    return [(text, named or _known(text, words, outlets)) for text, named in out if text]


def _belonging(parts: list[str], words: Words, outlets: Outlets) -> list[tuple[str, str | None]]:
    """The outlet that opens the words after "for" or "of": a known one, or a name whose last word is that of a newspaper."""
    size = next((at for at, part in enumerate(parts) if not (part[:1].isupper() or part.casefold() in _SMALL)), len(parts))
    run = " ".join(parts[:size])
    low = run.casefold().rpartition(" ")[2]
    exact = outlets.names.get(run.casefold().removeprefix("the "))
    if exact or low in words["press"]:
        return [(run, exact or run)]
    told = known_outlet(" ".join(parts), outlets.names)
    return [(_printed(" ".join(parts), told, outlets), told)] if told else []


def _printed(text: str, known: str, outlets: Outlets) -> str:
    """The words at the beginning of a text that name the outlet known as ``known``."""
    parts = text.split()
    for size in range(len(parts), 0, -1):
        phrase = " ".join(parts[:size])
        if outlets.names.get(phrase.strip(".,;:’'").casefold().removeprefix("the ")) == known:
            return phrase
    return known


def _known(piece: str, words: Words, outlets: Outlets) -> str | None:
    """The outlet that a piece names, alone or with a role of its people ("Example Wire Writer") or a place ("Example Wire in Lisbon")."""
    text = piece.strip(_AROUND)
    found = known_outlet(text, outlets.names) if text else None
    if found is None:
        return None
    rest = text[len(_printed(text, found, outlets)) :].casefold().split()
    if not rest or rest[0] in words["closer"] or rest[-1] in words["role"] or rest[-1] in words["desk"]:
        return found
    return None


def _kind_of(text: str, named: str | None, words: Words, outlets: Outlets, own: str | None, *, first: bool) -> tuple[str, str]:
    """What a name is and its usual form; ("", "") when it is none: a role, a word alone that follows no opening, nobody's name."""
    text = text.strip(_AROUND)
    low = text.casefold()
    if named:
        return "agency" if named in outlets.agencies.values() else "outlet", named
    parts = low.split()
    if not text or len(parts) > _LONGEST_NAME_WORDS or len(text) > _LONGEST_NAME:
        return "", ""
    if low in words["desk"] or parts[-1] in words["desk"] or (first and _is_role(low, words) and text.isascii()):
        return "desk", text
    if any(low in words[kind] for kind in ("nobody", "opener", "joiner", "closer")) or _is_role(low, words):
        return "", ""
    if (own and (is_same_outlet(text, own) or is_same_outlet(own, text))) or (len(parts) > 1 and parts[-1] in words["press"]):
        return "outlet", text
    if _IDEOGRAPHS.fullmatch(text):
        return ("person", text) if _SHORT_SIGN <= len(text) <= _LONG_SIGN else ("", "")
    if len(parts) == 1 and (not first or (text.isupper() and text.isascii())):
        return "", ""
    return ("person", _usual(text)) if any(not part[:1].islower() for part in text.split()) else ("", "")


def _is_role(low: str, words: Words) -> bool:
    """Whether words, in lower case, name what somebody does: "staff writer", "senior foreign correspondents"."""
    last = low.rpartition(" ")[2]
    ends = _IDEOGRAPHS.fullmatch(low) is not None and low[-_SHORT_SIGN:] in words["role"]
    return ends or any(each in words["role"] for each in (low, low.removesuffix("s"), last, last.removesuffix("s")))


def _usual(name: str) -> str:
    """A name in its usual form: not all in capitals.

    >>> _usual("ANN O'POE-ROTH"), _usual("Ann MacPoe")
    ("Ann O'Poe-Roth", 'Ann MacPoe')
    """
    return _LETTERS.sub(lambda word: word.group().capitalize(), name) if name.isupper() and not _IDEOGRAPHS.match(name) else name
