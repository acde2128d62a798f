"""Which cue and speaker a quoted span belongs to: the cheapest cue of its sentence, else the quote that it goes on from."""

from flows.enrich.quotation_marks import Span
from flows.enrich.scene import Speaker, Speech
from flows.enrich.speakers import describe, phrase_after, phrase_before
from flows.enrich.speech import Reading, is_about_names
from flows.enrich.story import Story
from flows.enrich.subjects import clause_subject

Attribution = tuple[Speaker | None, Speech | None]

SMALL_WORDS = frozenset(
    ("the", "a", "an", "of", "to", "and", "in", "on", "for", "is", "was", "are", "at", "by", "with", "that", "it", "this", "as")
)
_WEAK = frozenset(("thought", "wanted", "feared", "hoped", "liked", "supported", "opposed", "decided", "learned", "showed", "remembered"))
_MODALS = frozenset(("should", "would", "could", "must", "might", "may"))
# What may stand between a cue and the quote that it opens.
_BETWEEN = frozenset("“\"‘'«„`:,") | frozenset(("that", "as", "a", "an", "the", "of", "for", "was", "is", "were"))
_BETWEEN |= frozenset(("it", "him", "her", "them", "he", "she", "they", "we"))
_IS_THAT = (["was", "that"], ["is", "that"])
_VOICES = frozenset(("name", "pronoun", "person", "anonymous"))
_THINGS = frozenset(("noun", "body", "document"))
_LOOK_BACK = 50  # quotes; in a block with more of them without a speaker, none goes on from the first
_TOO_FAR = 9.0  # the cost from which on a cue is none of a quote's
_NEAR = 14  # tokens; a cue that is farther before a quote costs at least half a point and a twentieth a token
_BEYOND = 70  # tokens after a quote from which on a cue is too far
_FAR = 150  # tokens between a cue and a quote from which on the cost before is the greatest that it can be


def attribute(reading: Reading, n: int, span: Span, speakers: list[Attribution]) -> tuple[Speaker | None, Speech | None, int | None]:
    """The speaker and cue of one span, and the number of the quote that it goes on from."""
    story = reading.scene.story
    first_sentence = story.sentence_of[span.first_token]
    last_sentence = story.sentence_of[max(span.first_token, span.end_token - 1)]
    last = n - 1
    while last >= max(0, n - _LOOK_BACK) and speakers[last][0] is None and reading.spans[last].block_no == span.block_no:
        last -= 1
    previous = reading.spans[last] if last >= 0 and speakers[last][0] is not None else None
    best: Speech | None = None
    least = _TOO_FAR
    named = _before_colon(reading, span, first_sentence)
    if named is not None and named[1]:
        return named[0], None, None
    for speech in reversed(reading.by_sentence.get(first_sentence, ())):  # the nearest first; of equals it wins
        if speech.passive and speech.end <= span.first_token < span.end_token <= speech.speaker.first:
            speech = speech._replace(stop=speech.end)  # has been called “X” by critics
        gap = span.first_token - speech.stop
        if gap > _NEAR and 0.5 + 0.05 * gap >= least:
            break
        if gap >= 0 and (cost := _cost_before(reading, speech, span)) < least:
            best, least = speech, cost
    for speech in _following(reading, span, last_sentence):
        if speech.start - span.end_token > _BEYOND:
            continue
        if (cost := _cost_after(reading, speech, span)) < least and not (speech.cue.kind == "phrase" and best is not None):
            best, least = speech, cost
    if is_title(story, span) and (
        least > 0.5 or best is None or (best.start >= span.end_token and _is_embedded(story, span, first_sentence))
    ):
        return None, None, None
    if best is not None:
        best = _outer(reading, best, first_sentence)
        goes_on = previous is not None and previous.block_no == span.block_no and _is_split(story, previous, span)
        return best.speaker, best, last + 1 if goes_on and speakers[last][1] is best else None
    if named is not None:
        return named[0], None, None
    if (signed := _signed(reading, span, last_sentence)) is not None:
        return signed, None, None
    # split: “…,” he said, “…” and “…,” he said. “…”
    if previous is not None and previous.block_no == span.block_no and _follows(reading, previous, span):
        return speakers[last][0], speakers[last][1], last + 1
    opens_sentence = story.sentences[first_sentence].first_token >= span.first_token - 1
    if not opens_sentence and (said := _goes_on(reading, span, first_sentence)) is not None:
        return said.speaker, said, None
    if opens_sentence and span.end_token - span.first_token > 3:
        led = _led_in(reading, first_sentence)
        if led is not None:
            return led[0], led[1], None
        if previous is not None and span.opens and _adjoins(reading, previous, span):
            return speakers[last][0], speakers[last][1], last + 1
        said = _last_speech(reading, first_sentence) if span.opens else _speech_before(reading, first_sentence, span.block_no)
        if said is not None:
            return said.speaker, said, None
    return None, None, None


