"""Names in languages other than English: only those that the lists hold, since form tells little where nouns are capitalised.

Persons, countries, large cities and bodies are found by the names that the reference files give in the language, inflected
forms as far as they are listed. Text without spaces is searched character by character.
"""

import re

from flows.enrich.story import Mention, Story
from flows.reference.names import Gazetteer, Words

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SAFE = frozenset({"name", "surname", "place"})


def find_other_names(story: Story, gazetteer: Gazetteer) -> list[Mention]:
    """Mentions of listed names in order, the longest of several that begin at one word."""
    found: list[Mention] = []
    words, lowers = story.words, story.lowers
    count = len(words)
    done = 0
    for at in range(count):
        word = words[at]
        if at < done or (word == lowers[at] and (word.upper() != word or not word[0].isalpha())):
            continue
        if _HAN.match(word):
            _in_run(story, at, gazetteer, found)
            continue
        stop, entity_id = _listed(words, at, gazetteer)
        if entity_id is not None:
            sentence = story.sentences[story.sentence_of[at]]
            if stop <= sentence.end_token:
                found.append(_mention(story, entity_id, story.starts[at], story.ends[stop - 1], at, stop))
                done = stop
    return found


def _listed(words: list[str], at: int, gazetteer: Gazetteer) -> tuple[int, str | None]:
    """The longest listed name at a word, in another language or in English: its end and what it means."""
    word = words[at]
    lengths = sorted({*gazetteer.other_lengths.get(word, ()), *gazetteer.lengths.get(word, ())}, reverse=True)
    for length in lengths:
        key: Words = tuple(words[at : at + length])
        entity_id = gazetteer.other_names.get(key) or _safe(gazetteer.phrases.get(key, ()))
        if entity_id is not None:
            return at + length, entity_id
    entity_id = gazetteer.other_names.get((word,))
    if entity_id is None and len(word) > 2:
        entity_id = _safe(gazetteer.singles.get(word, ()))
    return at + 1, entity_id


def _safe(senses: tuple[tuple[str, str], ...]) -> str | None:
    """What an English name means, if it is one that needs no context."""
    return next((entity_id for entity_id, how in senses if how in _SAFE), None)


def _in_run(story: Story, token: int, gazetteer: Gazetteer, found: list[Mention]) -> None:
    """Names within a run of characters without spaces."""
    run = story.words[token]
    at = 0
    while at < len(run) - 1:
        for length in gazetteer.run_lengths.get(run[at], ()):
            entity_id = gazetteer.other_names.get((run[at : at + length],))
            if entity_id is not None and at + length <= len(run):
                start = story.starts[token] + at
                found.append(_mention(story, entity_id, start, start + length, token, token + 1))
                at += length
                break
        else:
            at += 1


def _mention(story: Story, entity_id: str, start: int, end: int, first: int, stop: int) -> Mention:
    sentence = story.sentences[story.sentence_of[first]]
    kind = {"org": "organization"}.get(entity_id.split("/", 1)[0], entity_id.split("/", 1)[0])
    return Mention(entity_id, kind, sentence.block_no, start, end, sentence.sentence_no, "gazetteer", first, stop)
