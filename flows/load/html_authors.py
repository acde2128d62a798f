"""The authors of an HTML page's article, as names."""

import re

from flows.load.html_evidence import (
    HIDDEN,
    IN_ASIDE,
    IN_COMMENTS,
    IN_FOOTER,
    IN_NAV,
    IN_PROMO,
    IN_RELATED,
    LineEvidence,
    Mark,
)
from flows.load.html_jsonld import LinkedArticle
from flows.reference.html_hints import HtmlHints

_ELSEWHERE = IN_NAV | IN_FOOTER | IN_ASIDE | IN_RELATED | IN_COMMENTS | IN_PROMO | HIDDEN
_ABOVE, _BELOW = 6, 20  # lines above and below the headline that count as near it
_ADDRESS = re.compile(r"\S+(?:@|\[at\]|\(at\))\S+|https?://\S+|www\.\S+|(?<!\w)@\w+")
_BREAK = re.compile(r"\s*(?:[,;|/•·&+]|\s[-–—]\s|\bund\b)\s*")
_KEY = re.compile(r"\w+")
_MARKED = {"author": (0, "microdata"), "creator": (0, "microdata"), "rel": (1, "rel"), "byline": (2, "class"), "author-bio": (2, "class")}
_DIGIT = re.compile(r"\d")
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)+")
_LONGEST_NAME = 60
_LONGEST_LINE = 160
_MOST_NAMES = 12


def find_authors(
    linked: list[LinkedArticle],
    metas: dict[str, list[tuple[int, str]]],
    marks: list[Mark],
    lines: list[tuple[str, LineEvidence]],
    at: int | None,
    keys: frozenset[str],
    *,
    hints: HtmlHints,
) -> tuple[tuple[str, ...], str | None, str | None]:
    """The persons, the byline (persons, agencies and desks, joined by commas), and its basis."""
    sources: list[tuple[str, list[str], frozenset[str]]] = []
    for item in linked:
        if item.authors:
            bodies = frozenset(_key(author.name) for author in item.authors if author.is_person is False)
            sources.append(("json-ld", [author.name for author in item.authors], bodies))
    ranks = metas.get("author", [])
    for rank in (1, 2, 3, 4):
        values = [value for found, value in ranks if found == rank]
        if rank == 1 and all(value.count(",") == 1 for value in values):  # "Poe, Ann", as library records have it
            values = [" ".join(reversed(value.split(","))).strip() for value in values]
        if values:
            sources.append(("meta", values, frozenset()))
    shown = _visible(marks, lines, at, hints)
    sources += [(basis, [text], frozenset()) for _, basis, text in shown if basis != "guess"]
    fallback: tuple[str, str] | None = None
    for basis, values, bodies in sources:
        names = _names(values, hints, stated=basis in ("json-ld", "meta"))
        if not names:
            continue
        persons = tuple(name for name in names if _is_person(name, bodies, keys, hints))
        if persons:
            return persons, ", ".join(names), basis
        fallback = fallback or (", ".join(names), basis)
    if fallback:
        return ((), *fallback)
    for _, basis, text in shown:
        names = _names([text], hints) if basis == "guess" else []
        if names and all(_is_person(name, frozenset(), keys, hints) for name in names):
            return tuple(names), ", ".join(names), "printed"
    return (), None, None


def _visible(marks: list[Mark], lines: list[tuple[str, LineEvidence]], at: int | None, hints: HtmlHints) -> list[tuple[int, str, str]]:
    """Rank, basis and text of marked elements and printed bylines, the surest kind first, each kind from the headline downwards."""
    near = at if at is not None else 0
    found: list[tuple[int, int, str, str]] = []
    for mark in marks:
        kind = _MARKED.get(mark.kind)
        text = mark.text or mark.value
        if kind is None or not text or len(text) > _LONGEST_LINE or not near - _ABOVE <= mark.line <= near + _BELOW:
            continue
        if mark.line < len(lines) and lines[mark.line][1].flags & _ELSEWHERE & ~lines[near][1].flags:
            continue
        distance = mark.line - near if mark.line >= near else 2 * (near - mark.line)
        found.append((kind[0], distance, kind[1], text))
    for number in range(max(0, near - _ABOVE), min(len(lines), near + _BELOW)):
        text, evidence = lines[number]
        if number == near or len(text) > _LONGEST_LINE or evidence.flags & _ELSEWHERE:
            continue
        rank, name = _printed(text, hints)
        if rank == 2 or (rank == 3 and near < number <= near + 3):
            found.append((rank, number - near if number >= near else 2 * (near - number), "printed" if rank == 2 else "guess", name))
    found.sort(key=lambda one: one[:2])
    return [(rank, basis, text) for rank, _, basis, text in found[:_MOST_NAMES]]