def _outer(reading: Reading, best: Speech, number: int) -> Speech:
    """The cue that tells of a thought: "the firm said it gave because it believed in “…”" quotes what was said."""
    if best.cue_class not in _WEAK or best.speaker.kind != "pronoun":
        return best
    story = reading.scene.story
    for speech in reversed(reading.by_sentence.get(number, ())):
        if speech.end <= best.start and speech.cue.kind == "verb" and speech.cue.is_direct and "that" in speech.cue.complements:
            between = range(speech.end, best.start)
            if speech.side != "after" and not any(reading.quoted[k] or story.words[k] in ";:" for k in between):
                return speech
    return best


def _cost_before(reading: Reading, speech: Speech, span: Span) -> float:
    """How far a cue before a quote is from being its cue: 0 when nothing but a comma, colon or "that" is between."""
    story, groups = reading.scene.story, reading.scene.groups
    between = range(speech.stop, span.first_token)
    if len(between) > 2 and speech.cue_class in ("refused", "asked") and is_about_names(story, speech.stop):
        return _TOO_FAR + 1.0  # told a reporter who declined to be named that “X”
    far = len(between) > _FAR
    near = not far and all(story.lowers[k] in _BETWEEN for k in between)
    colon = len(between) > 1 and story.words[span.first_token - 2] == ":"
    if speech.cue.kind == "noun":
        of = 0 < len(between) <= 4 and near and story.lowers[speech.stop] in ("of", "that", ",")
        is_that = story.lowers[speech.stop : speech.stop + 2] in _IS_THAT  # his message was that walls are “made”
        return 0.5 if colon and len(between) < 14 else 1.6 if of else 2.0 if is_that else _TOO_FAR + 1.0
    if len(between) == 1 and speech.cue_class == "described" and speech.speaker.kind in _THINGS and speech.group_first == speech.first:
        return _TOO_FAR + 1.0  # a group called “X”
    cost = 0.0 if near else 1.0 + 0.1 * len(between)
    if not near and speech.cue.cue_class in _WEAK and speech.speaker.kind == "noun":
        return _TOO_FAR + 1.0
    if not near and not colon and not speech.cue.complements:
        return _TOO_FAR + 1.0
    if far:
        return _TOO_FAR - 1
    if not near and any(word in _MODALS for word in story.lowers[speech.group_first : speech.first]):
        cost += 1.5
    if colon and not near and speech.cue.is_direct:
        cost *= 0.5
    if not near and (speech.cue.cue_class in _WEAK or not speech.cue.is_direct):
        cost += 2.5
    first = speech.speaker.first if speech.speaker is not None else 0
    if first and story.lowers[first - 1] in ("whether", "if"):
        cost += 3.0
    relative = speech.group_first > 0 and groups.get(story.lowers[speech.group_first - 1]) == "relative"
    for k in between:
        if relative and story.words[k] == "," and not near:
            cost += 3.0
        if story.words[k] == ";" and not reading.quoted[k]:
            cost += 3.0
        elif story.words[k] == "," and k + 1 < span.first_token and groups.get(story.lowers[k + 1]) == "conjunction" and not near:
            cost += 0.5
    return min(cost, _TOO_FAR - 1)


def _cost_after(reading: Reading, speech: Speech, span: Span) -> float:
    """How far a cue after a quote is from being its cue: 0 right after a comma inside the marks."""
    story = reading.scene.story
    at = _after_mark(story, span)
    gap = speech.start - at
    if speech.cue_class in ("refused", "asked") and is_about_names(story, speech.end):
        return _TOO_FAR
    ends_open = story.page_text[span.char_end - 1] in ",?!—–-…"
    if gap == 0 and story.page_text[span.char_end - 1].isalnum() and not speech.cue.is_far and not _is_sentence(reading, span):
        return _TOO_FAR  # the “Butch” sketch aired
    if gap <= 1:
        opens = span.first_token - 1 <= story.sentences[story.sentence_of[span.first_token]].first_token
        cost = 0.0 if ends_open else 0.9 if opens else 2.0
    elif (story.page_text[span.char_end - 1] in ".!?" and story.words[at][0].isupper()) or (
        gap > 2 and story.words[speech.start - 1] != "," and story.sentences[speech.sentence].first_token < span.first_token - 1
    ):
        return _TOO_FAR
    else:
        cost = 3.0 + 0.1 * gap
    if not speech.cue.is_direct or speech.cue.kind == "noun":
        cost += 3.0
    if not speech.cue.complements and (gap > 1 or not ends_open):
        return _TOO_FAR
    if speech.side == "shared":
        cost += 2.0
    if speech.cue.kind == "phrase":
        cost = max(cost, 2.4)
    return cost


