"""Tone toward a target: who speaks or acts how of whom, from events between them and from what stands in their words."""

from bisect import bisect_left
from typing import NamedTuple

from flows.enrich.story import Event, Mention, Quote, Statement, Story
from flows.reference.events import EventLexicon
from flows.reference.topics import ToneLexicon

BEFORE, AFTER = 3, 8  # words before and after a target's name that may speak of it
LEAST = 0.3  # a tone nearer to zero is none
LEAST_OF_EVENTS = 0.4  # a pledge or a demand alone is none
TARGETS = frozenset(("person", "country", "organization", "accord"))
_BOUNDS = frozenset((";", ":", "—", "–", "but", "while", "though", "although", "because", "if", "when", "who", "which", "and"))
_LINKS = frozenset(("is", "are", "was", "were", "seems", "looks", "remains", "isn", "wasn"))
# Whose word of tone before a name is the speaker's own: "we admire Kohl", "to defend Kohl", "the corrupt Kohl".
_OWN = frozenset(("i", "we", "he", "she", "they", "to"))
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "such", "our", "my", "no"))
_OWNERS = frozenset(("his", "her", "their", "its", "my", "our", "your"))
# What may follow a name that is the object of a verb and no part of a longer name: "we admire Kohl for".
_AFTER = frozenset(
    (
        "and",
        "or",
        "in",
        "on",
        "for",
        "to",
        "as",
        "at",
        "with",
        "by",
        "from",
        "because",
        "but",
        "is",
        "was",
        "has",
        "had",
        "who",
        "today",
        "must",
        "will",
        "would",
        "can",
    )
)
_OUTCOMES = frozenset(
    ("win", "wins", "won", "winning", "victory", "lose", "loses", "lost", "losing", "defeat", "beat", "god", "like")
)  # no verdicts
# Words between a word of tone and a name that part the two.
_BREAKS = frozenset(
    ("of", "in", "at", "from", "to", "with", "on", "by", "into", "for", "than", "or", "and", "like", "as", "against", "between")
)
_BREAKS |= _BOUNDS | frozenset(("if", "whether", "that", "which", "who", "near", "about", "over", "after", "before", "not"))
_LEFT_OUT = frozenset(("without", "except"))  # no peace without Kohl: the words speak of the peace


class Stance(NamedTuple):
    """How a holder speaks of or treats a target: ``polarity`` from −1 to 1; the span is the trigger, or the target's name.

    One of ``event_no``, ``quote_no`` and ``statement_no`` tells what it follows from.
    """

    holder_id: str
    target_id: str
    polarity: float
    block_no: int
    char_start: int
    char_end: int
    sentence_no: int
    event_no: int | None = None
    quote_no: int | None = None
    statement_no: int | None = None


def find_stances(
    story: Story, mentions: list[Mention], events: list[Event], quotes: list[Quote], statements: list[Statement], lexicon: EventLexicon
) -> list[Stance]:
    """Stances of an article, in order: of actors toward recipients, and of speakers toward whom they name.

    Denied, possible and planned events tell of none. A name in a speaker's words takes the strongest tone of what is said
    of it in its clause, negation heeded (English alone); one of which nothing is said in words of tone has no row. What a
    quote holds is not told again by the statement around it.
    """
    found: list[Stance] = []
    for number, event in enumerate(events, 1):
        polarity = lexicon.kinds[event.kind].stance if event.kind in lexicon.kinds else None
        if polarity is None or abs(polarity) < LEAST_OF_EVENTS or event.status not in ("happened", "ongoing") or len(event.parties) < 2:
            continue
        holders = [one for one, role, _ in event.parties if role == "actor"]
        targets = [one for one, role, _ in event.parties if role == "recipient"]
        found += [
            Stance(holder, target, polarity, event.block_no, event.char_start, event.char_end, event.sentence_no, event_no=number)
            for holder in holders
            for target in targets
            if holder != target
        ]
    words = lexicon.tone.get("en") if story.language in (None, "en") else None
    if words is not None and (quotes or statements):
        found += _of_words(story, mentions, quotes, statements, words)
    return sorted(found, key=lambda one: (one.char_start, one.holder_id, one.target_id))


