"""What the offices printed before names say of an article's day: it lies within one of the terms."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from flows.enrich.dates_line import Found
from flows.enrich.story import Mention, Story
from flows.reference.dates import DateWords
from flows.reference.model import Office
from flows.reference.terms import Terms, terms_of

Interval = tuple[dt.date, dt.date]


class Bounds(NamedTuple):
    """The first and last day on which everyone held the office that the text gives them; ``reason`` in words."""

    earliest: dt.date | None
    latest: dt.date | None
    reason: str


class Held(NamedTuple):
    """An office as printed before a name, and the terms that it can mean."""

    text: str
    terms: tuple[Interval, ...]
    in_lead: bool = False


def office_bounds(
    story: Story, mentions: Iterable[Mention], found: list[Found], offices: Iterable[Office], lang: DateWords, newest: dt.date | None
) -> Bounds | None:
    """Bounds from the persons printed with a present office, those terms left out that ended before ``newest``.

    Where no day fits all of them, some are spoken of as they were: then only the earliest bound is kept, the latest of the
    days from which each can be called so. The end of a term bounds only an article that tells news: one that names the
    office in its lead and counts from its own day ("on Tuesday", "last month").
    """
    held = titled(story, list(mentions), found, terms_of(offices), lang)
    if not held:
        return None
    fitting = [(term, one) for one in held for term in one.terms]
    spans = held[0].terms
    for one in held[1:]:
        spans = tuple((max(a, c), min(b, d)) for a, b in spans for c, d in one.terms if max(a, c) <= min(b, d))
    if newest:
        spans = tuple(span for span in spans if span[1] >= newest)
    if spans:
        earliest = min(span[0] for span in spans)
        latest = max(span[1] for span in spans)
        start = max(earliest, newest) if newest else earliest
        deciding = next((one for term, one in fitting if term[0] == earliest), held[0])
        since = f"“{deciding.text}” (in office since {earliest:%-d %B %Y})" if earliest > dt.date.min else f"“{deciding.text}”"
        is_news = any(one.in_lead for one in held) and any(one.form in ("weekday", "shift") for one in found)
        return Bounds(start if start > dt.date.min else None, latest if is_news and latest < dt.date.max else None, since)
    firsts = []
    for one in held:
        usable = [term[0] for term in one.terms if newest is None or term[1] >= newest] or [term[0] for term in one.terms]
        firsts.append((min(usable), one))
    earliest, deciding = max(firsts, key=lambda pair: pair[0])
    if earliest <= dt.date.min:
        return None
    return Bounds(earliest, None, f"“{deciding.text}” (in office since {earliest:%-d %B %Y})")


_RULE_WORDS = frozenset(("under", "during", "since", "beneath"))


def titled(story: Story, mentions: list[Mention], found: list[Found], terms: Terms, lang: DateWords) -> list[Held]:
    """The persons of a story who are printed with an office, each office once.

    One that is named in a sentence with a year, or after "under", may be spoken of as of that time: it could be called so
    from the start of a term on, without end.
    """
    out: dict[str, Held] = {}
    dated = {one.sentence_no for one in found if one.year}
    bodies = [sentence.sentence_no for sentence in story.sentences if sentence.role == "body"][:2]
    country_ends = {mention.end_token: mention.entity_id for mention in mentions if mention.kind == "country"}
    no_longer = lang.context.get("not_in_office", {})
    for mention in mentions:
        if mention.kind != "person" or mention.method == "coreference" or mention.entity_id not in terms:
            continue
        sentence = story.sentences[mention.sentence_no - 1]
        if sentence.role not in ("body", "deck", "headline", "caption"):
            continue
        at = mention.first_token
        low = sentence.first_token
        if at - 1 >= low and story.words[at - 1] == ",":
            at -= 1
        before = story.lowers[at - 1] if at > low else ""
        for words, _ in terms[mention.entity_id]:
            if words[-1] != before:
                continue
            start = at - len(words)
            if start < low or tuple(story.lowers[start:at]) != words:
                continue
            country, first = _country_before(story, start, low, country_ends)
            if (first > low and story.lowers[first - 1] in no_longer) or story.lowers[first] in no_longer:
                break
            if first - 2 >= low and story.lowers[first - 2] in no_longer and story.lowers[first - 1] in ("-", "‑", "us", "u.s."):
                break
            intervals = tuple(
                (office.starts_on or dt.date.min, office.ends_on or dt.date.max)
                for title, office in terms[mention.entity_id]
                if title == words and (country is None or office.country == country)
            )
            if mention.sentence_no in dated or (first > low and story.lowers[first - 1] in _RULE_WORDS):
                intervals = tuple((start_on, dt.date.max) for start_on, _ in intervals)
            if intervals:
                in_lead = sentence.role in ("headline", "deck") or mention.sentence_no in bodies
                text = story.page_text[story.starts[first] : mention.char_end]
                out.setdefault(f"{mention.entity_id} {words}", Held(text, intervals, in_lead))
            break
    return list(out.values())


def _country_before(story: Story, at: int, low: int, country_ends: dict[int, str]) -> tuple[str | None, int]:
    """The country printed right before a title ("US", "China's"), and where the phrase begins."""
    k = at
    if k - 1 >= low and story.lowers[k - 1] in ("’s", "'s", "’", "'"):
        k -= 1
    if k not in country_ends:
        return None, at
    country = country_ends[k].removeprefix("country/")
    k -= 1
    while k > low and k not in country_ends and story.words[k][0].isupper() and story.words[k - 1][0].isupper() and at - k < 4:
        k -= 1
    return country, k