def _is_sentence(reading: Reading, span: Span) -> bool:
    """Tell whether a span stands at the start of its sentence and is more than a name."""
    story = reading.scene.story
    number = story.sentence_of[span.first_token]
    return span.first_token - 1 <= story.sentences[number].first_token and span.end_token - span.first_token > 3


def _after_mark(story: Story, span: Span) -> int:
    """The first token after the closing mark."""
    at = span.end_token
    while at < len(story.starts) and story.starts[at] < span.mark_end:
        at += 1
    return at


def _following(reading: Reading, span: Span, number: int) -> list[Speech]:
    """The cues after a quote in its last sentence; else the one in a sentence that is nothing but its tag."""
    story = reading.scene.story
    found = [s for s in reading.by_sentence.get(number, ()) if s.start >= span.end_token]
    if found:
        return found
    at = _after_mark(story, span)
    following = number + 1
    if (
        following < len(story.sentences)
        and story.sentences[following].block_no == span.block_no
        and story.sentences[following].first_token == at
    ):
        end = story.sentences[following].end_token
        return [s for s in reading.by_sentence.get(following, ()) if s.start <= at + 1 and s.cue.is_direct and _is_tag(reading, s, end)]
    return []


def _is_tag(reading: Reading, speech: Speech, end: int) -> bool:
    """Tell whether a sentence that begins with a speaker and a cue says nothing further: "Ford said in Iowa."."""
    if end - speech.stop <= 3:
        return True
    lower = reading.scene.story.lowers[speech.stop]
    return (lower == "," or lower.endswith("ly") or reading.scene.groups.get(lower) in ("preposition", "time", "adverb")) and not any(
        reading.quoted[speech.stop : speech.stop + 4]
    )


def _signed(reading: Reading, span: Span, number: int) -> Speaker | None:
    """Who is named behind a dash after a quote, on its line or the next: "“We go.” – Gerald Ford"."""
    story = reading.scene.story
    at = _after_mark(story, span)
    if at >= len(story.words) - 1 or story.words[at] not in ("-", "–", "—") or story.sentence_of[at] - number > 1:
        return None
    end = story.sentences[story.sentence_of[at]].end_token
    while at < end and story.words[at] in ("-", "–", "—"):
        at += 1
    if end - at > 12 or at >= end:
        return None
    speaker = phrase_after(reading.scene, at, end)
    if speaker is None or speaker.kind not in ("name", "person") or not (speaker.end >= end or story.words[speaker.end] in ".,("):
        return None
    return speaker


def _before_colon(reading: Reading, span: Span, number: int) -> tuple[Speaker, bool] | None:
    """Who is named right before a colon that opens a quote ("Ford: “We will go.”"), else the subject of what stands there.

    The second value tells which: True for a name that has nothing before it in its sentence, or a dash.
    """
    story = reading.scene.story
    colon = span.first_token - 2
    low = story.sentences[number].first_token
    if colon <= low or story.words[colon] != ":":
        return None
    speaker = phrase_before(reading.scene, colon - 1, low)
    if speaker is not None and speaker.kind in ("name", "person", "document", "pronoun"):
        before = story.lowers[speaker.first - 1] if speaker.first > low else "-"
        if before in ("-", "–", "—", "from", "|") and (speaker.first == low or speaker.kind in ("name", "document")):
            return speaker, speaker.kind == "name" or speaker.end - low <= 4
    subject = clause_subject(reading.scene, number, colon)
    named = reading.scene.ending.get(colon - 1)
    if subject is not None and subject.kind == "noun" and named is not None and named.kind == "person" and named.method != "coreference":
        return describe(reading.scene, named.first_token, colon, colon), False  # The rise comes as no surprise to Ford: “…”
    return (subject, False) if subject is not None else None


def _is_split(story: Story, previous: Span, span: Span) -> bool:
    """Tell whether the first of two spans breaks off for its tag."""
    return story.page_text[previous.char_end - 1] in ",—–-" or not previous.closed


