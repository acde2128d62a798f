"""Number words, units, currencies and counted people, read from ``lexicon/amount_units*.csv``.

A row is a word (or several), its kind (number, scale, vague, bound, currency, money, unit, people, casualty, harm, time,
calendar, label, clock, contest, fraction, named, verb) and its value: a number, an ISO 4217 code, a unit's symbol or a bound.
"""

from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class AmountLexicon:
    """Words of amounts in lower case; the dicts of phrases are keyed by the first token and hold (other tokens, value)."""

    numbers: dict[str, float]
    scales: dict[str, float]
    vague: dict[str, tuple[tuple[tuple[str, ...], float], ...]]
    bounds: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    currencies: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    units: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    people: frozenset[str]
    casualties: frozenset[str]
    harms: frozenset[str]
    times: frozenset[str]
    calendar: frozenset[str]
    labels: frozenset[str]
    clocks: frozenset[str]
    contests: frozenset[str]
    fractions: frozenset[str]
    named: frozenset[str]
    verbs: frozenset[str]
    openers: frozenset[str]


def make_amount_lexicon(rows: list[dict[str, str]]) -> AmountLexicon:
    """Lay the rows of ``amount_units`` out for lookup."""
    of: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        of.setdefault(row["kind"], []).append((row["word"], row["value"]))
    numbers = {word: float(value) for word, value in of["number"]}
    vague = _phrases([(word, float(value)) for word, value in of["vague"]])
    currencies = _phrases(of["currency"])
    return AmountLexicon(
        numbers=numbers,
        scales={word: float(value) for word, value in of["scale"]},
        vague=vague,
        bounds=_phrases(of["bound"]),
        currencies=currencies,
        units=_phrases(of["unit"] + of["money"]),
        people=_set(of["people"]),
        casualties=_set(of["casualty"]),
        harms=_set(of["harm"]),
        times=_set(of["time"]),
        calendar=_set(of["calendar"]),
        labels=_set(of["label"]),
        clocks=_set(of["clock"]),
        contests=_set(of["contest"]),
        fractions=_set(of["fraction"]),
        named=_set(of["named"]),
        verbs=_set(of["verb"]),
        openers=frozenset(numbers) | frozenset(vague),
    )


def _set(rows: list[tuple[str, str]]) -> frozenset[str]:
    return frozenset(word for word, _ in rows)


def _phrases(rows: list[tuple[str, T]]) -> dict[str, tuple[tuple[tuple[str, ...], T], ...]]:
    """Phrases by their first token, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for phrase, value in rows:
        first, *rest = phrase.split()
        found.setdefault(first, []).append((tuple(rest), value))
    return {first: tuple(sorted(rest, key=lambda one: -len(one[0]))) for first, rest in found.items()}
