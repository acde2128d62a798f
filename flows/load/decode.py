"""Bytes to text: by what the input declares, else by what the bytes are."""

import codecs
import contextlib
import os
import re
import unicodedata
from typing import NamedTuple

from charset_normalizer import from_bytes

from flows.load.codepages import latin_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The first bytes of files that are no text whatever their name says.
_MAGIC = {
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a picture, sound or film (RIFF)",
    b"ID3": "an MP3 sound file",
    b"OggS": "an Ogg sound or film",
    b"PK\x03\x04": "a zip archive",
    b"PK\x05\x06": "an empty zip archive",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"PAR1": "a Parquet table",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"SQLite format 3": "a SQLite database; name one of its tables: sqlite:FILE#TABLE",
}
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I
)
# What Python calls text encodings and no page is written in: they read escapes as characters, or refuse whatever they get.
_NO_ENCODINGS = frozenset(
    ("unicode-escape", "raw-unicode-escape", "utf-7", "idna", "punycode", "undefined", "charmap", "mbcs", "oem", "palmos")
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 27), *range(28, 32), 127])


class Decoded(NamedTuple):
    """Text with the encoding that gave it; ``note`` says what had to be replaced, None when nothing had to."""

    text: str
    encoding: str
    note: str | None = None


class Undecodable(NamedTuple):
    """Why bytes are no text: ``reason`` is ``binary`` or ``undecodable``."""

    reason: str
    detail: str


def decode(data: bytes, *, declared: str | None = None) -> Decoded | Undecodable:
    """Decode by byte-order mark, else UTF-8, else the declared encoding, else the likeliest one (``latin_encoding``, charset-normalizer).

    UTF-8 goes before the declaration because text that decodes as UTF-8 hardly ever is anything else, while
    declarations are often wrong. A few broken bytes in UTF-8 become U+FFFD, with a note.

    >>> decode("Привет, мир, это проверка".encode("cp1251")).text
    'Привет, мир, это проверка'
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                return Undecodable("undecodable", f"starts as {encoding} but {error.reason} at byte {error.start}")
    other = _other_format(data[:16])
    if other:
        return Undecodable("binary", other)
    sample = data[:65536]
    if b"\x00" in sample:
        guess = _utf16_without_mark(sample)
        if guess:
            try:
                return Decoded(data.decode(guess), guess)
            except UnicodeDecodeError:
                pass
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls > max(2, len(sample) // 50):
        return Undecodable("binary", f"{controls} control bytes in the first {len(sample)}")
    try:
        text = data.decode("utf-8")
        return _binary(text) or Decoded(text, "utf-8")
    except UnicodeDecodeError as error:
        first_error = error
    found = _DECLARED.search(data[:4096])
    name = declared or (found and (found.group(1) or found.group(2)).decode("ascii", "replace")) or None
    told = text_encoding(name) if name else None
    if told and told != "utf-8" and (declared or not told.startswith(("utf-16", "utf-32"))):  # whose pages hold no ASCII that declares
        with contextlib.suppress(ValueError):
            text, note = without_surrogates(data.decode(told))
            return _binary(text) or Decoded(text, told, note)
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    high = sum(byte > 127 for byte in sample)
    if broken * 20 <= high or (broken <= 2 and high > 8):
        return _binary(mended) or Decoded(mended, "utf-8", f"{broken} broken bytes replaced by U+FFFD")
    latin = latin_encoding(sample) or ("cp1252" if high <= len(sample) // 20 and _fits_cp1252(sample) else None)
    if latin:
        text = unicodedata.normalize("NFC", data.decode(latin, "replace"))  # cp1258 writes tones apart
        return _binary(text) or Decoded(text, latin, f"encoding guessed as {latin}")
    best = from_bytes(sample).best()
    if best is None:
        return Undecodable("undecodable", f"not UTF-8 ({first_error.reason} at byte {first_error.start}) and like no other encoding")
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError as error:
        return Undecodable("undecodable", f"most like {best.encoding}, but {error.reason} at byte {error.start}")
    return _binary(text) or Decoded(text, codecs.lookup(best.encoding).name, f"encoding guessed as {best.encoding}")


def text_encoding(name: str) -> str | None:
    """The encoding of pages that a name means, as Python calls it; None for any other name.

    >>> text_encoding("Windows-1251"), text_encoding("unicode_escape"), text_encoding("hex")
    ('cp1251', None, None)
    """
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):  # a name with a NUL in it
        return None
    return found.name if found._is_text_encoding and found.name.replace("_", "-") not in _NO_ENCODINGS else None


def _other_format(head: bytes) -> str | None:
    """What a file is that is no text, by its first bytes."""
    if head[8:12] == b"DUCK":
        return "a DuckDB database; name one of its tables: duckdb:FILE#TABLE"
    return next((told for magic, told in _MAGIC.items() if head.startswith(magic)), None)


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 of mostly Latin text shows as a NUL in every second byte."""
    pairs = len(sample) // 2
    if pairs < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > pairs * 0.6 and even < pairs * 0.05:
        return "utf-16-le"
    if even > pairs * 0.6 and odd < pairs * 0.05:
        return "utf-16-be"
    return None


def _binary(text: str) -> Undecodable | None:
    """Text with many control characters is no text."""
    controls = len(_CONTROL.findall(text[:65536]))
    if controls > max(4, len(text[:65536]) // 200):
        return Undecodable("binary", f"{controls} control characters in the first {len(text[:65536])}")
    return None


def without_surrogates(text: str) -> tuple[str, str | None]:
    """Replace lone surrogates, which no UTF-8 file can hold, by U+FFFD; the note says how many, None when none.

    >>> without_surrogates("a\\ud800b")
    ('a\\ufffdb', '1 lone surrogates replaced by U+FFFD')
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        mended = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return mended, f"{mended.count(chr(0xFFFD)) - text.count(chr(0xFFFD))} lone surrogates replaced by U+FFFD"
    return text, None


def readable_name(name: str) -> str:
    """A file's name as text that can be kept: bytes of it that are not UTF-8 as escapes.

    >>> readable_name("caf\\udce9.txt") == "caf\\\\xe9.txt"
    True
    """
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _fits_cp1252(sample: bytes) -> bool:
    """Whether the few high bytes of a text are letters and marks of Western European print: guesses on so little are chance."""
    try:
        high = {char for char in sample.decode("cp1252") if ord(char) > 127}
    except UnicodeDecodeError:
        return False
    return all(char.isalpha() or char in "“”‘’„‚«»‹›–—…•·§°€£©®™´¡¿½¼¾²³\xa0" for char in high)