def _printed(text: str, hints: HtmlHints) -> tuple[int, str]:
    """The part of a short line that names its author, and how sure that is: 2 after a word like "By", 3 before a date."""
    opening = _opener(text, hints)
    if opening and text[opening : opening + 1].isupper() and (text[0].isupper() or len(text) < 60):
        return 2, text
    if len(text) > 100 or not _DIGIT.search(text):
        return 0, ""
    words = text.split(" ")
    digits = [number for number, word in enumerate(words) if _DIGIT.search(word)]
    for number, word in enumerate(words[:-1]):
        if number and word in hints.bylines["opener"] and words[number + 1][:1].isupper():
            return 3, " ".join(words[number:])
    before = [word.strip(",.|-–—·•") for word in words[: digits[0]]]
    before = [word for word in before if word]
    if before and before[-1].lower() in hints.months:
        before.pop()
    if 2 <= len(before) <= 3 and all(word[0].isupper() and word[-1].islower() and _plain(word, hints) for word in before):
        return 3, " ".join(before)
    return 0, ""


def _plain(word: str, hints: HtmlHints) -> bool:
    """Whether a word is neither a month, nor a label of a date, nor a part of a byline."""
    lowered = word.lower()
    return not (lowered in hints.months or lowered in hints.date_labels or any(lowered in words for words in hints.bylines.values()))


def _names(values: list[str], hints: HtmlHints, *, stated: bool = False) -> list[str]:
    """Names in byline texts: openers, addresses and roles cut off, and what follows the names unless they are stated alone.

    >>> _names(["By Ann Poe and John Roe, Staff Writers | 3 May"], hints)
    ['Ann Poe', 'John Roe']
    """
    found: dict[str, str] = {}
    for value in values[:_MOST_NAMES]:
        text = " ".join(_ADDRESS.sub(" ", value).split())
        text = text[_opener(text, hints) :].lstrip(" :.-–—")
        for piece in _BREAK.split(text):
            name = _clean(piece, hints, stated=stated)
            if name is None:
                continue
            if name == "":
                break
            for part in _part(name, hints):
                found.setdefault(_key(part), part)
    found.pop("", None)
    return list(found.values())[:_MOST_NAMES]


def _opener(text: str, hints: HtmlHints) -> int:
    """How many characters of a text open a byline ("By ", "Von "), 0 when none do."""
    lowered = text.lower()
    words = lowered[:60].replace(":", " ").split(" ")
    for count in (4, 3, 2, 1):
        opening = " ".join(words[:count])
        if len(words) > count and opening in hints.bylines["opener"] and len(text) > len(opening):
            return len(opening) + 1 if text[len(opening)] in " :" else 0
    if lowered[:1] in hints.bylines["opener"] and text[1:2] in ":：":
        return 2
    return 0


def _clean(piece: str, hints: HtmlHints, *, stated: bool) -> str | None:
    """A name without what stands around it; None when the piece is a role to be passed over, "" when it ends the names."""
    piece = piece.strip(" .:[]\"'“”‘’*")
    if piece.startswith("(") or piece.count("(") != piece.count(")"):
        piece = piece.strip("() ").split("(")[0].rstrip()
    skip = _opener(piece, hints)
    piece = piece[skip:].strip()
    lowered = piece.lower()
    if not piece or lowered in hints.bylines["role"] or lowered in hints.bylines["opener"]:
        return None
    if lowered.endswith("s") and lowered[:-1] in hints.bylines["role"]:
        return None
    words = piece.split(" ")
    for number, word in enumerate(words if not stated else ()):
        if word.lower().strip(":") in hints.bylines["closer"] or _DIGIT.search(word):
            piece = " ".join(words[:number])
            break
    if piece.lower() in hints.months:
        return ""
    if _SLUG.fullmatch(piece):
        piece = " ".join(word.capitalize() for word in piece.split("-"))
    return piece if len(piece) <= _LONGEST_NAME else None


def _part(name: str, hints: HtmlHints) -> list[str]:
    """The names on both sides of "and", where each side is a name of its own."""
    words = name.split(" ")
    parts: list[str] = []
    start = 0
    for number, word in enumerate(words):
        if number and (word in hints.bylines["joiner"] or (len(word) > 1 and word.lower() in hints.bylines["joiner"])):
            parts.append(" ".join(words[start:number]))
            start = number + 1
    parts.append(" ".join(words[start:]))
    return [part for part in parts if part]


def _is_person(name: str, bodies: frozenset[str], keys: frozenset[str], hints: HtmlHints) -> bool:
    key = _key(name)
    words = name.split()
    if key in bodies or key in keys or any(len(other) > 4 and (other in key or key in other) for other in keys):
        return False
    lowered = name.lower()
    if lowered in hints.outlets or lowered.removeprefix("the ") in hints.outlets:
        return False
    if lowered in hints.bylines["nobody"] or words[-1].lower() in hints.bylines["nobody"] or words[0].lower() in hints.bylines["nobody"]:
        return False
    if name.isupper() and len(words) == 1 and name.isascii():
        return False
    return len(words) <= 6


def _key(text: str) -> str:
    return "".join(_KEY.findall(text.lower()))
