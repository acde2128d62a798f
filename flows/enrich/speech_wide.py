"""Quotes in languages written without spaces: a token there is a run of letters, so cue and speaker are looked for in the letters."""

import re
from functools import lru_cache

from flows.enrich.quotation_marks import Span
from flows.enrich.speech import Reading
from flows.enrich.story import Mention, Quote, Story
from flows.reference.cues import Cue, CueLexicon

WIDE = frozenset(("zh", "ja"))
_CLAUSE = re.compile(r"[。！？；\n”」』]")  # what ends the clause before a quote
_TOPIC = re.compile(r"^[^はがも、。]{1,24}(?=(?:は|が|も))")  # 首相は
_LONGEST_NAME = 16  # letters of a speaker that no mention names
_LONGEST_TERM = 12  # letters of a quoted term
_VOICES = ("person", "organization", "country")


def has_case(word: str) -> bool:
    """Tell whether a word is of a script with capitals, or no word at all."""
    return not word[0].isalpha() or word[0].upper() != word[0].lower()


def quotes_beside_letters(reading: Reading) -> list[Quote]:
    """Each quoted span with the speaker before it or after it, as its language orders them: "王毅说：“…”", "首相は「…」と述べた"."""
    story, scene = reading.scene.story, reading.scene
    before, after, cues = _patterns(scene.cues, story.language or "")
    mentions = sorted({m.char_start: m for m in scene.ending.values()}.values(), key=lambda m: m.char_start)
    found: list[Quote] = []
    for n, span in enumerate(reading.spans):
        low = story.sentences[story.sentence_of[span.first_token]]
        block_start = next(s.char_start for s in story.sentences if s.block_no == span.block_no)
        lead = story.page_text[block_start : span.mark_start]
        cut = [match.end() for match in _CLAUSE.finditer(lead)]
        start = block_start + (cut[-1] if cut else 0)
        lead = story.page_text[start : span.mark_start]
        tail = story.page_text[span.mark_end : span.mark_end + 60]
        cue, who = None, None
        if story.language == "ja":
            if (hit := after.match(tail)) is not None:
                cue = hit.group("cue")
                who = _topic(story, mentions, start, lead)
        elif (hit := before.search(lead)) is not None:
            cue = hit.group("cue")
            who = _speaker(story, mentions, start, start + hit.start("cue"))
        elif (hit := after.match(tail)) is not None:
            cue = hit.group("cue")
            who = _speaker(story, mentions, span.mark_end + hit.start("who"), span.mark_end + hit.start("cue"))
        continues = None
        if cue is None and found and found[-1].speaker_text and _adjoins(story, reading.spans[n - 1], span):
            who, continues = (found[-1].speaker_id, found[-1].speaker_text), n
        found.append(
            Quote(
                kind=_kind(story, span, spoken=who is not None, led_in=lead.endswith(("：", ":"))),
                block_no=span.block_no,
                char_start=span.char_start,
                char_end=span.char_end,
                sentence_no=low.sentence_no,
                speaker_id=who[0] if who else None,
                speaker_text=who[1] if who else None,
                cue=cue if who else None,
                cue_class=cues[cue].cue_class if who and cue else None,
                continues=continues,
            )
        )
    return found


@lru_cache(maxsize=4)
def _forms(items: tuple[tuple[str, Cue], ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    forms = "|".join(sorted((re.escape(form) for form, _ in items), key=len, reverse=True))
    return (
        re.compile(rf"(?P<cue>{forms})(?:道|了|过)?[：:，,]?\s*$"),
        re.compile(rf"^[，,]?(?P<who>[^，。！？：；“”「」\n]{{0,{_LONGEST_NAME}}}?)(?P<cue>{forms})"),
    )


def _patterns(lexicon: CueLexicon, language: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Cue]]:
    cues = {form: found[0] for form, found in lexicon.of_language(language).items()}
    before, after = _forms(tuple(sorted(cues.items())))
    return before, after, cues


def _speaker(story: Story, mentions: list[Mention], start: int, end: int) -> tuple[str | None, str] | None:
    """The last person named between two offsets, else the last body or country, else the words there when they are few."""
    inside = [m for m in mentions if start <= m.char_start and m.char_end <= end and m.kind in _VOICES]
    inside.sort(key=lambda m: (m.kind == "person", m.char_start))
    if inside:
        return inside[-1].entity_id, story.page_text[inside[-1].char_start : inside[-1].char_end]
    words = re.split(r"[，,、]", story.page_text[start:end])[-1].strip()
    return (None, words) if 0 < len(words) <= _LONGEST_NAME else None


def _topic(story: Story, mentions: list[Mention], start: int, lead: str) -> tuple[str | None, str] | None:
    """The topic that opens a Japanese clause, by the name in it where there is one."""
    lead_start = start + len(lead) - len(lead.lstrip())
    hit = _TOPIC.match(lead.lstrip())
    if hit is None:
        return None
    end = lead_start + hit.end()
    inside = [m for m in mentions if lead_start <= m.char_start and m.char_end <= end and m.kind in _VOICES]
    person = next((m for m in inside if m.kind == "person"), None)
    return person.entity_id if person else None, story.page_text[lead_start:end]


def _adjoins(story: Story, previous: Span, span: Span) -> bool:
    """Tell whether a quote opens the paragraph after the last one's."""
    return span.opens and story.sentence_of[span.first_token] - story.sentence_of[previous.end_token - 1] == 1


def _kind(story: Story, span: Span, *, spoken: bool, led_in: bool) -> str:
    text = story.page_text[span.char_start : span.char_end]
    if text.endswith(("。", "！", "？", "，", "…")) or "。" in text or led_in:
        return "direct"
    if not spoken:
        return "scare" if len(text) <= _LONGEST_TERM else "partial"
    return "direct" if len(text) > _LONGEST_TERM else "partial"
