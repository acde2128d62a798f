"""Quotes: each quoted span with its speaker, cue, kind and the outlets through which it was reported."""

from flows.enrich.quotation_marks import Span
from flows.enrich.sources import SourceUse, find_source_uses
from flows.enrich.speakers import Speaker
from flows.enrich.speech import Reading, Speech, clause_subject, read_speech
from flows.enrich.story import Entity, Mention, Quote, Story
from flows.reference.cues import CueLexicon

_IDLE = frozenset("the a an of to and in on for is was are at by with that it this as".split())


def find_quotes(
    story: Story, mentions: list[Mention], entities: dict[str, Entity], cues: CueLexicon, reading: Reading | None = None
) -> list[Quote]:
    """Find what stands between quotation marks and who said it, in the order of the text.

    ``reading`` is what ``read_speech`` made of the same story, for a caller that also wants statements.
    """
    reading = reading or read_speech(story, mentions, entities, cues)
    if not reading.spans:
        return []
    uses = find_source_uses(reading)
    found: list[Quote] = []
    speakers: list[tuple[Speaker | None, Speech | None]] = []
    for n, span in enumerate(reading.spans):
        speaker, speech, continues = _attribute(reading, n, span, speakers, found)
        speakers.append((speaker, speech))
        found.append(_quote(reading, span, speaker, speech, continues, uses))
    return _headlines(story, found)


def _quote(
    reading: Reading, span: Span, speaker: Speaker | None, speech: Speech | None, continues: int | None, uses: list[SourceUse]
) -> Quote:
    story = reading.scene.story
    number = story.sentence_of[span.first_token]
    cue = None
    if speech is not None:
        cue = story.text(speech.group_first if speech.negated else speech.first, speech.end)
    return Quote(
        kind=_kind(story, span, speaker is not None),
        block_no=span.block_no,
        char_start=span.char_start,
        char_end=span.char_end,
        sentence_no=number + 1,
        speaker_id=speaker.entity_id if speaker else None,
        speaker_text=story.text(speaker.first, speaker.end) if speaker else None,
        speaker_office=speaker.office if speaker else None,
        cue=cue,
        cue_class=(speech.cue.negated_class if speech.negated and speech.cue.negated_class else speech.cue.cue_class) if speech else None,
        continues=continues,
        sources=_sources(story, span, speaker, uses) if speaker and uses else (),
    )


def _sources(story: Story, span: Span, speaker: Speaker, uses: list[SourceUse]) -> tuple[str, ...]:
    """The outlets that the quote's own sentence names as where the words were reported, told or posted."""
    low, high = story.sentence_of[span.first_token], story.sentence_of[span.end_token - 1]
    return tuple(dict.fromkeys(use.entity_id for use in uses if low <= use.sentence <= high and use.entity_id != speaker.entity_id))


def _kind(story: Story, span: Span, spoken: bool) -> str:
    if not spoken:
        return "scare"
    first = story.words[span.first_token]
    if first[0].isupper() and (span.end_token - span.first_token > 3 or story.words[span.end_token - 1] in ",.?!…"):
        return "direct"
    return "partial"


def _attribute(
    reading: Reading, n: int, span: Span, speakers: list[tuple[Speaker | None, Speech | None]], found: list[Quote]
) -> tuple[Speaker | None, Speech | None, int | None]:
    """The speaker and cue of one span, and the number of the quote that it goes on from."""
    story = reading.scene.story
    first_sentence = story.sentence_of[span.first_token]
    last_sentence = story.sentence_of[max(span.first_token, span.end_token - 1)]
    previous = reading.spans[n - 1] if n else None
    title = _is_title(story, span)
    # after the quote
    after = _after(reading, span, last_sentence)
    before = _before(reading, span, first_sentence)
    near_before = before is not None and _is_near(reading, before, span)
    ends_open = story.page_text[span.char_end - 1] in ",?!—-…"
    if title and not (near_before and before and before.cue.lemma in ("say", "call", "describe")):
        return None, None, None
    if after is not None and after.cue.is_direct and (ends_open or not near_before) and not (before is not None and after.cue.kind == "phrase"):
        joined = _joins(reading, n, span, speakers)
        return after.speaker, after, joined if joined and speakers[joined - 1][0] == after.speaker else None
    if before is not None:
        joined = n if previous is not None and speakers[n - 1][1] is before and speakers[n - 1][0] is not None else None
        return before.speaker, before, joined
    if after is not None:
        return after.speaker, after, None
    far = _far_after(reading, span, last_sentence)
    if far is not None:
        return far.speaker, far, None
    # split: “…,” he said, “…” and “…,” he said. “…”
    if previous is not None and previous.block_no == span.block_no and speakers[n - 1][0] is not None and _follows(reading, previous, span):
        return speakers[n - 1][0], speakers[n - 1][1], n
    opens_sentence = story.sentences[first_sentence].first_token >= span.first_token - 1
    if opens_sentence and span.end_token - span.first_token > 3:
        led = _led_in(reading, span, first_sentence)
        if led is not None:
            return led[0], led[1], None
        if previous is not None and speakers[n - 1][0] is not None and span.opens and _adjoins(reading, previous, span):
            return speakers[n - 1][0], speakers[n - 1][1], n
        if span.opens and (said := _last_speech(reading, first_sentence)) is not None:
            return said.speaker, said, None
    return None, None, None


