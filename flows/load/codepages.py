"""Which single-byte encoding a text in a Latin script is: the one whose high bytes are the letters of one language.

Western text in cp1252, Polish in cp1250 and Turkish in cp1254 use the same bytes for other letters; a guess from byte
statistics needs long texts, while a language's few letters beyond a-z tell already from a line. DOS and the old Mac keep letters
where Windows has quotation marks and signs: they are asked where the others set marks or capitals amid words.
"""

import re
from collections import Counter

# Languages in the order in which they win where they explain a text equally well; each by its letters beyond a-z, in lower case.
_WESTERN = ("áéíóúüñ", "áâãàçéêíóôõúü", "àâæçéèêëîïôœùûüÿ", "äöüß", "àèéìíòóùú", "åäöéü", "æøåéüö", "àçèéíïòóúü", "ëïéèöüê", "áéíóúýþæöð")
_LETTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp1252", _WESTERN),
    ("cp1250", ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "áäčďéíĺľňóôŕšťúýž", "čćđšž", "ăâîşţ")),
    ("cp1254", ("çğıiöşüâîû",)),
    ("cp1257", ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž")),
    ("iso8859_2", ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "čćđšž")),
    ("cp1258", ("àâăđêôơưáéíóúèìòù\u0300\u0301\u0303\u0309\u0323",)),
)
_OLDER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp850", _WESTERN),
    ("mac_roman", _WESTERN),
    ("cp852", ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "áäčďéíĺľňóôŕšťúýž", "čćđšž", "ăâîşţ")),
    ("cp850", ("".join(_WESTERN),)),
    ("mac_roman", ("".join(_WESTERN),)),
)
_TYPE = frozenset("“”‘’„‚«»‹›–—…•·§°€©®™´¡¿ºª¹²³½¼¾£¥¢µ×\u00ad\xa0")
_AMID_WORDS = frozenset("’‘–—…\u00ad\xa0")  # marks that writers do set between two letters
_BEYOND = re.compile(r"[^\x00-\x7f]")
_MARKS = frozenset("“”‘’„‚«»‹›–—…•·§°€©®™´\u00ad\xa0".encode("cp1252"))  # the same in every one of them, as good as
_WESTERN_SIGNS = frozenset("¡¿ºª¹²³½¼¾£¥¢µ×".encode("cp1252"))  # beside a word or a number, never within a word
_WITHIN_WORD = re.compile(rb"[a-z\x80-\xff](?:[%b])(?=[a-z])" % re.escape(bytes(sorted(_WESTERN_SIGNS))), re.I)
_HIGH = re.compile(rb"[\x80-\xff]")
_LONG_RUN = re.compile(rb"[\xa1-\xff]{4}")  # so many at once no Latin script has
_RUN = re.compile(rb"[\xc0-\xff]{2}")
_LEAST = 0.85  # of the high bytes that are letters


def _bytes_of(letters: str, encoding: str) -> frozenset[int]:
    """The bytes of letters, large and small."""
    return frozenset(byte for char in {*letters, *letters.upper()} for byte in char.encode(encoding, "ignore") if byte > 127)


_BYTES = tuple(
    (encoding, _bytes_of(letters, encoding) | (_WESTERN_SIGNS if encoding == "cp1252" else frozenset()))
    for encoding, languages in _LETTERS
    for letters in languages
)
_ANY_WESTERN = _bytes_of("".join(_WESTERN), "cp1252") | _WESTERN_SIGNS


def latin_encoding(sample: bytes) -> str | None:
    """The encoding in which a text's high bytes are the letters of one language; None when no one language explains them.

    >>> latin_encoding("El señor Núñez".encode("cp1252")), latin_encoding("Předseda řekl, že".encode("cp1250"))
    ('cp1252', 'cp1250')
    """
    counts = Counter(_HIGH.findall(sample))
    found = {byte[0]: times for byte, times in counts.items() if byte[0] not in _MARKS}
    if not counts or _LONG_RUN.search(sample):
        return None
    all_told = sum(found.values())
    within = len(_WITHIN_WORD.findall(sample))
    best, best_share = None if found else "cp1252", 0.0
    for encoding, letters in _BYTES:
        explained = sum(times for byte, times in found.items() if byte in letters)
        share = (explained - (within if encoding == "cp1252" else 0)) / max(1, all_told)
        if share > best_share + 1e-9:
            best, best_share = encoding, share
    is_explained = not found or best_share >= _LEAST
    if best and is_explained and _misplaced(sample.decode(best, "replace")) <= 1 - _LEAST:
        return best
    if older := _older_encoding(sample):
        return older
    if is_explained:
        return best
    names_of_many = sum(times for byte, times in found.items() if byte in _ANY_WESTERN) - within
    return "cp1252" if names_of_many == all_told and not _RUN.search(sample) else None


def _misplaced(text: str) -> float:
    """The share of the characters beyond ASCII that nobody sets there: a mark or a capital amid small letters, a control."""
    wrong = count = 0
    for match in _BEYOND.finditer(text):
        count += 1
        at, char = match.start(), match[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        is_amid = before.isalpha() and after.isalpha() and not char.isalpha() and char not in _AMID_WORDS
        wrong += is_amid or char == "\ufffd" or "\x80" <= char <= "\x9f" or (char.isupper() and before.islower())
    return wrong / max(1, count)


def _older_encoding(sample: bytes) -> str | None:
    """The encoding of DOS or the old Mac in which the characters beyond ASCII are well-placed letters of one language, and marks."""
    best, best_share = None, 0.0
    for encoding, languages in _OLDER:
        text = sample.decode(encoding, "replace")
        counts = Counter(_BEYOND.findall(text))
        off = _misplaced(text)
        for letters in languages:
            has_letters = any(char.lower() in letters for char in counts)
            explained = sum(times for char, times in counts.items() if char.lower() in letters or char in _TYPE)
            share = explained / counts.total() - off
            if has_letters and share > best_share + 1e-9:
                best, best_share = encoding, share
    return best if best_share >= _LEAST else None
