"""Statements: what somebody is said to have said, in the article's own words."""

from flows.enrich.speakers import phrase_after
from flows.enrich.speech import Reading, Speech, read_speech
from flows.enrich.story import Entity, Mention, Quote, Statement, Story
from flows.reference.cues import CueLexicon

_MARKS = frozenset("“”\"„«»")
_DASHES = frozenset("-–—")
_LEAST_WORDS = 3  # of content outside quotation marks


def find_statements(
    story: Story, mentions: list[Mention], entities: dict[str, Entity], quotes: list[Quote], cues: CueLexicon, reading: Reading | None = None
) -> list[Statement]:
    """Find indirect speech: the span of what was said, without cue and speaker.

    A sentence that mixes reported words with quoted ones gives a statement beside its quotes; one that is all quotation
    gives none. ``reading`` is what ``read_speech`` made of the same story, for a caller that also wants quotes.
    """
    reading = reading or read_speech(story, mentions, entities, cues)
    found: list[Statement] = []
    for number, speeches in reading.by_sentence.items():
        for n, speech in enumerate(speeches):
            if speech.speaker is None or speech.cue.kind == "noun":
                continue
            content = _content(reading, number, speeches, n)
            if content is None:
                continue
            first, end = content
            while first < end and (story.words[first] in ",:;" or story.words[first] in _DASHES):
                first += 1
            while end > first and (story.words[end - 1] in ",:;." or story.words[end - 1] in _DASHES) and not _abbreviates(story, end - 1, number):
                end -= 1
            if sum(1 for k in range(first, end) if not reading.quoted[k] and story.words[k][0].isalnum()) < _LEAST_WORDS:
                if speech.cue.cue_class != "refused" or end <= first:
                    continue
            found.append(_statement(reading, number, speech, first, end))
    return found


def _statement(reading: Reading, number: int, speech: Speech, first: int, end: int) -> Statement:
    story = reading.scene.story
    speaker = speech.speaker
    assert speaker is not None
    sentence = story.sentences[number]
    return Statement(
        block_no=sentence.block_no,
        char_start=story.starts[first],
        char_end=story.ends[end - 1],
        sentence_no=sentence.sentence_no,
        speaker_id=speaker.entity_id,
        speaker_text=story.text(speaker.first, speaker.end),
        cue=story.text(speech.group_first if speech.negated else speech.first, speech.end),
        cue_class=speech.cue.negated_class if speech.negated and speech.cue.negated_class else speech.cue.cue_class,
    )


def _abbreviates(story: Story, at: int, number: int) -> bool:
    return story.words[at] == "." and at < story.sentences[number].end_token - 1


