"""The words by which speech is told: cue verbs, phrases and nouns, the nouns that stand for a speaker, function words."""

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class Cue(NamedTuple):
    """One form of a row of ``lexicon/cues.csv``: a verb, phrase or noun by which somebody is said to speak.

    ``words`` are the lower-case words after the first; ``complements`` says where the content stands: ``that`` (a clause
    after it), ``to`` (an infinitive), ``np`` (its object), ``told`` (a clause after the one spoken to), ``clause`` (the rest
    of the sentence), ``refusal`` (what was asked). ``speaker`` is the side on which the speaker stands by default.
    """

    lemma: str
    kind: str
    words: tuple[str, ...]
    cue_class: str
    negated_class: str | None
    is_direct: bool
    complements: frozenset[str]
    speaker: str
    is_gerund: bool
    also_noun: bool
    language: str


class SpeakerNoun(NamedTuple):
    """A row of ``lexicon/speaker_nouns.csv``: ``kind`` is person, document, anonymous or body."""

    kind: str
    is_office: bool
    is_plural: bool


class CueLexicon(NamedTuple):
    """Cues by their first word (longest first), speaker nouns by form, function words by word (``speech_words.csv``).

    ``verbs`` are the first words of the cues that are verbs, those that are more often nouns left out.
    """

    cues: dict[str, tuple[Cue, ...]]
    nouns: dict[str, SpeakerNoun]
    groups: dict[str, str]
    verbs: frozenset[str]


@lru_cache(maxsize=4)
def load_cues(folder: Path) -> CueLexicon:
    """Read ``cues.csv``, ``speaker_nouns.csv`` and ``speech_words.csv`` in the folder ``lexicon`` of a reference folder.

    >>> load_cues(Path("flows/reference")).cues["according"][0].words
    ('to',)
    """
    by_first: dict[str, list[Cue]] = {}
    with (folder / "lexicon" / "cues.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            nouns = set(row["also_noun"].split("|"))
            for form in row["forms"].split("|"):
                first, *rest = form.split(" ")
                by_first.setdefault(first, []).append(
                    Cue(
                        lemma=row["lemma"],
                        kind=row["kind"],
                        words=tuple(rest),
                        cue_class=row["class"],
                        negated_class=row["negated_class"] or None,
                        is_direct=row["direct"] == "1",
                        complements=frozenset(filter(None, row["complement"].split("|"))),
                        speaker=row["speaker"],
                        is_gerund=row["language"] == "en" and first.endswith("ing") and row["kind"] == "verb",
                        also_noun=form in nouns,
                        language=row["language"],
                    )
                )
    cues = {first: tuple(sorted(found, key=lambda cue: (-len(cue.words), cue.kind != "verb"))) for first, found in by_first.items()}
    nouns_of: dict[str, SpeakerNoun] = {}
    with (folder / "lexicon" / "speaker_nouns.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            nouns_of[row["noun"]] = SpeakerNoun(row["kind"], row["is_office"] == "1", False)
            if row["plural"]:
                nouns_of[row["plural"]] = SpeakerNoun(row["kind"], row["is_office"] == "1", True)
    with (folder / "lexicon" / "speech_words.csv").open(encoding="utf-8", newline="") as rows:
        groups = {row["word"]: row["group"] for row in csv.DictReader(rows)}
    verbs = frozenset(first for first, found in cues.items() if any(cue.kind == "verb" and not cue.also_noun for cue in found))
    return CueLexicon(cues, nouns_of, groups, verbs)
