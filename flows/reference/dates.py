"""The words of dates: months, weekdays, units, numbers, holidays, phrases, and the words around them, by language.

All of it is rows of ``lexicon/dates_*.csv``; a language is known by having rows there. Words are lower-case; phrases are
split as the tokens of an article are ("new year 's eve", "year - earlier").
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flows.reference.cells import Row, read_rows

_PIECE = re.compile(r"'(?:s|re|ve|ll|d|m|t)\b|(?:[a-z]\.){2,}|\w+|\S")

_FUNCTION_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "that",
        "in",
        "at",
        "for",
        "once",
        "every",
        "each",
        "right",
        "just",
        "to",
        "one",
        "as",
        "is",
        "this",
        "no",
        "not",
        "these",
        "those",
        "up",
        "by",
        "l",
        "d",
        "so",
        "some",
        "how",
        "all",
        "any",
        "other",
        "most",
        "too",
        "same",
        "time",
        "long",
        "most",
        "until",
        "new",
        "old",
    ]
)

MONTH, WEEKDAY, UNIT, PHRASE, SEASON, PART, DECADE, QUARTER = range(8)
"""What a trigger word may be; one word may be several things ("spring", "May")."""


class Phrase(NamedTuple):
    """A phrase with a meaning of its own: the words before its key word, and those after it.

    The key word is the first that is a unit, month, weekday … and so is looked up anyway, else the first that is no function word.

    ``form``: ``shift`` (so many units from the article's day), ``spoken`` (from the last date spoken of), ``present``,
    ``past``, ``future``, ``set``, ``holiday``, ``fixed`` (``value`` is final) and ``skip`` (no expression of time, though it
    holds a word of one).
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    form: str
    unit: str = ""
    shift: int = 0
    value: str = ""


class DateWords(NamedTuple):
    """The words of one language. ``triggers`` gives for every word at which an expression may be found what it may be."""

    language: str
    triggers: dict[str, tuple[int, ...]]
    months: dict[str, int]
    weak_months: frozenset[str]
    weekdays: dict[str, int]
    weak_weekdays: frozenset[str]
    units: dict[str, tuple[str, bool]]
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    some: frozenset[str]
    decades: dict[str, str]
    hundreds: dict[str, int]
    quarters: dict[str, int]
    halves: dict[str, int]
    seasons: dict[str, str]
    parts: dict[str, str]
    phrases: dict[str, dict[str, tuple[Phrase, ...]]]
    context: dict[str, dict[str, str]]
    tenses: dict[str, str]
    script: re.Pattern[str] | None
    script_phrases: dict[str, Phrase]


class DateLexicon(NamedTuple):
    """The words of each language, and the order of day, month and year by top-level domain (``mdy``, ``dmy``, ``ymd``).

    ``plain`` serves a language without rows: only dates in digits are found in it.
    """

    languages: dict[str, DateWords]
    plain: DateWords
    orders: dict[str, str]


@lru_cache(maxsize=8)
def load_date_lexicon(folder: Path) -> DateLexicon:
    """Read the ``lexicon/dates_*.csv`` of a reference folder.

    >>> load_date_lexicon(Path("flows/reference")).languages["fr"].months["septembre"]
    9
    """
    lexicon = Path(folder) / "lexicon"
    files = {
        "months": ("language", "word", "month", "weak"),
        "weekdays": ("language", "word", "weekday", "weak"),
        "units": ("language", "word", "unit", "plural"),
        "numbers": ("language", "word", "kind", "value"),
        "seasons": ("language", "word", "season"),
        "parts": ("language", "word", "part"),
        "phrases": ("language", "phrase", "form", "unit", "shift", "value"),
        "holidays": ("language", "name", "rule"),
        "context": ("language", "word", "class", "value"),
        "tense": ("language", "word", "tense"),
    }
    rows = {name: read_rows(lexicon / f"dates_{name}.csv", columns) for name, columns in files.items()}
    by_language: dict[str, dict[str, list[Row]]] = {}
    for name, some in rows.items():
        for row in some:
            by_language.setdefault(row["language"], {}).setdefault(name, []).append(row)
    orders = {row["domain"]: row["order"] for row in read_rows(lexicon / "dates_order.csv", ("domain", "order"))}
    languages = {language: _words(language, tables) for language, tables in by_language.items()}
    return DateLexicon(languages, _words("", {}), orders)


def _words(language: str, tables: dict[str, list[Row]]) -> DateWords:
    months = {row["word"]: int(row["month"]) for row in tables.get("months", ())}
    weekdays = {row["word"]: int(row["weekday"]) for row in tables.get("weekdays", ())}
    numbers = tables.get("numbers", ())
    decades = {row["word"]: row["value"] for row in numbers if row["kind"] == "decade"}
    units = {row["word"]: (row["unit"], row["plural"] == "y") for row in tables.get("units", ())}
    seasons = {row["word"]: row["season"] for row in tables.get("seasons", ())}
    parts = {row["word"]: row["part"] for row in tables.get("parts", ())}
    phrases = _phrases(tables, {*months, *weekdays, *units, *parts, *seasons})
    hundreds = {row["word"]: int(row["value"]) for row in numbers if row["kind"] == "hundreds"}
    quarters = {row["word"]: int(row["value"]) for row in numbers if row["kind"] == "quarter"}
    halves = {row["word"]: int(row["value"]) for row in numbers if row["kind"] == "half"}
    ordinals = {row["word"]: int(row["value"]) for row in numbers if row["kind"] == "ordinal"}
    context: dict[str, dict[str, str]] = {}
    for row in tables.get("context", ()):
        context.setdefault(row["class"], {})[_joined(row["word"])] = row["value"]
    triggers: dict[str, tuple[int, ...]] = {}
    kinds: tuple[tuple[int, Iterable[str]], ...] = (
        *((PHRASE, phrases), (MONTH, months), (WEEKDAY, weekdays), (UNIT, units), (SEASON, seasons)),
        *((PART, parts), (DECADE, (*decades, *hundreds)), (QUARTER, (*quarters, *halves))),
    )
    for kind, words in kinds:
        for word in words:
            triggers[word] = (*triggers.get(word, ()), kind)
    written_together = _whole_phrases(tables) if language in ("zh", "ja", "ko") else {}
    script = re.compile("|".join(sorted(map(re.escape, written_together), key=len, reverse=True))) if written_together else None
    return DateWords(
        language=language,
        triggers=triggers,
        months=months,
        weak_months=frozenset(row["word"] for row in tables.get("months", ()) if row["weak"]),
        weekdays=weekdays,
        weak_weekdays=frozenset(row["word"] for row in tables.get("weekdays", ()) if row["weak"]),
        units=units,
        cardinals={row["word"]: int(row["value"]) for row in numbers if row["kind"] == "cardinal"},
        ordinals=ordinals,
        some=frozenset(row["word"] for row in numbers if row["kind"] == "some"),
        decades=decades,
        hundreds=hundreds,
        quarters=quarters,
        halves=halves,
        seasons=seasons,
        parts=parts,
        phrases=phrases,
        context=context,
        tenses={row["word"]: row["tense"] for row in tables.get("tense", ())},
        script=script,
        script_phrases=written_together,
    )


def _whole_phrases(tables: dict[str, list[Row]]) -> dict[str, Phrase]:
    return {
        row["phrase"]: Phrase((), (), row["form"], row["unit"], int(row["shift"] or 0), row["value"]) for row in tables.get("phrases", ())
    }


def _phrases(tables: dict[str, list[Row]], looked_up: set[str]) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """Phrases by their key word and the word after it ("" where it is the last), the longest first.

    ``looked_up`` are the words that are triggers without them.
    """
    found: dict[str, dict[str, list[Phrase]]] = {}
    rows = [(row["phrase"], row["form"], row["unit"], row["shift"], row["value"]) for row in tables.get("phrases", ())]
    rows += [(row["name"], "holiday", "", "", row["rule"]) for row in tables.get("holidays", ())]
    for text, form, unit, shift, value in rows:
        words = _PIECE.findall(text.lower())
        keys = [n for n, word in enumerate(words) if word in looked_up]
        keys += [n for n, word in enumerate(words) if word not in _FUNCTION_WORDS and (word.isalnum() or len(word) > 1)]
        at = keys[0] if keys else len(words) - 1
        phrase = Phrase(tuple(words[:at]), tuple(words[at + 1 :]), form, unit, int(shift or 0), value)
        found.setdefault(words[at], {}).setdefault(phrase.after[0] if phrase.after else "", []).append(phrase)
    return {
        word: {after: tuple(sorted(some, key=lambda phrase: -len(phrase.before + phrase.after))) for after, some in by_next.items()}
        for word, by_next in found.items()
    }


def _joined(words: str) -> str:
    return " ".join(_PIECE.findall(words.lower()))
