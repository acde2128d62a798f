"""Interviews, briefings and transcripts: turns that a label opens ("Q:", "A:", "FORD:", "Reuters:"), without quotation marks."""

from collections import Counter

from flows.enrich.speech import Reading
from flows.enrich.story import Mention, Quote, Sentence

_LONGEST_LABEL = 5  # tokens before the colon
_LONGEST_INITIALS = 3
_LEAST_WORDS = 2  # of a turn
_LEAST_TURNS = 4  # of labels that are names; two of a question and an answer suffice
_ASKS = frozenset(("q", "question", "f", "frage", "p", "pregunta", "domanda", "pergunta", "вопрос"))
_ANSWERS = frozenset(("a", "answer", "antwort", "r", "respuesta", "risposta", "resposta", "réponse", "ответ"))


def find_turns(reading: Reading) -> list[Quote]:
    """The turns of an interview as direct quotes, the label as the speaker; none where labels do not take turns.

    A name or its initials that label a turn give the speaker's entity, "A" the only person named above, "Q" none. A news outlet
    that labels a turn asks; a "Q" that opens a paragraph needs no colon. Where labels take turns, those seen once count too.
    """
    story, starting = reading.scene.story, reading.scene.starting
    turns: list[tuple[str, int, Sentence]] = []
    outlets: set[str] = set()
    block = None
    for sentence in story.sentences:
        if sentence.block_no == block:
            continue
        block = sentence.block_no
        first = sentence.first_token
        if sentence.role != "body" or not (first in starting or story.words[first][0].isupper()):
            continue
        if (
            story.words[first] == "Q"
            and first + _LEAST_WORDS < sentence.end_token
            and (story.words[first + 1][0].isupper() or story.words[first + 1] == "(")
        ):
            turns.append(("Q", first, sentence))
            continue
        stop = min(first + _LONGEST_LABEL, sentence.end_token)
        colon = next((k for k in range(first + 1, stop + 1) if k < sentence.end_token and story.words[k] in (":", "：")), None)
        if colon is None or colon + _LEAST_WORDS >= len(story.words) or not _is_label(story.words[first:colon]):
            continue
        mention = reading.scene.ending.get(colon - 1)
        label = story.text(first, colon)
        if mention is not None and 0 <= mention.first_token - first <= 1:
            entity = reading.scene.entities.get(mention.entity_id)
            if entity is not None and entity.is_outlet:
                outlets.add(label.lower())
        known = (
            label.lower() in outlets
            or label.isupper()
            or label.lower() in _ASKS | _ANSWERS
            or (mention is not None and mention.kind == "person")
        )
        if known and story.sentences[story.sentence_of[colon + _LEAST_WORDS]].block_no == block:
            turns.append((story.text(first, colon), colon, sentence))
    labels = Counter(label.lower() for label, _, _ in turns)
    asked = not _ASKS.isdisjoint(labels) and not _ANSWERS.isdisjoint(labels)
    repeated = {label for label, count in labels.items() if count > 1}
    briefed = bool(repeated - outlets) and len(outlets) > 1
    taken = len(labels) > 1 and len(turns) >= _LEAST_TURNS and (len(repeated) > 1 or briefed)
    if not (asked or taken):
        return []
    kept = repeated | {label for label in labels if asked and label in _ASKS | _ANSWERS}
    if taken:
        kept |= outlets | _ASKS | {label.lower() for label, colon, sentence in turns if _is_somebody(reading, sentence.first_token, colon)}
    kept |= {label.lower() for label, _, _ in turns if _is_initials(label)}
    interviewed = _interviewed(reading, turns[0][2].first_token)
    return [
        _turn(reading, label, colon, sentence, interviewed, asks=label.lower() in _ASKS or label.lower() in outlets)
        for label, colon, sentence in turns
        if label.lower() in kept
    ]


def _is_somebody(reading: Reading, first: int, colon: int) -> bool:
    """Tell whether a label names a person, or holds a title or an office: "MS. WEISS", "THE PRESIDENT"."""
    scene = reading.scene
    mention = scene.ending.get(colon - 1)
    if mention is not None and mention.kind == "person":
        return True
    return any(
        (lower,) in scene.cues.titles or ((noun := scene.cues.nouns.get(lower)) is not None and noun.kind == "person")
        for lower in scene.story.lowers[first:colon]
    )


def _is_initials(label: str) -> bool:
    return label.isalpha() and label.isupper() and 2 <= len(label) <= _LONGEST_INITIALS


def _interviewed(reading: Reading, before: int) -> str | None:
    """The only person named before the first turn, or in what stands above the text: who answers."""
    mentions = [one for at, one in reading.scene.starting.items() if one.kind == "person" and at < before]
    sentences = reading.scene.story.sentences
    above = {one.entity_id for one in mentions if sentences[one.sentence_no - 1].role != "body"}
    named = {one.entity_id for one in mentions}
    found = named if len(named) == 1 else above
    return next(iter(found)) if len(found) == 1 else None


def _of_initials(reading: Reading, label: str) -> str | None:
    """The only person of the story with these initials."""
    found = {
        key for key, one in reading.scene.entities.items()
        if one.kind == "person" and "".join(word[0] for word in one.name.split()).upper() == label
    }  # fmt: skip
    return next(iter(found)) if len(found) == 1 else None


def _full_name(reading: Reading, speaker_id: str) -> str:
    """The only person of the story whose full name ends in the surname that alone is known of a speaker."""
    entities = reading.scene.entities
    name = entities[speaker_id].name if speaker_id in entities else " "
    if " " in name:
        return speaker_id
    found = {key for key, one in entities.items() if one.kind == "person" and one.name.lower().endswith(f" {name.lower()}")}
    return next(iter(found)) if len(found) == 1 else speaker_id


def _is_label(words: list[str]) -> bool:
    return all(word[0].isupper() or word in (".", "-", "’s", "'s") for word in words)


def _turn(reading: Reading, label: str, colon: int, sentence: Sentence, interviewed: str | None, *, asks: bool) -> Quote:
    story, scene = reading.scene.story, reading.scene
    last = story.sentence_of[colon]
    while last + 1 < len(story.sentences) and story.sentences[last + 1].block_no == sentence.block_no:
        last += 1
    mention: Mention | None = scene.ending.get(colon - 1)
    speaker_id = mention.entity_id if mention is not None and mention.first_token >= sentence.first_token else None
    if speaker_id is not None and mention is not None and mention.kind == "person":
        speaker_id = _full_name(reading, speaker_id)
    if label.lower() in _ANSWERS:
        speaker_id = interviewed
    elif speaker_id is None and _is_initials(label):
        speaker_id = _of_initials(reading, label)
    return Quote(
        kind="direct",
        block_no=sentence.block_no,
        char_start=story.starts[colon + 1],
        char_end=story.ends[story.sentences[last].end_token - 1],
        sentence_no=story.sentence_of[colon] + 1,
        speaker_id=speaker_id,
        speaker_text=label,
        cue=":" if story.words[colon] != label else label,
        cue_class="asked" if asks else "said",
    )