def _of_words(story: Story, mentions: list[Mention], quotes: list[Quote], statements: list[Statement], words: ToneLexicon) -> list[Stance]:
    named = sorted((m for m in mentions if m.kind in TARGETS), key=lambda m: m.char_start)
    starts = [m.char_start for m in named]
    best: dict[tuple[str, int, str], Stance] = {}
    told: set[tuple[str, int]] = set()
    spoken: list[tuple[Quote | Statement, int]] = [(quote, n) for n, quote in enumerate(quotes, 1) if quote.kind != "scare"]
    for said, number in [*spoken, *((statement, n) for n, statement in enumerate(statements, 1))]:
        if said.speaker_id is None:
            continue
        is_quote = isinstance(said, Quote)
        for mention in named[bisect_left(starts, said.char_start) : bisect_left(starts, said.char_end)]:
            if mention.entity_id == said.speaker_id or mention.char_end > said.char_end:
                continue
            if not is_quote and (said.speaker_id, mention.char_start) in told:
                continue
            if is_quote:
                told.add((said.speaker_id, mention.char_start))
            polarity = _tone_at(story, mention, said, words)
            if abs(polarity) < LEAST:
                continue
            key = ("quote" if is_quote else "statement", number, mention.entity_id)
            if key not in best or abs(best[key].polarity) < abs(polarity):
                best[key] = Stance(
                    said.speaker_id, mention.entity_id, polarity, mention.block_no, mention.char_start, mention.char_end,
                    mention.sentence_no, quote_no=number if is_quote else None, statement_no=None if is_quote else number,
                )  # fmt: skip
    return list(best.values())


def _tone_at(story: Story, mention: Mention, said: Quote | Statement, words: ToneLexicon) -> float:
    """The tone of what a speaker's words say of a name: "the corrupt Kohl", "Kohl is no fool", "we admire Kohl"."""
    lowers, first, end = story.lowers, mention.first_token, mention.end_token
    if not _LEFT_OUT.isdisjoint(lowers[max(0, first - 2) : first]):
        return 0.0
    sentence = story.sentences[mention.sentence_no - 1]
    low, high = max(sentence.first_token, first - BEFORE), min(sentence.end_token, end + AFTER)
    while low < first and story.starts[low] < said.char_start:
        low += 1
    while high > end and story.ends[high - 1] > said.char_end:
        high -= 1
    low = max((k + 1 for k in range(low, first) if not lowers[k][0].isalpha() or lowers[k] in _BREAKS), default=low)
    high = next((k for k in range(end, high) if lowers[k] in _BOUNDS or lowers[k] in ",.()"), high)
    follows = lowers[end] if end < len(lowers) else "."
    before = 0.0
    if lowers[end - 1] not in _OWNERS and (not follows[0].isalpha() or follows in _AFTER):
        before = _strongest(lowers, low, first, words)
        start = story.token_at(said.char_start)
        at = next((k for k in range(low, first) if lowers[k] in words.valence), first)
        own = at == start or lowers[at - 1] in _ARTICLES or not _OWN.isdisjoint(lowers[max(start, at - 4) : at])
        before = before if own else 0.0
    if end < high and follows in _LINKS:  # Kohl is
        after = _strongest(lowers, end, high, words)
        return after if abs(after) >= abs(before) else before
    return before


def _strongest(lowers: list[str], low: int, high: int, words: ToneLexicon) -> float:
    """The strongest tone of some words, turned where a negation stands at most three words before."""
    best = 0.0
    for at in range(low, high):
        value = words.valence.get(lowers[at])
        if value is None or lowers[at] in _OUTCOMES:
            continue
        if not words.negations.isdisjoint(lowers[max(0, at - 3) : at]):
            value *= -0.7
        if abs(value) > abs(best):
            best = value
    return round(best, 4)