def _content(reading: Reading, number: int, speeches: list[Speech], n: int) -> tuple[int, int] | None:
    """Tokens of what is said at the ``n``-th cue of a sentence; None when nothing is."""
    story, groups = reading.scene.story, reading.scene.cues.groups
    sentence = story.sentences[number]
    speech = speeches[n]
    low, high = sentence.first_token, sentence.end_token
    lowers = story.lowers
    if speech.cue.kind == "phrase":
        if speech.speaker is not None and speech.first > low + 1:
            start = low
            end = speech.first
            if n and speeches[n - 1].side != "shared":
                pass
            return start, end
        at = speech.stop
        while at < high and story.words[at] != ",":
            at += 1
        return (at + 1, high) if at + 1 < high else None
    stop = _stop(reading, speeches, n, high)
    at = speech.stop if speech.side == "after" and not speech.passive else speech.end
    complements = speech.cue.complements
    if speech.passive:
        return None
    if speech.side == "after" or at >= high or (story.words[at] in ",." and not (at + 1 < high and lowers[at + 1] == "that") and _leads(reading, speech, low)):
        return _leading(reading, speeches, n, low)
    following = groups.get(lowers[at])
    that = _that(reading, at, stop) if complements & {"that", "told"} else None
    if that is not None:
        return that + 1, stop
    if "refusal" in complements or speech.cue.cue_class == "refused" or (speech.negated and speech.cue.negated_class):
        return (at, stop) if at < stop else None
    if "told" in complements:
        person = phrase_after(reading.scene, at, stop) if lowers[at] not in ("him", "her", "them", "me", "us") else None
        after = person.end if person is not None else at + 1
        if "np" in complements and (person is None or after < stop and lowers[after] not in ("to",)):
            return at, stop
        if lowers[at] in ("me", "us", "him", "her", "them") or person is not None:
            return (after, stop) if after < stop else None
        return None
    if "to" in complements and lowers[at] == "to":
        return at, stop
    if "that" in complements:
        if following in ("question", "subject", "determiner", "possessive", "object") or (following is None and story.words[at][0].isalnum()) or lowers[at] in (":", "there", "both"):
            if lowers[at] == ":":
                at += 1
            return at, stop
        if following in ("preposition", "time", "adverb"):
            clause = _clause_after(reading, at, stop)
            if clause is not None:
                return clause, stop
            return _leading(reading, speeches, n, low) if _leads(reading, speech, low) else None
        if following == "auxiliary" or following == "negation":
            return None
    if "np" in complements:
        if at < stop and (story.words[at][0].isalnum()):
            return at, stop
    if _leads(reading, speech, low):
        return _leading(reading, speeches, n, low)
    return None


def _stop(reading: Reading, speeches: list[Speech], n: int, high: int) -> int:
    """Where the content of a cue ends: before the next cue that is not part of it."""
    story, groups = reading.scene.story, reading.scene.cues.groups
    for later in speeches[n + 1 :]:
        at = later.start
        if later.cue.kind == "phrase":
            return at
        before = story.lowers[at - 1]
        if later.side == "shared":
            if before == "," or groups.get(before) in ("conjunction", "preposition", "subordinator"):
                at -= 1
                while at > speeches[n].end and story.words[at - 1] == ",":
                    at -= 1
                return at
        elif groups.get(before) == "conjunction" and story.words[at - 2] == ",":
            return at - 2
    return high


def _leads(reading: Reading, speech: Speech, low: int) -> bool:
    """Tell whether a clause and a comma stand before the speaker and cue."""
    start = speech.start
    return start - low >= 4 and reading.scene.story.words[start - 1] == ","


def _leading(reading: Reading, speeches: list[Speech], n: int, low: int) -> tuple[int, int] | None:
    start = speeches[n].start
    return (low, start) if start - low >= 4 else None


def _that(reading: Reading, at: int, stop: int) -> int | None:
    """The "that" which opens a clause at most a few words after a cue."""
    story = reading.scene.story
    lowers = story.lowers
    if at < stop and lowers[at] == "that":
        return at
    for k in range(at, min(stop, at + 16)):
        if reading.quoted[k] or lowers[k] in (";", ":", "(", "“", '"'):
            return None
        if lowers[k] == "that":
            if reading.scene.cues.groups.get(lowers[at]) in ("preposition", "time", "object", "adverb") or at in reading.scene.starting or reading.scene.cues.groups.get(lowers[at]) in ("determiner", None) and k - at <= 6:
                return k
            return None
    return None


def _clause_after(reading: Reading, at: int, stop: int) -> int | None:
    """The clause after a short adverbial: "said on Monday he would", "said in a statement the deal was off"."""
    story, groups = reading.scene.story, reading.scene.cues.groups
    k = at
    while k < stop and k - at < 12:
        group = groups.get(story.lowers[k])
        if story.words[k] in _MARKS or story.words[k] == ";":
            return None
        if group == "subject" or (k > at and group == "question"):
            return k
        if group == "time" and k + 1 < stop and groups.get(story.lowers[k + 1]) not in ("preposition", "time") and story.words[k + 1][0].isalnum():
            return k + 1
        if group == "adverb" and k == at and story.words[k + 1 : k + 2] and story.words[k + 1][0].isalnum():
            return k + 1
        k += 1
    return None
