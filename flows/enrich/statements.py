"""Statements: what somebody is said to have said, in the article's own words."""

from flows.enrich.anonymity import anonymity
from flows.enrich.content import CLAUSES, content_of
from flows.enrich.datelines import dateline_end
from flows.enrich.scene import DASHES, Speech
from flows.enrich.speech import Reading, is_about_names, read_speech
from flows.enrich.story import Entity, Mention, Quote, Statement, Story
from flows.reference.cues import CueLexicon

# Classes of cues that anything can be the subject of: a thing may say or show, but does not want or praise.
_SPOKEN = frozenset(("said", "claimed", "announced", "confirmed", "argued", "warned", "asked", "reported", "showed", "suggested"))
_SPOKEN |= frozenset(("acknowledged", "denied", "ruled"))
# … and those that take a person even with a clause.
_OF_PERSONS = frozenset(("wanted", "liked", "supported", "opposed", "described", "criticized", "praised"))
_LONGEST_CALLED = 8  # tokens of whom somebody called, with title and office
_AFTER_CALLED = frozenset(("to", "on", "after", "before", "and", "but", "late", "early", "last", "again", "twice", "today", "yesterday"))
_LEAST_WORDS = 3  # of content outside quotation marks
_REFUTING = frozenset(("denied", "rejected", "doubted"))
_REPORTS = frozenset(
    ("claims", "reports", "allegations", "accusations", "suggestions", "rumors", "rumours", "claim", "report", "allegation")
)
_REPORTS |= frozenset(("accusation", "suggestion", "rumor", "rumour", "idea", "notion", "assertion", "assertions", "possibility"))
_UNTRUE = frozenset(("untrue", "false"))
_NEGATIONS = frozenset(("not", "never", "n't", "n’t", "hardly"))


def find_statements(
    story: Story,
    mentions: list[Mention],
    entities: dict[str, Entity],
    quotes: list[Quote],
    cues: CueLexicon,
    reading: Reading | None = None,
) -> list[Statement]:
    """Find indirect speech: the span of what was said, without cue and speaker.

    A sentence that mixes reported words with quoted ones gives a statement beside its quotes; one that is all quotation
    gives none. English alone: in other languages the list is empty. ``reading`` is what ``read_speech`` made of the same story, for a caller that also wants quotes.
    """
    if story.language not in (None, "en"):
        return []
    reading = reading or read_speech(story, mentions, entities, cues)
    found: list[Statement] = []
    for number, speeches in reading.by_sentence.items():
        refuted = 0  # the token after what somebody denies, or asks
        for n, speech in enumerate(speeches):
            unsaid = _is_unsaid(reading, speech, number, refuted)
            if not unsaid and not _may_state(reading, speech):
                continue
            content = content_of(reading, speeches, n)
            if content is not None and _refutes(reading, speech, content[0]):
                refuted = max(refuted, content[1])
            if unsaid:
                continue
            if content is None:
                continue
            first, end = content
            if reading.quoted[end - 1] and end == story.sentences[number].end_token:  # the quote runs on into the next sentence
                end = max(end, _quote_end(reading, end - 1))
            first = max(first, dateline_end(story, number))
            while first < end and (story.words[first] in ",:;" or story.words[first] in DASHES):
                first += 1
            while (
                end > first
                and (story.words[end - 1] in ",:;." or story.words[end - 1] in DASHES)
                and not _abbreviates(story, end - 1, number)
            ):
                end -= 1
            if speech.cue.lemma == "call" and _is_by_telephone(reading, first, end):
                continue
            if speech.cue_class in ("refused", "asked") and is_about_names(story, first):
                continue  # who wanted no name printed did speak
            if speech.cue.lemma == "call" and _is_rung(story, first, end):
                continue
            if end <= first or (speech.cue_class != "refused" and not _says_enough(reading, first, end)):
                continue
            found.append(_statement(reading, number, speech, first, end))
    found.sort(key=lambda statement: (statement.char_start, -statement.char_end))
    return found


def _refutes(reading: Reading, speech: Speech, first: int) -> bool:
    """Tell whether the content from ``first`` is a clause that the speaker denies, or asks about ("whether the army had left")."""
    lowers = reading.scene.story.lowers
    if lowers[first] == "whether" or (lowers[first] == "if" and speech.cue_class in ("asked", "refused", "doubted")):
        return True
    if speech.cue_class not in _REFUTING or speech.negated or first < speech.end:
        return False
    if lowers[first - 1] == "that":
        return first - 1 == speech.end or lowers[first - 2] in _REPORTS
    return reading.scene.groups.get(lowers[first]) == "subject" or _opens_clause(reading, first)


