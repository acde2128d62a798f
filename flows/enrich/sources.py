"""Outlets, agencies and platforms from which an article has its facts, or through which a quote was reported."""

from typing import NamedTuple

from flows.enrich.scene import Speech
from flows.enrich.speech import Reading, read_speech
from flows.enrich.story import CitedSource, Entity, Mention, Quote, Story
from flows.reference.cues import CueLexicon

# What stands before an outlet by way of which something was said: told X, in X, a post on X, an interview with X, seen by X.
_TO = frozenset(("to", "told", "tells", "telling", "with", "on", "in", "via", "by", "for", "from", "over", "through", "using"))
_REACH = 14  # tokens between a cue and the outlet that belongs to it


class SourceUse(NamedTuple):
    """One place where an outlet is named as the source of what is told: its sentence's index, its tokens, the cue printed."""

    entity_id: str
    sentence: int
    first: int
    cue: str


def find_source_uses(reading: Reading) -> list[SourceUse]:
    """Every mention of an outlet, outside quotation marks, by which the article tells whence its facts are.

    Counted: the outlet speaks ("Reuters reported", "according to TASS"), or something is told to it or put out on it
    ("told Fox News", "in a post on Truth Social"). An outlet that only asked, and got no answer, is none.
    """
    scene, story = reading.scene, reading.scene.story
    outlets = {entity_id for entity_id, entity in scene.entities.items() if entity.is_outlet}
    if not outlets:
        return []
    uses: list[SourceUse] = []
    for mention in sorted((m for m in scene.starting.values() if m.entity_id in outlets), key=lambda m: m.first_token):
        if reading.quoted[mention.first_token]:
            continue
        number = story.sentence_of[mention.first_token]
        cue = _cue_of(reading, mention, number)
        if cue is not None:
            uses.append(SourceUse(mention.entity_id, number, mention.first_token, cue))
    return uses


def _cue_of(reading: Reading, mention: Mention, number: int) -> str | None:
    story, groups = reading.scene.story, reading.scene.groups
    lowers, words = story.lowers, story.words
    sentence = story.sentences[number]
    first, end = mention.first_token, mention.end_token
    speeches = reading.by_sentence.get(number, ())
    if any(_is_refusal(speech) and speech.end <= first for speech in speeches):
        return None
    for speech in speeches:
        speaker = speech.speaker
        if (
            _is_refusal(speech)
            or speech.side == "shared"
            or (speech.cue.kind == "noun" and speech.cue.cue_class not in ("said", "announced"))
        ):
            continue
        if speaker.first <= first and end <= speaker.end and speaker.entity_id in (mention.entity_id, None):
            return story.text(speech.first, speech.end)
        if speech.cue.kind == "phrase" and first >= speaker.end and _same_list(reading, speaker.end, first):
            return story.text(speech.first, speech.end)
        if speech.cue.kind == "phrase" and speaker.first <= first and end <= speaker.end:
            return story.text(speech.first, speech.end)
    if (
        words[first - 1 : first] == ["("]
        and words[end : end + 1] == [")"]
        and first - sentence.first_token < 8
        and number
        and end < sentence.end_token
    ):
        following = words[end + 1 : end + 2]
        if following and following[0] in "-–—":  # BEIJING (Reuters) –
            return "("
    before = first - 1
    while before >= sentence.first_token and (
        groups.get(lowers[before]) in ("determiner", "possessive") or words[before] == "@" or _names_kind(reading, before)
    ):
        before -= 1
    if before < sentence.first_token or lowers[before] not in _TO:
        return None
    best: Speech | None = None
    for speech in speeches:
        if speech.end <= first and first - speech.end <= _REACH:
            best = speech
    if best is None:
        for k in range(before, max(sentence.first_token - 1, before - 6), -1):
            noun = reading.scene.cues.nouns.get(lowers[k])
            if (noun is not None and noun.kind == "document") or lowers[k] in ("interview", "posted", "published", "obtained", "seen"):
                return story.text(k, before + 1)
        return None
    if _is_refusal(best) or best.cue.cue_class in ("accused", "criticized", "praised", "thought"):
        return None
    return story.text(best.first, best.end)


def _is_refusal(speech: Speech) -> bool:
    return speech.cue_class == "refused"


def _names_kind(reading: Reading, at: int) -> bool:
    """Tell whether the token says what kind of outlet follows: "Russian news agency Interfax"."""
    story = reading.scene.story
    noun = reading.scene.cues.nouns.get(story.lowers[at])
    if (noun is not None and noun.kind == "body") or story.lowers[at] in (
        "news",
        "state",
        "broadcaster",
        "platform",
        "television",
        "magazine",
        "daily",
    ):
        return True
    mention = reading.scene.ending.get(at)
    return mention is not None and mention.kind == "country"


def _same_list(reading: Reading, at: int, first: int) -> bool:
    """Tell whether an outlet goes on a list of those named before: "Interfax and the channel TASS"."""
    story = reading.scene.story
    if first - at > 8:
        return False
    between = story.lowers[at:first]
    return (
        bool(between) and (between[0] in ("and", ",", "&", "or")) and not any(w in ("said", "that", "which", "who", ".") for w in between)
    )


def find_cited_sources(
    story: Story,
    mentions: list[Mention],
    entities: dict[str, Entity],
    quotes: list[Quote],
    cues: CueLexicon,
    reading: Reading | None = None,
) -> list[CitedSource]:
    """Count the times that the article names an outlet, agency or platform as its source, first named first.

    ``cue`` is the first one printed. ``reading`` is what ``read_speech`` made of the same story.
    """
    if not any(entity.is_outlet for entity in entities.values()):
        return []
    reading = reading or read_speech(story, mentions, entities, cues)
    found: dict[str, CitedSource] = {}
    for use in find_source_uses(reading):
        known = found.get(use.entity_id)
        found[use.entity_id] = known._replace(mentions=known.mentions + 1) if known else CitedSource(use.entity_id, use.cue, 1)
    return list(found.values())
