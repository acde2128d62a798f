"""The event lexicon, read from ``lexicon/event_*.csv``: words that tell of events, and what kind of event each tells of.

A user adds a verb, a noun or a kind of event as a row of those files:

- ``event_verbs``   verb, particle (words that follow it), object (a class of ``event_objects`` or ``a|b``; with ``<`` it
  stands before the verb), kind, strength
- ``event_nouns``   noun of one or more words, plural, kind, strength, alone (1: an event without a verb too)
- ``event_kinds``   kind, class (what it does to words after it), PLOVER type, CAMEO code, mode of a meeting, stance of the actor
- ``event_turns``   what becomes of a PLOVER type under "agreed to", "refused to", "demanded", "halted" …
- ``event_codes``   CAMEO code, label, quad class, Goldstein's intensity (Goldstein 1992, as published for CAMEO)
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from flows.reference.amounts import AmountLexicon, make_amount_lexicon
from flows.reference.topics import ToneLexicon, TopicLexicon, make_tone_lexicons, make_topic_lexicon

SMALL = frozenset(("in", "out", "on", "under", "to", "at", "of", "the", "a"))
BUNDLED = Path(__file__).parent


class Pattern(NamedTuple):
    """A verb or noun with what must stand with it; ``tokens`` follow directly, one of ``objects`` nearby, ``before`` precedes.

    ``strength`` is 1 (tells of an event only beside named parties), 2 or 3; ``alone`` marks nouns that need no verb.
    """

    lemma: str
    tokens: tuple[str, ...]
    objects: frozenset[str] | None
    kind: str
    strength: int
    alone: bool = False
    before: tuple[str, ...] = ()
    first: bool = False  # the object stands before the verb


class Word(NamedTuple):
    """A word form as verb and as noun. ``form`` is base, present, past, participle, gerund, adjective or several joined.

    A verb's patterns are tried in this order: those with words that follow (by the first of them), those with an object
    alone (by each word of it), and the one that needs neither. ``is_verb`` tells whether there are any. Where the word
    tells of nothing but together with the next, ``followers`` are the words that may come next.
    """

    form: str
    is_verb: bool
    by_token: dict[str, tuple[Pattern, ...]]
    by_object: dict[str, Pattern]
    by_subject: dict[str, Pattern]
    bare: Pattern | None
    followers: frozenset[str] | None
    nouns: tuple[Pattern, ...]


class Kind(NamedTuple):
    """A row of ``event_kinds``; ``role`` is its class, ``stance`` how the actor takes the recipient, −1 … 1 (None: no telling)."""

    role: str
    plover: str | None
    cameo: str | None
    mode: str | None
    stance: float | None = None


@dataclass(frozen=True)
class EventLexicon:
    """Everything that the event coder knows of words; ``words`` is keyed by the first token, in lower case.

    With it the words of amounts, topics and tone (by language).
    """

    words: dict[str, Word]
    kinds: dict[str, Kind]
    turns: dict[tuple[str, str], tuple[str | None, str]]
    codes: dict[str, tuple[str, float]]
    classes: dict[str, frozenset[str]]
    amounts: AmountLexicon
    topics: TopicLexicon
    tone: dict[str, ToneLexicon]


def load_event_lexicon(folder: Path | None = None) -> EventLexicon:
    """Read the lexica of events, amounts, topics and tone: the bundled ones, then a user's own rows from ``folder``.

    The user's files stand in ``folder`` or its ``lexicon``, under the same names. Verbs are inflected by rule, or by
    ``event_verb_forms`` where they are irregular; of two rows of one kind or code the later holds.
    """
    folders = [BUNDLED] + ([folder] if folder is not None and folder.resolve() not in (BUNDLED, BUNDLED / "lexicon") else [])
    objects = {row["class"]: frozenset(row["words"].split()) for row in _rows(folders, "event_objects")}
    irregular = {row["verb"]: row for row in _rows(folders, "event_verb_forms")}
    by_verb: dict[str, list[Pattern]] = {}
    verbs: dict[str, dict[str, list[Pattern]]] = {}
    for row in _rows(folders, "event_verbs"):
        wanted = None
        if row["object"]:
            name = row["object"].removeprefix("<")
            wanted = objects.get(name, frozenset(name.split("|")))
        pattern = Pattern(
            row["verb"], tuple(row["particle"].split()), wanted, row["kind"], int(row["strength"]), first=row["object"].startswith("<")
        )
        by_verb.setdefault(row["verb"], []).append(pattern)
    for verb, patterns in by_verb.items():
        if verb == "be":  # "be on high alert": the forms of "be" are everywhere, so the entry is its first telling word
            for pattern in patterns:
                at = next(n for n, token in enumerate(pattern.tokens) if token not in SMALL)
                shorter = pattern._replace(before=pattern.tokens[:at], tokens=pattern.tokens[at + 1 :])
                verbs.setdefault(pattern.tokens[at], {}).setdefault("adjective", []).append(shorter)
            continue
        patterns.sort(key=lambda one: (-len(one.tokens) - (one.objects is not None), -len(one.tokens)))
        for surface, form in _forms(verb, irregular.get(verb)).items():
            verbs.setdefault(surface, {}).setdefault(form, []).extend(patterns)
    nouns: dict[str, list[Pattern]] = {}
    for row in _rows(folders, "event_nouns"):
        for surface in (row["noun"], row["plural"]):
            for spelled in {surface, surface.replace(" ", " - ", 1)} if surface else ():
                tokens = tuple(spelled.split())
                pattern = Pattern(row["noun"], tokens[1:], None, row["kind"], int(row["strength"]), row["alone"] == "1")
                nouns.setdefault(tokens[0], []).append(pattern)
    classes = {row["class"]: frozenset(row["words"].split()) for row in _rows(folders, "event_words")}
    words = {}
    for surface in verbs.keys() | nouns.keys():
        forms = verbs.get(surface, {})
        found = [pattern for patterns in forms.values() for pattern in patterns]
        longest = sorted(nouns.get(surface, ()), key=lambda one: -len(one.tokens))
        words[surface] = _word("|".join(forms), found, tuple(longest), classes["pause"])
    return EventLexicon(
        words=words,
        kinds={
            row["kind"]: Kind(
                row["class"],
                row["plover"] or None,
                row["cameo"] or None,
                row["mode"] or None,
                float(row["stance"]) if row.get("stance") else None,
            )
            for row in _rows(folders, "event_kinds")
        },
        turns={(row["turn"], row["plover"]): (row["becomes"] or None, row["cameo"]) for row in _rows(folders, "event_turns")},
        codes={row["cameo"]: (row["quad"], float(row["intensity"])) for row in _rows(folders, "event_codes")},
        classes=classes,
        amounts=make_amount_lexicon(_rows(folders, "amount_units")),
        topics=make_topic_lexicon(_rows(folders, "iptc"), _rows(folders, "topics")),
        tone=make_tone_lexicons(_rows(folders, "tone")),
    )


def _word(form: str, patterns: list[Pattern], nouns: tuple[Pattern, ...], pause: frozenset[str]) -> Word:
    by_token: dict[str, list[Pattern]] = {}
    by_object: dict[str, Pattern] = {}
    bare: Pattern | None = None
    by_subject: dict[str, Pattern] = {}
    for pattern in sorted(patterns, key=lambda one: (-len(one.tokens), one.objects is None)):
        if pattern.tokens:
            by_token.setdefault(pattern.tokens[0], []).append(pattern)
        elif pattern.objects is not None:
            for word in pattern.objects:
                (by_subject if pattern.first else by_object).setdefault(word, pattern)
        elif bare is None or bare.lemma == "be":
            bare = pattern
    followers = None
    if bare is None and not by_object and not by_subject and all(noun.tokens for noun in nouns):
        followers = frozenset(by_token) | {noun.tokens[0] for noun in nouns} | (pause if by_token else frozenset())
    return Word(
        form, bool(patterns), {token: tuple(found) for token, found in by_token.items()}, by_object, by_subject, bare, followers, nouns
    )


def _rows(folders: list[Path], name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for folder in folders:
        for path in (folder / f"{name}.csv", folder / "lexicon" / f"{name}.csv"):
            if path.exists():
                with path.open(encoding="utf-8", newline="") as file:
                    rows += csv.DictReader(file)
    return rows


def _forms(verb: str, irregular: dict[str, str] | None) -> dict[str, str]:
    """Word forms of a verb, each with its name; forms that look alike are joined.

    >>> _forms("deny", None)
    {'deny': 'base', 'denies': 'present', 'denied': 'past|participle', 'denying': 'gerund'}
    """
    if irregular:
        present, past, participle, gerund = (irregular[name] for name in ("present", "past", "participle", "gerund"))
    else:
        stem = verb[:-1] if verb.endswith("e") else verb
        if verb.endswith("y") and verb[-2:-1] not in "aeiou":
            present, past = verb[:-1] + "ies", verb[:-1] + "ied"
        elif verb.endswith(("s", "sh", "ch", "x", "z", "o")):
            present, past = verb + "es", verb + "ed"
        else:
            present, past = verb + "s", stem + "ed"
        participle = past
        gerund = stem + "ing" if verb[-2:] not in ("ee", "ye") else verb + "ing"
    forms: dict[str, str] = {}
    if verb.endswith("l") and past.endswith("lled") and not verb.endswith("ll"):  # cancelled, and canceled
        forms |= {verb + "ed": "past|participle", verb + "ing": "gerund"}
    for surface, name in ((verb, "base"), (present, "present"), (past, "past"), (participle, "participle"), (gerund, "gerund")):
        if surface:
            forms[surface] = f"{forms[surface]}|{name}" if surface in forms and name not in forms[surface] else forms.get(surface, name)
    return forms
