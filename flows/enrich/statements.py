"""Statements: what somebody is said to have said, in the article's own words."""

from flows.enrich.speakers import phrase_after
from flows.enrich.speech import Reading, Speech, read_speech
from flows.enrich.story import Entity, Mention, Quote, Statement, Story
from flows.reference.cues import CueLexicon

_MARKS = frozenset("“”\"„«»")
_CLOSING = frozenset(("”", '"', "’", "'", "»", "''"))
_OPENING = frozenset(("“", '"', "‘", "'", "«", "„", "``", "`", "''"))
_DASHES = frozenset("-–—")
_SPOKEN = frozenset(("said", "claimed", "announced", "confirmed", "argued", "warned", "asked", "reported", "showed", "suggested", "acknowledged", "denied", "ruled"))
_CLAUSES = frozenset(("that", "told", "clause"))
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
            if speech.speaker is None:
                continue
            if not _may_state(reading, speech):
                continue
            content = _content(reading, number, speeches, n)
            if content is None:
                continue
            first, end = content
            end = _cut(reading, speech, first, end, leads=end <= speech.start)
            while first < end and (story.words[first] in ",:;" or story.words[first] in _DASHES):
                first += 1
            while end > first and (story.words[end - 1] in ",:;." or story.words[end - 1] in _DASHES) and not _abbreviates(story, end - 1, number):
                end -= 1
            if sum(1 for k in range(first, end) if not reading.quoted[k] and story.words[k][0].isalnum()) < _LEAST_WORDS:
                if speech.cue.cue_class != "refused" or end <= first:
                    continue
            found.append(_statement(reading, number, speech, first, end))
    found.sort(key=lambda statement: (statement.char_start, -statement.char_end))
    return found


def _may_state(reading: Reading, speech: Speech) -> bool:
    """Tell whether the speaker is one who can hold what the cue says: a thing may say, but does not want or praise."""
    speaker = speech.speaker
    assert speaker is not None
    lower = reading.scene.story.lowers[speaker.first]
    if speaker.kind == "pronoun":
        if lower == "you":
            return False
        if lower in ("i", "we"):
            return speech.cue.cue_class in _SPOKEN
        return lower != "it" or speaker.entity_id is not None or speech.cue.cue_class in _SPOKEN
    if speech.cue.kind == "noun":
        return True
    if speaker.kind == "noun" and (speech.cue.cue_class not in _SPOKEN or not speech.cue.complements & _CLAUSES):
        return False
    return True


def _cut(reading: Reading, speech: Speech, first: int, end: int, *, leads: bool) -> int:
    """Where the content ends before the article goes on in its own words: a semicolon, ", which", ", while" …"""
    story, groups = reading.scene.story, reading.scene.cues.groups
    lowers, quoted = story.lowers, reading.quoted
    low = story.sentences[speech.sentence].first_token
    opens = speech.side == "before" and speech.speaker is not None and speech.speaker.first > low and groups.get(lowers[speech.speaker.first - 1]) in ("subordinator", "question")
    if opens and speech.speaker is not None and lowers[speech.speaker.first - 1] == "whether":
        opens = False
    relative = speech.group_first > low and groups.get(lowers[speech.group_first - 1]) == "relative"
    for k in range(first + 3, end - 1):
        word = lowers[k]
        if quoted[k] or word not in (",", ";", "–", "—", "-"):
            continue
        if word == ";":
            return k
        following = lowers[k + 1]
        if word == ",":
            if leads:
                continue
            if relative and groups.get(following) != "conjunction":
                return k
            if opens and (groups.get(following) in ("subject", "determiner", "possessive") or k + 1 in reading.scene.starting):
                return k
            if following in ("which", "while", "however", "although", "though", "compared", "whereas"):
                return k
            if following.endswith("ing") and groups.get(following) is None and end - k > k - first:
                return k
            if following in ("who", "after", "as", "when", "where", "even", "because", "before") and end - k > k - first and "," not in lowers[k + 1 : end]:
                return k
        elif not leads and story.ends[k - 1] != story.starts[k] and end - k > k - first and groups.get(following) != "conjunction":
            if not any(lowers[m] in ("-", "–", "—") for m in range(k + 2, end)):
                return k
    return end


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
    lowers, words = story.lowers, story.words
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
    if speech.cue.kind == "noun":
        if at + 3 < high and lowers[at] in ("that", "for", "to", "against") and speech.cue.cue_class != "said":
            return (at + 1 if lowers[at] == "that" else at), stop
        return None
    tags = _tags_quote(reading, speech, low)
    if tags and (speech.side == "after" or at >= high or lowers[at] != "that" and groups.get(lowers[at]) != "subject"):
        return None
    opening = speech.start - 1
    if opening >= low and lowers[opening] == "as" and (speech.side == "before") and at < high:
        if words[at] == "," and at + 4 < high and (opening == low or groups.get(lowers[opening - 1]) == "conjunction"):
            return at + 1, high  # As Ford said, nobody votes.
        if opening > low + 3 and words[opening - 1] == ",":
            return low, opening  # Nobody votes, as Ford said.
        return None
    if at < high - 4 and story.words[at] == "," and low < speech.start and story.words[speech.start - 1] == "," and speech.start - low < 5:
        return _leading(reading, speeches, n, low)  # Now, she said, nobody votes.
    if speech.side == "after" or at >= high or (story.words[at] in ",.)–—-" and not (at + 1 < high and lowers[at + 1] == "that") and _leads(reading, speech, low)):
        return _leading(reading, speeches, n, low)
    following = groups.get(lowers[at])
    if _leads_to_quote(reading, at, high) and not (at < high and lowers[at] == "that"):
        return None
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
            if _leads(reading, speech, low) and (after >= stop or story.words[after] in ",." or groups.get(lowers[after]) in ("preposition", "time")):
                return _leading(reading, speeches, n, low)
            return (after, stop) if after < stop else None
        return None
    if "to" in complements and lowers[at] == "to":
        return at, stop
    if "that" in complements:
        if following in ("question", "subject", "determiner", "possessive", "object") or (following is None and story.words[at][0].isalnum()) or lowers[at] in (":", "there", "both"):
            if lowers[at] == ":":
                at += 1
            if following != "question" and not _has_verb(reading, at, stop):
                return (at, stop) if "np" in complements and speech.cue.cue_class != "said" else None
            return at, stop
        if following in ("preposition", "time", "adverb"):
            clause = _clause_after(reading, at, stop)
            if clause is not None:
                return clause, stop
            return _leading(reading, speeches, n, low) if _leads(reading, speech, low) else None
        if following == "auxiliary" or following == "negation":
            return (at, stop) if lowers[at].endswith("ing") else None
    if "np" in complements:
        if at < stop and (story.words[at][0].isalnum()):
            return at, stop
    if _leads(reading, speech, low):
        return _leading(reading, speeches, n, low)
    return None


