"""Names without accents, and ids made of them: one rule for all that is listed or found."""

import re
import unicodedata

# letters that carry no accent to take off
_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ð": "d", "Ð": "D", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H",
        "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Without accents: "Erdoğan" → "Erdogan", "Tromsø" → "Tromso"."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(_LETTERS)) if not unicodedata.combining(c))


def slug(text: str) -> str:
    """An id of lower-case words joined by hyphens; letters of other scripts are kept.

    >>> slug("Kim Jong Un"), slug("People’s Daily"), slug("São Paulo (city)")
    ('kim-jong-un', 'peoples-daily', 'sao-paulo-city')
    """
    low = plain(text).lower().replace("’", "").replace("'", "")
    return re.sub(r"[\W_]+", "-", low).strip("-")
