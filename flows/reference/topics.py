"""Terms of IPTC Media Topics and words of tone, read from ``lexicon/topics*.csv``, ``lexicon/tone*.csv`` and ``iptc.csv``."""

from dataclasses import dataclass
from typing import NamedTuple

from flows.enrich.sentences import tokenize


class TopicTerm(NamedTuple):
    """A term of one or more words, the topics that it tells of with its weight for each; ``rest`` are its other words."""

    rest: tuple[str, ...]
    topics: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class TopicLexicon:
    """Terms by their first word in lower case, longest first; labels and parents of topics (a top topic has none)."""

    terms: dict[str, tuple[TopicTerm, ...]]
    labels: dict[str, str]
    parents: dict[str, str]


@dataclass(frozen=True)
class ToneLexicon:
    """Words of one language: valence −1 … 1, those that turn the next, and those that strengthen or weaken it."""

    valence: dict[str, float]
    negations: frozenset[str]
    intensifiers: dict[str, float]
    shifters: frozenset[str]  # negations and intensifiers together


def make_topic_lexicon(topics: list[dict[str, str]], terms: list[dict[str, str]]) -> TopicLexicon:
    """Lay rows of ``iptc`` (code, label, parent) and ``topics`` (term, topic, weight) out for lookup; a plural in -s comes with its noun."""
    weights: dict[tuple[str, ...], dict[str, float]] = {}
    for row in terms:
        words = tokenize(row["term"].lower())
        spellings = [words] if words[-1].endswith("s") else [words, (*words[:-1], words[-1] + "s")]
        if "'s" in words:
            spellings += [tuple("’s" if word == "'s" else word for word in words)]
        for spelled in spellings:
            weights.setdefault(spelled, {})[row["topic"]] = float(row["weight"])
    by_first: dict[str, list[TopicTerm]] = {}
    for words, found in weights.items():
        by_first.setdefault(words[0], []).append(TopicTerm(words[1:], tuple(found.items())))
    return TopicLexicon(
        terms={first: tuple(sorted(found, key=lambda one: -len(one.rest))) for first, found in by_first.items()},
        labels={row["code"]: row["label"] for row in topics},
        parents={row["code"]: row["parent"] for row in topics if row["parent"]},
    )


def make_tone_lexicons(rows: list[dict[str, str]]) -> dict[str, ToneLexicon]:
    """Lexica by language from rows of ``tone`` (language, word, kind, value); kind is word, negation or intensifier."""
    out: dict[str, ToneLexicon] = {}
    for language in {row["language"] for row in rows}:
        own = [row for row in rows if row["language"] == language]
        negations = frozenset(row["word"] for row in own if row["kind"] == "negation")
        intensifiers = {row["word"]: float(row["value"]) for row in own if row["kind"] == "intensifier"}
        out[language] = ToneLexicon(
            valence={row["word"]: float(row["value"]) for row in own if row["kind"] == "word"},
            negations=negations,
            intensifiers=intensifiers,
            shifters=negations.union(intensifiers),
        )
    return out
