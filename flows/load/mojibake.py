"""UTF-8 that somebody read as cp1252 (or cp1251) before it came here: “cafÃ©” for “café”, “Itâ€™s” for “It’s”.

It is undone only where nothing else can be meant. A place is a run of characters whose bytes in the wrong encoding are valid
UTF-8. It tells for sure when no writer would set those characters side by side: a capital with a sign after it within a small
word, the remains of a quotation mark or a dash, three letters or more of one other script, an emoji. Places that could be meant
(“IRMÔ, a capital before a closing mark) are undone only in a text that is sure of itself: there must be sure places, and no
letter, quotation mark or dash beyond ASCII that is right as it stands, or at least ten sure places and more of them than right
characters; a line with right characters of its own is never touched.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from flows.load.records import Record

_MOST_TIMES = 3  # that a text can have been read wrongly, one reading on top of the other
_ENOUGH = 10  # sure places that outweigh some right characters
_PUNCTUATION = frozenset("“”‘’„‚«»‹›…–—•\xa0\xad")
_SIGNS_AFTER_A = frozenset("£§©°®½¼¾±²³¢¥µ¶")
_MARKS_OF_TEMPLATES = frozenset("\xa0\xad•·©®«»€£|")
_LOST_SPACE = re.compile(r"(?<!\w)Ã(?= )")  # of “à”, whose second byte is a space to whoever folds white space
_SCRIPTS = ("CYRILLIC", "GREEK", "HEBREW", "ARABIC", "CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI", "DEVANAGARI", "ARMENIAN", "GEORGIAN")


class _Reading(NamedTuple):
    """One wrong reading: the encoding, the byte of each of its characters beyond ASCII, what finds its places, and a quicker sign."""

    encoding: str
    bytes_of: dict[int, int]
    sign: re.Pattern[str]
    place: re.Pattern[str]
    beyond: re.Pattern[str]


class _Place(NamedTuple):
    start: int
    end: int
    meant: str
    sure: bool


def _reading(encoding: str) -> _Reading:
    bytes_of = {number: number for number in range(128, 256)} if encoding == "cp1252" else {}
    for byte in range(128, 256):
        char = bytes([byte]).decode(encoding, "ignore")
        if char:
            bytes_of[ord(char)] = byte
    chars: dict[int, str] = {}
    for code, byte in bytes_of.items():
        chars[byte] = chars.get(byte, "") + re.escape(chr(code))

    def any_of(first: int, last: int) -> str:
        return "[" + "".join(chars.get(byte, "") for byte in range(first, last + 1)) + "]"

    more = any_of(0x80, 0xBF)
    if encoding == "cp1251":  # of what is written in Cyrillic itself
        return _Reading(
            encoding,
            bytes_of,
            re.compile(f"[РСв]{more}"),
            re.compile(f"(?:[РС]{more}|в{more}{{2}}|В{more})+"),
            re.compile(any_of(0x80, 0xFF)),
        )
    one = f"{any_of(0xC2, 0xDF)}{more}|{any_of(0xE0, 0xEF)}{more}{{2}}|{any_of(0xF0, 0xF4)}{more}{{3}}"
    sign = re.compile("[\xc2-\xf4][\x80-\xbf\u0152-\u2122]")
    return _Reading(encoding, bytes_of, sign, re.compile(f"(?:{one})+"), re.compile(any_of(0x80, 0xFF)))


_LATIN, _RUSSIAN = _reading("cp1252"), _reading("cp1251")


def mend_record(record: Record) -> Record:
    """The record with what was read wrongly undone, in its text and beside it, and a note of it."""
    if record.content.isascii() and (record.title or "").isascii() and (record.byline or "").isascii():
        return record
    content, told = undo(record.content)
    fields: dict[str, Any] = {}
    for name in ("title", "deck", "byline", "outlet"):
        value = getattr(record, name)
        if value and not value.isascii():
            mended, noted = undo(value)
            if noted:
                fields[name], told = mended, told or noted
    if not told:
        return record
    return record._replace(content=content, note=f"{record.note}; {told}" if record.note else told, **fields)


def undo(text: str) -> tuple[str, str | None]:
    """The text as it was meant and a note of what was undone; the same text and None where nothing is certain.

    >>> undo("Itâ€™s a cafÃ©.")
    ('It’s a café.', 'read as cp1252 though UTF-8, undone in 2 places (Ã© → é)')
    """
    note = None
    for turn in range(_MOST_TIMES):
        for reading in (_LATIN, _RUSSIAN):
            mended, count, example = _undo_once(text, reading)
            if count:
                times = ", twice over" if turn else ""
                note = f"read as {reading.encoding} though UTF-8{times}, undone in {count} places ({example})"
                text = mended
                break
        else:
            break
    return text, note


def _undo_once(text: str, reading: _Reading) -> tuple[str, int, str]:
    """(text, places undone, one of them) of one wrong reading."""
    places = list(_places(text, reading)) if not text.isascii() and reading.sign.search(text) else []
    if not any(place.sure for place in places):
        return text, 0, ""
    covered = bytearray(len(text))
    for place in places:
        covered[place.start : place.end] = b"\1" * (place.end - place.start)
    right = [
        match.start() for match in reading.beyond.finditer(text) if not covered[match.start()] and match.group() not in _MARKS_OF_TEMPLATES
    ]
    spoilt = {_line_of(text, at) for at in right}
    clean = [place for place in places if _line_of(text, place.start) not in spoilt]
    sure = [place for place in clean if place.sure]
    if not sure or (right and len(sure) < max(_ENOUGH, len(right))):
        return text, 0, ""
    pieces, at = [], 0
    for place in sorted(clean):
        pieces += [text[at : place.start], place.meant]
        at = place.end
    first = min(sure, key=lambda place: place.end - place.start)
    return "".join([*pieces, text[at:]]), len(clean), f"{text[first.start : first.end][:12]} → {first.meant[:6]}"


def _line_of(text: str, at: int) -> int:
    """Where the line, or the text between two tags, begins that a character stands in."""
    return max(text.rfind(mark, 0, at) for mark in "\n<>")


def _places(text: str, reading: _Reading) -> Iterator[_Place]:
    """The places whose bytes are valid UTF-8 of characters that a page may hold."""
    for match in reading.place.finditer(text):
        try:
            meant = match.group().translate(reading.bytes_of).encode("latin-1").decode("utf-8")
        except UnicodeError:
            continue
        sure = _is_sure(match.group(), meant, text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1], reading)
        if sure or _is_likely(meant):
            yield _Place(match.start(), match.end(), meant, sure)
    if reading is _LATIN:
        yield from (_Place(match.start(), match.end(), "à", False) for match in _LOST_SPACE.finditer(text))


def _is_sure(printed: str, meant: str, before: str, after: str, reading: _Reading) -> bool:
    """Whether no writer would set these characters side by side."""
    if any("\u2010" <= char <= "\u2bff" or char >= "\U0001f000" for char in meant):
        return True
    letters = [char for char in meant if char.isalpha()]
    script = _script(letters[0]) if letters else ""
    enough = 2 if meant[0] >= "\u0900" else 3
    if script and len(letters) >= enough and len(letters) * 2 >= len(meant) and all(_script(char) == script for char in letters):
        return True
    if len(meant) > 1 and any(place.sure for place in _places(meant, reading)):
        return True
    if reading is not _LATIN or not _is_likely(meant):
        return False
    if any(_script(char) for char in letters):
        return False
    if printed[0] == "Â" and printed[1] in _SIGNS_AFTER_A and not before.isalpha():
        return True
    small_before = before.isascii() and before.islower()
    return small_before or (after.isascii() and after.islower() and not set(printed[1:]) & _PUNCTUATION)


def _is_likely(meant: str) -> bool:
    """Whether the characters are such as pages hold: Latin letters with marks, signs, and letters of living scripts."""
    return all(
        "\x80" <= char <= "\u017f" or "\u0218" <= char <= "\u021b" or "\u1ea0" <= char <= "\u1ef9" or char >= "\u2010" or _script(char)
        for char in meant
    )


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    found = next((script for script in _SCRIPTS if name.startswith(script)), "")
    return "CJK" if found in ("HANGUL", "HIRAGANA", "KATAKANA") else found
