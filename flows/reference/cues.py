"""The words by which speech is told: cue verbs, phrases and nouns, the nouns that stand for a speaker, function words."""

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

QUOTATION_MARKS = frozenset("“„‟«「『‘‚‹”»」』’›\"＂'`")
_VERBAL = frozenset(("verb", "adjective"))


class Cue(NamedTuple):
    """One form of a row of ``lexicon/cues.csv``: a verb, phrase or noun by which somebody is said to speak.

    ``words`` are the lower-case words after the first; ``complements`` says where the content stands: ``that`` (a clause
    after it), ``explicit`` (the same, only with "that" or a pronoun before its verb), ``to`` (an infinitive), ``np`` (its object), ``told`` (a clause after the one spoken to), ``clause`` (the rest
    of the sentence), ``refusal`` (what was asked); ``passive`` marks a passive form whose subject speaks ("was quoted as
    saying"); ``is_far`` a verb that ends the sentence which its subject opens (Turkish). A cue without any only tags quotes ("“…,” he laughed").
    """

    lemma: str
    kind: str
    words: tuple[str, ...]
    cue_class: str
    negated_class: str | None
    is_direct: bool
    complements: frozenset[str]
    is_gerund: bool
    is_base: bool
    also_noun: bool
    is_far: bool = False


class SpeakerNoun(NamedTuple):
    """A row of ``lexicon/speaker_nouns.csv``: ``kind`` is person, document, anonymous or body."""

    kind: str
    is_office: bool
    is_plural: bool


class CueLexicon(NamedTuple):
    """Cues of each language by their first word (longest first), speaker nouns by form, each language's function words.

    ``verbs`` are the first words of the cues that are verbs, those that are as well nouns left out. ``anonymous_nouns`` and
    ``anonymous_phrases`` tell why a speaker has no name (``lexicon/anonymity.csv``). ``titles`` are the words, in lower case,
    of the titles that stand before a name (``lexicon/titles.csv``).
    """

    languages: dict[str, dict[str, tuple[Cue, ...]]]
    first_words: dict[str, frozenset[str]]
    nouns: dict[str, SpeakerNoun]
    groups: dict[str, dict[str, str]]
    verbs: frozenset[str]
    anonymous_nouns: dict[str, str]
    anonymous_phrases: tuple[tuple[str, str], ...]
    titles: frozenset[tuple[str, ...]]

    def of_language(self, language: str | None) -> dict[str, tuple[Cue, ...]]:
        """The cues of a language, by first word; those of English where the language is not known."""
        return self.languages.get(language or "en", {})

    def watched(self, language: str | None) -> frozenset[str]:
        """The first words of a language's cues, and quotation marks."""
        return self.first_words.get(language or "en", QUOTATION_MARKS)


@lru_cache(maxsize=4)
def load_cues(folder: Path) -> CueLexicon:
    """Read ``cues.csv``, ``speaker_nouns.csv``, ``speech_words.csv``, ``anonymity.csv`` and ``titles.csv`` in the folder ``lexicon`` of a reference folder.

    >>> load_cues(Path("flows/reference")).of_language("en")["according"][0].words
    ('to',)
    """
    found: dict[str, dict[str, list[Cue]]] = {}
    for row in _rows(folder / "lexicon" / "cues.csv"):
        for cue, first in _cues_of(row):
            found.setdefault(row["language"], {}).setdefault(first, []).append(cue)
    languages = {
        language: {
            first: tuple(sorted(cues, key=lambda cue: (-len(cue.words), cue.kind not in _VERBAL))) for first, cues in by_first.items()
        }
        for language, by_first in found.items()
    }
    nouns: dict[str, SpeakerNoun] = {}
    for row in _rows(folder / "lexicon" / "speaker_nouns.csv"):
        nouns[row["noun"]] = SpeakerNoun(row["kind"], row["is_office"] == "1", False)
        if row["plural"]:
            nouns[row["plural"]] = SpeakerNoun(row["kind"], row["is_office"] == "1", True)
    groups: dict[str, dict[str, str]] = {}
    for row in _rows(folder / "lexicon" / "speech_words.csv"):
        groups.setdefault(row["language"], {}).setdefault(row["word"], row["group"])
    unnamed = list(_rows(folder / "lexicon" / "anonymity.csv"))
    return CueLexicon(
        languages=languages,
        first_words={language: frozenset(by_first) | QUOTATION_MARKS for language, by_first in languages.items()},
        nouns=nouns,
        groups=groups,
        verbs=frozenset(
            first for first, cues in languages.get("en", {}).items() if any(c.kind == "verb" and not c.also_noun for c in cues)
        ),
        anonymous_nouns={row["words"]: row["kind"] for row in unnamed if row["place"] == "noun"},
        anonymous_phrases=tuple((row["words"], row["kind"]) for row in unnamed if row["place"] == "phrase"),
        titles=frozenset(tuple(row["title"].split()) for row in _rows(folder / "lexicon" / "titles.csv")),
    )


def _cues_of(row: dict[str, str]) -> list[tuple[Cue, str]]:
    """The cues of a row, one a form, each with its first word."""
    out: list[tuple[Cue, str]] = []
    also_nouns = set(row["also_noun"].split("|"))
    for form in row["forms"].split("|"):
        first, *rest = form.split(" ")
        cue = Cue(
            lemma=row["lemma"],
            kind=row["kind"],
            words=tuple(rest),
            cue_class=row["class"],
            negated_class=row["negated_class"] or None,
            is_direct=row["direct"] == "1",
            complements=frozenset(filter(None, row["complement"].split("|"))),
            is_gerund=row["language"] == "en" and row["kind"] == "verb" and first.endswith("ing"),
            is_base=form == row["lemma"],
            also_noun=form in also_nouns,
            is_far=row["speaker"] == "far",
        )
        out.append((cue, first))
    return out


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
