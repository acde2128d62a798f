"""Every place where somebody is said to speak: the cue, the speaker, and whether the cue is negated.

Quotes, statements and cited sources are all drawn from these. One pass looks each token up in the cue lexicon; the rest
is work on the few sentences that hold a cue.
"""

from typing import NamedTuple

from flows.enrich.cue_verbs import read_verb
from flows.enrich.quotation_marks import Span, find_quoted
from flows.enrich.scene import APOSTROPHES, Scene, Speaker, Speech, make_scene, make_speech
from flows.enrich.speakers import phrase_after, phrase_before
from flows.enrich.story import Entity, Mention, Story
from flows.reference.cues import Cue, CueLexicon

_UNNAMED = frozenset((("to", "be", "named"), ("to", "be", "identified"), ("to", "be", "quoted"), ("to", "be", "cited")))


class Reading(NamedTuple):
    """What the finders of quotes, statements and cited sources share of one story.

    ``quoted`` gives for each token the number of the quoted span that holds it, 0 outside.
    """

    scene: Scene
    spans: list[Span]
    by_sentence: dict[int, list[Speech]]
    quoted: list[int]


def read_speech(story: Story, mentions: list[Mention], entities: dict[str, Entity], cues: CueLexicon) -> Reading:
    """Find the quoted spans and every cue outside them with its speaker."""
    scene = make_scene(story, mentions, entities, cues)
    lowers = story.lowers
    by_first = cues.of_language(story.language)
    watched = cues.watched(story.language)
    hits = story.where(watched)
    spans = find_quoted(story, hits)
    quoted = [0] * (len(lowers) + 1)
    for n, span in enumerate(spans, 1):
        quoted[span.first_token : span.end_token] = [n] * (span.end_token - span.first_token)
    genders: dict[str, str] | None = None  # which pronoun each person goes by
    heard: dict[str, None] = {}
    by_sentence: dict[int, list[Speech]] = {}
    sentence_of, named = story.sentence_of, scene.named
    full = _full_names(story, mentions)
    free, last = 0, len(lowers)
    for i in hits:
        if i < free or quoted[i] or i in named or lowers[i] not in by_first:
            continue
        number = sentence_of[i]
        known = by_sentence.get(number)
        for cue in by_first[lowers[i]]:
            end = i + 1
            if cue.words:
                if end >= last or lowers[end] != cue.words[0]:
                    continue
                end += len(cue.words)
                if end > story.sentences[number].end_token or tuple(lowers[i + 1 : end]) != cue.words:
                    continue
            speech = _read(scene, cue, i, end, number, known, quoted)
            if speech is None:
                continue
            entity_id = speech.speaker.entity_id
            if entity_id is not None and speech.speaker.kind == "name" and _is_either(story, speech.speaker, full):
                speech, entity_id = speech._replace(speaker=speech.speaker._replace(entity_id=None)), None
            if entity_id is None:
                if speech.speaker.kind == "pronoun" and lowers[speech.speaker.first] in ("he", "she"):
                    if genders is None:
                        genders = {m.entity_id: lowers[m.first_token] for m in mentions if lowers[m.first_token] in ("he", "she")}
                    speech = _resolve(speech, lowers[speech.speaker.first], genders, heard)
            elif entity_id.startswith("person/"):
                heard.pop(entity_id, None)
                heard[entity_id] = None
            if known is None:
                known = by_sentence[number] = []
            known.append(speech)
            free = end
            break
    return Reading(scene, spans, by_sentence, quoted)


def is_about_names(story: Story, first: int) -> bool:
    """Tell whether the content is that no name be printed: "to be named", "not to be identified"."""
    first += story.lowers[first : first + 1] == ["not"]
    return tuple(story.lowers[first : first + 3]) in _UNNAMED


def _full_names(story: Story, mentions: list[Mention]) -> dict[str, list[Mention]]:
    """Surnames that several persons of the story bear, with the mentions that print a given name too."""
    full: dict[str, list[Mention]] = {}
    for one in mentions:
        if one.kind == "person" and one.end_token - one.first_token > 1:
            full.setdefault(story.lowers[one.end_token - 1], []).append(one)
    return {surname: bearers for surname, bearers in full.items() if len({one.entity_id for one in bearers}) > 1}


def _is_either(story: Story, speaker: Speaker, full: dict[str, list[Mention]]) -> bool:
    """Tell whether a bare surname may mean either of two persons who were last named in full side by side."""
    if not full or speaker.end - speaker.first != 1 or (bearers := full.get(story.lowers[speaker.first])) is None:
        return False
    before = [one for one in bearers if one.first_token < speaker.first]
    return len(before) > 1 and before[-1].sentence_no == before[-2].sentence_no and before[-1].entity_id != before[-2].entity_id


def _resolve(speech: Speech, pronoun: str, genders: dict[str, str], heard: dict[str, None]) -> Speech:
    """Give a pronoun that no mention resolves the last person who spoke and is not known by the other pronoun."""
    for entity_id in reversed(heard):
        if genders.setdefault(entity_id, pronoun) == pronoun:
            return speech._replace(speaker=speech.speaker._replace(entity_id=entity_id))
    return speech


def _read(scene: Scene, cue: Cue, i: int, end: int, number: int, known: list[Speech] | None, quoted: list[int]) -> Speech | None:
    if cue.kind == "noun":
        return _read_noun(scene, cue, i, end, number)
    if cue.kind == "phrase":
        speaker = phrase_after(scene, end, scene.story.sentences[number].end_token)
        return make_speech(cue, i, end, i, number, speaker, "after") if speaker is not None else None
    return read_verb(scene, cue, i, end, number, known, quoted)


def _read_noun(scene: Scene, cue: Cue, i: int, end: int, number: int) -> Speech | None:
    """A noun of speech with its owner: "Ford’s statement", "his call for"."""
    story, groups = scene.story, scene.groups
    lowers = story.lowers
    sentence = story.sentences[number]
    low = sentence.first_token
    k = i - 1
    while k > low and i - k < 5 and groups.get(lowers[k]) is None and lowers[k] not in APOSTROPHES and k not in scene.ending:
        k -= 1
    if k < low or (end < sentence.end_token and lowers[end] == "to"):
        return None
    owner: Speaker | None = None
    if lowers[k] in APOSTROPHES and k > low:
        mention = scene.ending.get(k)
        if mention is not None:
            owner = Speaker(mention.first_token, mention.end_token, mention.entity_id, "name")
        elif k - 1 in scene.ending or story.words[k - 1][0].isalpha():
            owner = phrase_before(scene, k - 1, low)
    elif groups.get(lowers[k]) == "possessive":
        mention = scene.starting.get(k)
        owner = Speaker(k, k + 1, mention.entity_id if mention else None, "pronoun")
    return make_speech(cue, i, end, i, number, owner, "before") if owner is not None else None