def _follows(reading: Reading, previous: Span, span: Span) -> bool:
    """Tell whether a span without a cue goes on from the one before it in its block: a sentence of its own, or in the same one."""
    story = reading.scene.story
    a, b = story.sentence_of[previous.end_token - 1], story.sentence_of[span.first_token]
    opens = story.sentences[b].first_token >= span.first_token - 1
    if b - a > 1:
        return opens and span.end_token - span.first_token > 3
    return a == b or opens


def _adjoins(reading: Reading, previous: Span, span: Span) -> bool:
    """Tell whether two spans stand in neighbouring blocks of the body, or the first runs on into the second."""
    story = reading.scene.story
    a, b = story.sentence_of[previous.end_token - 1], story.sentence_of[span.first_token]
    if b - a == 1:
        return True
    # the paragraph of the first holds nothing after it but its cue
    return all(story.sentences[k].block_no == previous.block_no for k in range(a, b)) and b - a <= 3


def _led_in(reading: Reading, number: int) -> tuple[Speaker, Speech | None] | None:
    """The speaker of the sentence before when that ends in a colon."""
    story = reading.scene.story
    if number == 0:
        return None
    sentence = story.sentences[number - 1]
    if story.words[sentence.end_token - 1] != ":":
        return None
    said = [speech for speech in reading.by_sentence.get(number - 1, ()) if speech.speaker is not None]
    if said:
        best = said[-1]
        return best.speaker, best  # type: ignore[return-value]
    subject = clause_subject(reading.scene, number - 1, sentence.end_token)
    return (subject, None) if subject is not None else None


def _speech_before(reading: Reading, number: int, block_no: int) -> Speech | None:
    """The cue of the sentence before, in the same paragraph: "Ford agreed. “We will go.”"."""
    if not number or reading.scene.story.sentences[number - 1].block_no != block_no:
        return None
    for speech in reversed(reading.by_sentence.get(number - 1, ())):
        if speech.cue.is_direct and speech.cue.kind == "verb" and speech.cue_class not in _WEAK and speech.speaker.kind in _VOICES:
            return speech
    return None


def _last_speech(reading: Reading, number: int) -> Speech | None:
    """The last cue of the paragraph before, when that paragraph is in the body."""
    story = reading.scene.story
    k = number - 1
    if k < 0:
        return None
    block = story.sentences[k].block_no
    while k >= 0 and story.sentences[k].block_no == block:
        for speech in reversed(reading.by_sentence.get(k, ())):
            if speech.speaker is not None and speech.cue.is_direct and speech.speaker.entity_id is not None:
                return speech
        k -= 1
    return None


def _goes_on(reading: Reading, span: Span, number: int) -> Speech | None:
    """The cue before a quote that only a word and a comma lead up to: "Ford said. Instead, “…”", "Adding, “…”"."""
    story = reading.scene.story
    first = story.sentences[number].first_token
    comma = span.first_token - 2
    if comma - first not in (1, 2) or story.words[comma] not in ",:" or span.end_token - span.first_token <= 3:
        return None
    lower = story.lowers[first]
    by_first = reading.scene.cues.of_language(story.language)
    gerund = any(cue.is_gerund and cue.is_direct for cue in by_first.get(lower, ()))
    if gerund or reading.scene.groups.get(lower) in ("adverb", "conjunction"):
        return _speech_before(reading, number, span.block_no)
    return None


def _is_embedded(story: Story, span: Span, number: int) -> bool:
    """Tell whether words of its sentence lead up to a span: "on “Morning Hour,” Ford said"."""
    mark = span.first_token - 1
    return mark > story.sentences[number].first_token and story.words[mark - 1] not in (",", ":")


def is_title(story: Story, span: Span) -> bool:
    """Tell whether a span is the name of a work: “Saturday Night Live”."""
    words = story.words[span.first_token : span.end_token]
    if not 0 < len(words) <= 8 or not words[0][0].isupper():
        return False
    if len(words) == 1 or (len(words) == 2 and words[1] in ",."):
        return span.first_token > 1 and story.lowers[span.first_token - 2] in ("’s", "'s")
    if words[-1] in ".?!":
        return False
    if words[-1] == ",":
        words = words[:-1]
    return (
        all(word[0].isupper() or word[0].isdigit() or word.lower() in SMALL_WORDS or not word[0].isalnum() for word in words)
        and sum(word[0].isupper() for word in words) > 1
    )
