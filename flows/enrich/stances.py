"""Tone toward a target: who speaks or acts how of whom, from events between them and from what stands in their words."""

from typing import NamedTuple

from flows.enrich.story import Entity, Event, Mention, Quote, Statement, Story
from flows.reference.events import EventLexicon
from flows.reference.topics import ToneLexicon

REACH = 7  # words on either side of a target's name whose tone counts
LEAST = 0.3  # a tone nearer to zero is none
TARGETS = frozenset(("person", "country", "organization", "accord"))


class Stance(NamedTuple):
    """How a holder speaks of or treats a target: ``polarity`` from −1 to 1; the span is the trigger, or the target's name."""

    holder_id: str
    target_id: str
    polarity: float
    block_no: int
    char_start: int
    char_end: int
    sentence_no: int


def find_stances(
    story: Story,
    mentions: list[Mention],
    entities: dict[str, Entity],
    events: list[Event],
    quotes: list[Quote],
    statements: list[Statement],
    lexicon: EventLexicon,
) -> list[Stance]:
    """Stances of an article, in order: of actors toward recipients, and of speakers toward whom they name.

    Denied events tell of none. A name in a speaker's words takes the tone of the words around it in its sentence,
    negation heeded; names with no such words have no row.
    """
    found: list[Stance] = []
    for event in events:
        polarity = lexicon.kinds[event.kind].stance if event.kind in lexicon.kinds else None
        if polarity is None or event.status == "denied":
            continue
        holders = [one for one, role, _ in event.parties if role == "actor"]
        targets = [one for one, role, _ in event.parties if role == "recipient"]
        found += [
            Stance(holder, target, polarity, event.block_no, event.char_start, event.char_end, event.sentence_no)
            for holder in holders
            for target in targets
            if holder != target
        ]
    words = lexicon.tone.get(story.language or "en")
    if words is not None:
        spoken: list[Quote | Statement] = [*quotes, *statements]
        for said in spoken:
            if said.speaker_id is not None:
                found += _of_words(story, mentions, entities, said, said.speaker_id, words)
    return sorted(found, key=lambda one: (one.char_start, one.holder_id, one.target_id))


def _of_words(
    story: Story, mentions: list[Mention], entities: dict[str, Entity], said: Quote | Statement, speaker: str, words: ToneLexicon
) -> list[Stance]:
    out = []
    for mention in mentions:
        if not (said.char_start <= mention.char_start and mention.char_end <= said.char_end):
            continue
        if mention.kind not in TARGETS or mention.entity_id == speaker or mention.entity_id not in entities:
            continue
        sentence = story.sentences[mention.sentence_no - 1]
        low = max(sentence.first_token, mention.first_token - REACH)
        high = min(sentence.end_token, mention.end_token + REACH)
        polarity = _tone(story.lowers[low:high], words)
        if abs(polarity) >= LEAST:
            out.append(
                Stance(speaker, mention.entity_id, polarity, mention.block_no, mention.char_start, mention.char_end, mention.sentence_no)
            )
    return out


def _tone(lowers: list[str], words: ToneLexicon) -> float:
    """The strongest tone of some words, turned where a negation stands at most three words before."""
    best = 0.0
    for at, low in enumerate(lowers):
        value = words.valence.get(low)
        if value is None:
            continue
        if any(back in words.negations for back in lowers[max(0, at - 3) : at]):
            value *= -0.7
        if abs(value) > abs(best):
            best = value
    return round(best, 4)
