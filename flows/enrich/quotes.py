"""Quotes: each quoted span with its speaker, cue, kind and the outlets through which it was reported."""

from flows.enrich.anonymity import anonymity
from flows.enrich.attribution import SMALL_WORDS, Attribution, attribute, is_title
from flows.enrich.interview import find_turns
from flows.enrich.quotation_marks import Span
from flows.enrich.scene import Speaker, Speech
from flows.enrich.sources import SourceUse, find_source_uses
from flows.enrich.speech import Reading, read_speech
from flows.enrich.speech_wide import WIDE, has_case, quotes_beside_letters
from flows.enrich.story import Entity, Mention, Quote, Story
from flows.enrich.subjects import clause_subject
from flows.reference.cues import CueLexicon

_HEADS = frozenset(("headline", "deck", "subhead"))
_SAME_WORDS = 0.8  # share of a headline's quoted words that the body's quote must hold
_LONGEST_TERM = 6  # tokens of a quoted term or title without a speaker


def find_quotes(
    story: Story, mentions: list[Mention], entities: dict[str, Entity], cues: CueLexicon, reading: Reading | None = None
) -> list[Quote]:
    """Find what stands between quotation marks and who said it, in the order of the text.

    ``reading`` is what ``read_speech`` made of the same story, for a caller that also wants statements.
    """
    reading = reading or read_speech(story, mentions, entities, cues)
    turns = find_turns(reading)
    if not reading.spans:
        return turns
    if story.language in WIDE:
        return quotes_beside_letters(reading)
    uses = find_source_uses(reading)
    found: list[Quote] = []
    speakers: list[Attribution] = []
    for n, span in enumerate(reading.spans):
        speaker, speech, continues = attribute(reading, n, span, speakers)
        speakers.append((speaker, speech))
        quote = _quote(reading, span, speaker, speech, continues, uses)
        if continues is not None and found[continues - 1].kind == "direct":
            quote = quote._replace(kind="direct")
        found.append(quote)
    found = _headlines(reading, found)
    return _with_turns(found, turns) if turns else found


def _with_turns(found: list[Quote], turns: list[Quote]) -> list[Quote]:
    """The quotes outside the turns of an interview, and the turns, in the order of the text; what is quoted inside one is part of it."""
    taken = {turn.block_no for turn in turns}
    outside = [(n, quote) for n, quote in enumerate(found, 1) if quote.block_no not in taken]
    merged = sorted([*outside, *((0, turn) for turn in turns)], key=lambda one: one[1].char_start)
    number = {n: at for at, (n, _) in enumerate(merged, 1) if n}
    return [quote._replace(continues=number.get(quote.continues or 0)) for _, quote in merged]


def _quote(
    reading: Reading, span: Span, speaker: Speaker | None, speech: Speech | None, continues: int | None, uses: list[SourceUse]
) -> Quote:
    story = reading.scene.story
    number = story.sentence_of[span.first_token]
    cue = None
    if speech is not None:
        cue = story.text(speech.printed_first, speech.end)
    elif speaker is not None and story.words[span.first_token - 2] == ":":
        cue = ":"
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
        cue_class=speech.cue_class if speech else "said" if cue else None,
        continues=continues,
        sources=_sources(story, span, speaker, uses) if speaker and uses else (),
        anonymity=anonymity(reading.scene, speaker, reading.by_sentence) if speaker else None,
    )


def _sources(story: Story, span: Span, speaker: Speaker, uses: list[SourceUse]) -> tuple[str, ...]:
    """The outlets that the quote's own sentence names as where the words were reported, told or posted."""
    low, high = story.sentence_of[span.first_token], story.sentence_of[span.end_token - 1]
    return tuple(dict.fromkeys(use.entity_id for use in uses if low <= use.sentence <= high and use.entity_id != speaker.entity_id))


def _kind(story: Story, span: Span, spoken: bool) -> str:
    """Whole sentences are direct, fragments partial; a term that nobody is said to have used is a scare quote."""
    mark = span.first_token - 1
    if not has_case(story.words[span.first_token]):
        return _kind_without_capitals(story, span, spoken)
    if not spoken and (span.end_token - span.first_token <= _LONGEST_TERM or is_title(story, span)):
        return "scare"
    if story.words[span.first_token][0].isupper():
        leads = mark <= story.sentences[story.sentence_of[span.first_token]].first_token or story.words[mark - 1] in ":,"
        if leads or span.end_token - span.first_token > 3 or story.words[span.end_token - 1] in ",.?!…":
            return "direct"
    return "partial"


def _kind_without_capitals(story: Story, span: Span, spoken: bool) -> str:
    """The kind where no capital tells a sentence (Arabic, Hebrew): by the colon or comma before it, its end and its length."""
    mark = span.first_token - 1
    opens = mark <= story.sentences[story.sentence_of[span.first_token]].first_token
    led_in = not opens and story.words[mark - 1] in ":："
    ends = story.words[span.end_token - 1] in ",.?!…،؟"
    length = span.end_token - span.first_token
    if not (spoken or led_in or ends) and length <= _LONGEST_TERM:
        return "scare"
    if led_in or ends or (spoken and (opens or story.words[mark - 1] in ",،") and length > 1):
        return "direct"
    return "partial"


def _headlines(reading: Reading, found: list[Quote]) -> list[Quote]:
    """Give a headline's quote the speaker of the same words in the body, else the headline's subject when that has a name."""
    story = reading.scene.story
    out: list[Quote] = []
    for quote, span in zip(found, reading.spans, strict=True):
        own = _content_words(story, quote) if span.role in _HEADS else None
        if own:
            match = next((other for other in found if _repeats(story, own, other)), None)
            if match is not None:
                quote = quote._replace(
                    speaker_id=match.speaker_id,
                    speaker_text=quote.speaker_text or match.speaker_text,
                    speaker_office=quote.speaker_office or match.speaker_office,
                    kind="partial" if quote.kind == "scare" else quote.kind,
                )
            elif quote.speaker_text is None and len(own) > 1 and not is_title(story, span):
                subject = clause_subject(reading.scene, quote.sentence_no - 1, span.first_token)
                if subject is not None and subject.entity_id is not None and not subject.entity_id.startswith("place/"):
                    quote = quote._replace(
                        speaker_id=subject.entity_id,
                        speaker_text=story.text(subject.first, subject.end),
                        speaker_office=subject.office,
                        kind="partial" if quote.kind == "scare" else quote.kind,
                    )
        out.append(quote)
    return out


def _repeats(story: Story, own: set[str], other: Quote) -> bool:
    """Tell whether a quote of the body, with a known speaker, holds a headline's words."""
    if other.speaker_id is None or story.sentences[other.sentence_no - 1].role in _HEADS:
        return False
    return len(own & _content_words(story, other)) >= _SAME_WORDS * len(own)


def _content_words(story: Story, quote: Quote) -> set[str]:
    low, high = story.token_at(quote.char_start), story.token_at(quote.char_end - 1) + 1
    return {word for word in story.lowers[low:high] if word[0].isalnum() and word not in SMALL_WORDS}