def _tags_quote(reading: Reading, speech: Speech, low: int) -> bool:
    """Tell whether the cue and speaker follow a quote as its tag."""
    words = reading.scene.story.words
    at = speech.start - 1
    if at >= low and words[at] == ",":
        at -= 1
    return at >= low and words[at] in _CLOSING and (at == low or bool(reading.quoted[at - 1]))


def _leads_to_quote(reading: Reading, at: int, high: int) -> bool:
    """Tell whether a quote follows the cue with nothing but a comma or colon between."""
    words = reading.scene.story.words
    if at < high and words[at] in ",:":
        at += 1
        return at < high and words[at] in _OPENING
    return False


def _has_verb(reading: Reading, first: int, end: int) -> bool:
    """Tell whether a run of words can be a clause: a helping verb, a form that ends in -ed, or a cue."""
    story, groups = reading.scene.story, reading.scene.cues.groups
    for k in range(first + 1, end):
        lower = story.lowers[k]
        if groups.get(lower) in ("auxiliary", "negation") or lower.endswith("ed") or reading.quoted[k] or lower in reading.scene.cues.verbs or (lower.endswith("s") and groups.get(lower) is None):
            return True
    return False


def _stop(reading: Reading, speeches: list[Speech], n: int, high: int) -> int:
    """Where the content of a cue ends: before the next cue that is not part of it."""
    story, groups = reading.scene.story, reading.scene.cues.groups
    for later in speeches[n + 1 :]:
        at = later.start if later.start > speeches[n].first else later.group_first
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
        elif before == ",":
            return at - 1
    return high


def _leads(reading: Reading, speech: Speech, low: int) -> bool:
    """Tell whether a clause and a comma stand before the speaker and cue."""
    start = speech.start
    if speech.side == "shared" or not speech.cue.complements & _CLAUSES:
        return False
    return start - low >= 4 and reading.scene.story.words[start - 1] == ","


def _leading(reading: Reading, speeches: list[Speech], n: int, low: int) -> tuple[int, int] | None:
    speech = speeches[n]
    for k in range(speech.start - 1, low, -1):
        if reading.scene.story.words[k] == ")":
            break
        if reading.scene.story.words[k] == "(":
            low = k + 1
            break
    start, after, high = speech.start, speech.stop, reading.scene.story.sentences[speech.sentence].end_token
    words = reading.scene.story.words
    if speech.side == "before" and after < high - 4 and words[after] == "," and start - low < high - after - 1 and not reading.scene.story.lowers[after + 1].endswith("ing"):
        if words[after + 1] in _OPENING and words[high - 2] in _CLOSING | _OPENING | {","}:
            return None
        return after + 1, high  # In his state, Ford said, nobody votes.
    return (low, start) if start - low >= 4 else None


def _that(reading: Reading, at: int, stop: int) -> int | None:
    """The "that" which opens a clause at most a few words after a cue."""
    story = reading.scene.story
    lowers = story.lowers
    if at < stop and lowers[at] == "that":
        return at
    if at < stop and story.words[at] in "-–—,":
        mark = story.words[at]
        for k in range(at + 1, min(stop, at + 20)):
            if story.words[k] == mark and k + 1 < stop:
                return k + 1 if lowers[k + 1] == "that" else None
        return None
    if at < stop and reading.scene.cues.groups.get(lowers[at]) in ("subject", "question"):
        return None
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