def _after(reading: Reading, span: Span, number: int) -> Speech | None:
    """The cue that follows the closing mark at once: ”, he said."""
    story = reading.scene.story
    at = story.token_at(max(span.mark_end - 1, span.char_end)) + 1
    for speech in reading.by_sentence.get(number, ()):
        if speech.start >= span.end_token and speech.start - at <= 1 and speech.speaker is not None:
            return speech
    # “….” Ford said. – the cue in the next sentence of the block
    following = number + 1
    if following < len(story.sentences) and story.sentences[following].block_no == span.block_no and story.sentences[following].first_token == at:
        for speech in reading.by_sentence.get(following, ()):
            if speech.start <= at + 1 and speech.cue.is_direct and story.sentences[following].end_token - speech.stop <= 3 and speech.speaker is not None:
                return speech
    return None


def _far_after(reading: Reading, span: Span, number: int) -> Speech | None:
    for speech in reading.by_sentence.get(number, ()):
        if speech.start >= span.end_token and speech.speaker is not None and (speech.cue.is_direct or speech.cue.kind == "phrase"):
            return speech
    return None


def _before(reading: Reading, span: Span, number: int) -> Speech | None:
    """The last cue before the opening mark in the same sentence."""
    best = None
    for speech in reading.by_sentence.get(number, ()):
        if speech.stop <= span.first_token and speech.speaker is not None:
            best = speech
    return best


def _is_near(reading: Reading, speech: Speech, span: Span) -> bool:
    story = reading.scene.story
    return all(story.lowers[k] in (":", ",", "that", "“", '"', "‘", "'", "as", "it", "him", "her", "them", "a", "the", "of") for k in range(speech.stop, span.first_token))


def _joins(reading: Reading, n: int, span: Span, speakers: list[tuple[Speaker | None, Speech | None]]) -> int | None:
    if n and reading.spans[n - 1].block_no == span.block_no and speakers[n - 1][0] is not None:
        return n
    return None


def _follows(reading: Reading, previous: Span, span: Span) -> bool:
    """Tell whether between two spans of a block stands nothing but the cue and speaker of the first."""
    story = reading.scene.story
    a, b = story.sentence_of[previous.end_token - 1], story.sentence_of[span.first_token]
    if b - a > 1:
        return False
    opens = story.sentences[b].first_token >= span.first_token - 1
    return a == b or opens


def _adjoins(reading: Reading, previous: Span, span: Span) -> bool:
    """Tell whether two spans stand in neighbouring blocks of the body, or the first runs on into the second."""
    story = reading.scene.story
    a, b = story.sentence_of[previous.end_token - 1], story.sentence_of[span.first_token]
    if b - a == 1:
        return True
    # the paragraph of the first holds nothing after it but its cue
    return all(story.sentences[k].block_no == previous.block_no for k in range(a, b)) and b - a <= 3


def _led_in(reading: Reading, span: Span, number: int) -> tuple[Speaker, Speech | None] | None:
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


def _is_title(story: Story, span: Span) -> bool:
    """Tell whether a span is the name of a work: “Saturday Night Live”."""
    words = story.words[span.first_token : span.end_token]
    if not 1 < len(words) <= 8 or not story.words[span.first_token][0].isupper():
        return False
    if words[-1] in ".?!":
        return False
    if words[-1] == ",":
        words = words[:-1]
    return all(word[0].isupper() or word[0].isdigit() or word.lower() in _IDLE or not word[0].isalnum() for word in words) and sum(word[0].isupper() for word in words) > 1


def _headlines(story: Story, found: list[Quote]) -> list[Quote]:
    """Give a headline's quote the speaker of the same words in the body, else the headline's subject."""
    roles = {sentence.sentence_no: sentence.role for sentence in story.sentences}
    out: list[Quote] = []
    for quote in found:
        if roles[quote.sentence_no] not in ("headline", "deck", "subhead"):
            out.append(quote)
            continue
        own = _content_words(story, quote)
        match = None
        for other in found:
            if roles[other.sentence_no] not in ("body", "caption") or other.speaker_text is None or not own:
                continue
            if len(own & _content_words(story, other)) >= 0.8 * len(own):
                match = other
                break
        if match is not None and match.speaker_id is not None:
            quote = quote._replace(
                speaker_id=match.speaker_id,
                speaker_text=quote.speaker_text or match.speaker_text,
                speaker_office=quote.speaker_office or match.speaker_office,
                kind="partial" if quote.kind == "scare" else quote.kind,
            )
        out.append(quote)
    return out


def _content_words(story: Story, quote: Quote) -> set[str]:
    low, high = story.token_at(quote.char_start), story.token_at(quote.char_end - 1) + 1
    return {word for word in story.lowers[low:high] if word[0].isalnum() and word not in _IDLE}