def _opens_clause(reading: Reading, first: int) -> bool:
    """Tell whether a name at ``first`` is the subject of a verb with its helping verb: "denied Ford had asked"."""
    mention = reading.scene.starting.get(first)
    at = mention.end_token if mention is not None else first
    return mention is not None and reading.scene.groups.get(reading.scene.story.lowers[at]) == "auxiliary"


def _is_unsaid(reading: Reading, speech: Speech, number: int, refuted: int) -> bool:
    """Tell whether a cue lies in what is denied or asked: "denied that Ford had asked", "asked if Ford had said", "not true that"."""
    story = reading.scene.story
    lowers, start, low = story.lowers, speech.start, story.sentences[number].first_token
    before = lowers[start - 1] if start > low else ""
    if speech.first < refuted and before not in (",", "as", "and", "but") and speech.side != "after":
        return True
    if before == "whether" or (before == "if" and lowers[start - 2 : start - 1] in (["asked"], ["asking"], ["asks"], ["wondered"])):
        return True
    if before != "that" or start - 2 <= low:
        return False
    word = lowers[start - 2]
    return word in _UNTRUE or (word == "true" and not _NEGATIONS.isdisjoint(lowers[max(low, start - 5) : start - 2]))


def _is_by_telephone(reading: Reading, first: int, end: int) -> bool:
    """Tell whether somebody is called and not called something: "called Ford on Monday", no "called Ford a liar"."""
    scene = reading.scene
    lowers = scene.story.lowers
    for at in range(first, min(end, first + _LONGEST_CALLED)):
        noun = scene.cues.nouns.get(lowers[at])
        if (mention := scene.starting.get(at)) is not None and mention.kind in ("person", "country"):
            after = mention.end_token
            if mention.kind == "country" and after < end and scene.story.words[after][0].isupper():
                continue  # U.S. President Ford
        elif mention is None and noun is not None and noun.kind == "person" and at + 1 not in scene.starting:
            after = at + 1
        else:
            continue
        return after >= end or lowers[after] in _AFTER_CALLED or scene.groups.get(lowers[after]) in ("preposition", "time")
    return False


def _is_rung(story: Story, first: int, end: int) -> bool:
    """Tell whether "called" has for content only one who is rung up, and when or why: "U.S. President Ford on Monday"."""
    while first < end and (story.words[first] != story.lowers[first] or story.words[first] == "."):
        first += 1
    return first >= end or story.lowers[first] in ("on", "to", "after", "before", "about", "again")


def _quote_end(reading: Reading, inside: int) -> int:
    """The token after the closing mark of the quote that holds a token."""
    story, span = reading.scene.story, reading.spans[reading.quoted[inside] - 1]
    end = span.end_token
    while span.closed and end < len(story.starts) and story.starts[end] < span.mark_end:
        end += 1
    return end


def _says_enough(reading: Reading, first: int, end: int) -> bool:
    """Tell whether a few words of the content stand outside quotation marks."""
    words, quoted = reading.scene.story.words, reading.quoted
    left = _LEAST_WORDS - (reading.scene.groups.get(reading.scene.story.lowers[first]) == "subject")  # said he wept
    for k in range(first, end):
        if not quoted[k] and words[k][0].isalnum():
            left -= 1
            if not left:
                return True
    return False


def _may_state(reading: Reading, speech: Speech) -> bool:
    """Tell whether the speaker is one who can hold what the cue says: a thing may say, but does not want or praise."""
    speaker = speech.speaker
    lower = reading.scene.story.lowers[speaker.first]
    if speaker.kind == "pronoun":
        if lower == "you":
            return False
        if lower in ("i", "we"):
            return speech.cue.cue_class in _SPOKEN
        return lower != "it" or speaker.entity_id is not None or speech.cue.cue_class in _SPOKEN
    if speech.cue.kind == "noun":
        return True
    if speaker.kind == "noun" and speech.cue.cue_class not in _SPOKEN:
        return bool(speech.cue.complements & CLAUSES) and speech.cue.cue_class not in _OF_PERSONS
    return True


def _statement(reading: Reading, number: int, speech: Speech, first: int, end: int) -> Statement:
    story = reading.scene.story
    speaker = speech.speaker
    sentence = story.sentences[number]
    return Statement(
        block_no=sentence.block_no,
        char_start=story.starts[first],
        char_end=story.ends[end - 1],
        sentence_no=sentence.sentence_no,
        speaker_id=speaker.entity_id,
        speaker_text=story.text(speaker.first, speaker.end),
        cue=story.text(speech.printed_first, speech.end),
        cue_class=speech.cue_class,
        anonymity=anonymity(reading.scene, speaker, reading.by_sentence),
    )


def _abbreviates(story: Story, at: int, number: int) -> bool:
    return story.words[at] == "." and at < story.sentences[number].end_token - 1
