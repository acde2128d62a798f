"""The language of a text: by its script where that suffices, else by py3langid on its first characters."""

import py3langid

_SAMPLE_CHARACTERS = 300
_SCRIPTS = (("\u3040", "\u30ff", "ja"), ("\uac00", "\ud7af", "ko"), ("\u0e00", "\u0e7f", "th"), ("\u0590", "\u05ff", "he"), ("\u0370", "\u03ff", "el"))


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the text's language, None when it holds too few letters to tell.

    >>> language_of("Le président a rencontré son homologue à Genève mardi.")
    'fr'
    """
    sample = text[:_SAMPLE_CHARACTERS]
    letters = sum(char.isalpha() for char in sample)
    if letters < 8:
        return None
    if not sample.isascii():
        for low, high, code in _SCRIPTS:
            if sum(low <= char <= high for char in sample) > 0.15 * letters:
                return code
        if sum("\u4e00" <= char <= "\u9fff" for char in sample) > 0.3 * letters:
            return "zh"
    return str(py3langid.classify(sample)[0])
