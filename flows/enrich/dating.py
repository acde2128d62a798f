"""When an article was published: a day where one follows from the page, else bounds, with the reason in words.

Evidence in falling order: a date printed beside the headline, a dateline, the record's own date, the page's metadata, the
address, a weekday counted from the newest full date in the text. Without a day: the newest date spoken of as past, the terms
of those who are printed with their office, and the time of the crawl. Dates of copyright lines, teasers and other stories on
the page do not count.
"""

import datetime as dt
import re
from collections.abc import Iterable
from email.utils import parsedate
from typing import NamedTuple

from flows.enrich.calendar import DAY, make_day, months_from, span_of
from flows.enrich.datelines import Printed, dateline, dateline_day, dateline_days, near_day
from flows.enrich.dates_find import find_dates, words_of
from flows.enrich.dates_line import Found
from flows.enrich.dates_order import Readings, both_readings, settle
from flows.enrich.dates_resolve import full_dates
from flows.enrich.dates_tense import direction
from flows.enrich.dating_printed import printed_days, story_of_line
from flows.enrich.dating_terms import Bounds, office_bounds
from flows.enrich.story import Mention, Published, Story
from flows.reference.dates import DateLexicon, DateWords
from flows.reference.model import Office

_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-]?)(\d\d?)\2(\d\d?)(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d\d)/")
_URL_NAMED = re.compile(r"/((?:19|20)\d\d)/([a-z]{3})/(\d\d?)(?!\d)", re.IGNORECASE)
_STAMP = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)(?=[T\s]|$|[^\d])")
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*$")
_AHEAD = 5  # days from a full date to a weekday after it; at six the day before is meant as likely
_MONTH = 31  # days from a full date within which a dateline without year is of the same time
_FILED = 3  # days by which a dateline may precede the day of publication that the record gives


def date_article(
    story: Story,
    found: list[Found],
    mentions: Iterable[Mention],
    offices: Iterable[Office],
    lexicon: DateLexicon,
    *,
    page_anchor: dt.date | None = None,
    record_order: str | None = None,
) -> Published:
    """The day of publication, or its bounds, and what they follow from.

    ``found`` are the story's expressions of time (``dates.find_dates``), ``offices`` the rows of ``offices.csv``; the rest is
    as in ``read_evidence``.
    """
    evidence = read_evidence(story, found, lexicon, page_anchor=page_anchor, record_order=record_order)
    return day_of(evidence, story, found, bounds_of(evidence, story, found, mentions, offices))


class Evidence(NamedTuple):
    """What tells of a story's day but for those named in it: the day or bounds that are ``stated``, else what is reasoned from.

    ``opening`` is the dateline's date, ``newest`` the newest date spoken of as past.
    """

    stated: Published | None
    lang: DateWords
    crawled: dt.date | None
    opening: Found | None = None
    newest: Printed | None = None


def read_evidence(
    story: Story, found: list[Found], lexicon: DateLexicon, *, page_anchor: dt.date | None = None, record_order: str | None = None
) -> Evidence:
    """What page, record and text tell of the day, before anybody's office is asked for.

    ``page_anchor`` is a day known for the whole page, for one that holds several stories; it serves as the record's date.
    ``record_order`` (mdy, dmy) is how the other records of the same source write their dates in digits.
    """
    crawled = story.fetched_at.date() if story.fetched_at else None
    lang = words_of(story.language, lexicon)
    stated, opening = _stated(story, found, lexicon, crawled, page_anchor, record_order)
    return Evidence(stated, lang, crawled, opening, newest_past(story, found, lang, crawled) if stated is None else None)


def _stated(
    story: Story, found: list[Found], lexicon: DateLexicon, crawled: dt.date | None, page_anchor: dt.date | None, record_order: str | None
) -> tuple[Published | None, Found | None]:
    """The day or bounds that page, record or address state, else None and the date of the dateline."""
    either_record, either_page = both_readings(story.record_published), both_readings(story.page_published)
    record = None if either_record else read_day(story.record_published, lexicon) or page_anchor
    metadata = None if either_page else read_day(story.page_published, lexicon)
    address = day_in_url(story.url)
    spoken = [day for at, day in full_dates(found) if both_readings(story.page_text[at : at + 10]) is None]
    known = [day for day in (metadata, record, address) if day]

    def sound(day: dt.date | None) -> bool:
        return day is not None and (crawled is None or day <= crawled + DAY) and 1690 <= day.year <= 2199

    def meant(readings: Readings, weekday: int | None = None) -> tuple[dt.date | None, str]:
        near = [*known, *spoken]
        return settle(readings, story, lexicon, weekday=weekday, near=near, crawled=crawled, batch_order=record_order)

    record_how = page_how = ""
    if either_record:
        record, record_how = meant(either_record)
    if either_page:
        metadata, page_how = meant(either_page)
    hint = metadata or record or address
    open_readings: list[tuple[Readings, str, str]] = []
    printed = []
    for one in printed_days(story, lexicon, hint or (max(spoken) if spoken else None), is_stated=hint is not None):
        if one.readings:
            day, how = meant(one.readings, one.weekday)
            if day is None:
                open_readings.append((one.readings, "date printed beside the headline", "byline"))
                continue
            one = one._replace(day=day, text=f"{one.text}” ({how})")
        else:
            one = one._replace(text=f"{one.text}”")
        if sound(one.day):
            printed.append(one)
    if not record and either_record:
        open_readings.append((either_record, "the record's own date", "record"))
    if not metadata and either_page:
        open_readings.append((either_page, "the page's metadata", "page metadata"))
    stated = metadata if metadata and sound(metadata) and story.page_published_basis != "modified" else None
    shown = [one for one in printed if not one.is_update and (one.is_near or not stated)]
    if stated and any(one.day == stated for one in shown):
        shown = [one for one in shown if one.day == stated]
    if shown:
        return _on(shown[0].day, f"date printed beside the headline, “{shown[0].text}", "byline"), None
    opening = dateline(story, found)
    line = dateline_day(story, found, hint or _spoken_near(opening, spoken))
    stamp = record or metadata
    if line and sound(line.day) and not (stamp and 0 <= (stamp - line.day).days <= _FILED):
        return _on(line.day, f"dateline, “{line.text}”", "dateline"), None
    if record and sound(record):
        how = f" ({record_how})" if record_how else ""
        return _on(record, f"the record's own date, {story.record_published or record}{how}", "record"), None
    if metadata and sound(metadata):
        how = f" ({story.page_published_basis})" if story.page_published_basis else ""
        return _on(
            metadata, f"the page's metadata{how}, {story.page_published}{f', {page_how}' if page_how else ''}", "page metadata"
        ), None
    if address and sound(address):
        return _on(address, "date in the page's address", "url"), None
    if printed:
        return _on(printed[0].day, f"date of the last change, “{printed[0].text}", "byline"), None
    if open_readings:
        return _either(*open_readings[0]), None
    return None, opening


def _either(readings: Readings, where: str, code: str) -> Published:
    """Bounds from a date in digits that can mean two days."""
    low, high = sorted(readings[:2])
    text = f"either {low} or {high}" if " or " in readings.text else f"“{readings.text}”, either {low} or {high}"
    return Published(None, low, high, f"{where}, {text}", code)


def _spoken_near(opening: Found | None, spoken: list[dt.date]) -> dt.date | None:
    """A full date of the text that gives a dateline its year: it must lie within a month of it, or the weekday must fit."""
    newest = max(spoken, default=None)
    day = near_day(opening, newest) if opening and newest and not opening.year else None
    return newest if opening and newest and day and (opening.weekday or abs((day - newest).days) <= _MONTH) else None


def _on(day: dt.date, basis: str, code: str) -> Published:
    return Published(day, day, day, basis, code)


def bounds_of(
    evidence: Evidence, story: Story, found: list[Found], mentions: Iterable[Mention], offices: Iterable[Office]
) -> Bounds | None:
    """Bounds from the offices of those named, where nothing states the day; None where they tell nothing."""
    if evidence.stated is not None:
        return None
    return office_bounds(story, mentions, found, offices, evidence.lang, evidence.newest.day if evidence.newest else None)


def day_of(evidence: Evidence, story: Story, found: list[Found], bounds: Bounds | None = None) -> Published:
    """The day or bounds stated; else a day from a weekday and a full date, or bounds from the text, offices, address and crawl."""
    if evidence.stated is not None:
        return evidence.stated
    _, lang, crawled, opening, newest = evidence
    early = max((day for day in (newest.day if newest else None, bounds.earliest if bounds else None) if day), default=None)
    month = _URL_MONTH.search(story.url or "")
    counted = _counted_weekday(story, found, lang, newest, early) if opening is None else None
    if counted and (crawled is None or counted[0] <= crawled):
        return _on(counted[0], counted[1], "weekday")
    if month and 1 <= int(month[2]) <= 12:
        first, last = months_from(int(month[1]), int(month[2]), 1)
        low = max(first, early) if early and early <= last else first
        high = min(last, crawled) if crawled and crawled >= low else last
        return Published(None, low, high, f"month in the page's address, {month[1]}-{month[2]}", "url")
    latest = min((day for day in (crawled, bounds.latest if bounds else None) if day and (early is None or day >= early)), default=None)
    days = dateline_days(opening, early, latest) if opening else []
    reasons = []
    code = None
    if days and opening:
        early, latest = days[0], days[-1]
        told = f"dateline, “{story.page_text[opening.char_start : opening.char_end]}”, "
        limits = [bounds.reason if bounds else "", newest.text if newest else "", f"crawled on {crawled}" if crawled else ""]
        told += "; ".join(limit for limit in limits if limit)
        return _on(early, told, "dateline") if len(days) == 1 else Published(None, early, latest, told, "dateline")
    if newest and early == newest.day:
        reasons.append(f"newest date in the text, {newest.text}")
        code = "text"
    elif bounds and early:
        reasons.append(bounds.reason)
        if newest:
            reasons.append(f"together with {newest.text}")
        code = "offices"
    if latest and bounds and latest == bounds.latest and bounds.reason not in reasons:
        reasons.append(bounds.reason)
        code = code or "offices"
    elif latest and latest == crawled:
        reasons.append(f"crawled on {crawled}")
        code = code or "crawl"
    return Published(None, early, latest, "; ".join(reasons) or None, code)


# ---------------------------------------------------------------- what the record and the address say
def read_day(text: str | None, lexicon: DateLexicon) -> dt.date | None:
    """The day of a stamp in any of the usual forms: ISO, RFC 822, epoch seconds or milliseconds, 20250503T101500Z, words.

    >>> read_day("Sat, 03 May 2025 10:15:00 GMT", DateLexicon({}, None, {}))
    datetime.date(2025, 5, 3)
    """
    if not text or not (text := str(text).strip()):
        return None
    match = _COMPACT.match(text) or _STAMP.match(text)
    if match and (day := make_day(int(match[1]), int(match[2]), int(match[3]))):
        return day
    if text.replace(".", "", 1).isdecimal() and len(text.split(".")[0]) in (9, 10, 12, 13, 16):
        seconds = int(text.split(".")[0])
        while seconds > 10**11:
            seconds //= 1000
        return (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)).date()
    if "," in text or ":" in text:
        parts = parsedate(text)
        if parts and parts[0] >= 1000:
            return make_day(parts[0], parts[1], parts[2])
    if not lexicon.languages:
        return None
    for language in ("en", *lexicon.languages):
        story = story_of_line(text, 0, text, language, None)
        for one in find_dates(story, lexicon):
            if one.form == "day" and (day := make_day(one.year, one.month, one.day)):
                return day
    return None


def day_in_url(url: str | None) -> dt.date | None:
    """The day that an address holds: /2025/05/08/, /2025-05-08-, /20250508, /2025/may/08/.

    >>> day_in_url("https://example.com/news/2025/05/08/talks.html")
    datetime.date(2025, 5, 8)
    """
    if not url:
        return None
    path = url.split("://", 1)[-1]
    path = path[path.find("/") :] if "/" in path else ""
    for match in _URL_DAY.finditer(path):
        if not match[2] and len(match[0]) != 8:
            continue
        if day := make_day(int(match[1]), int(match[3]), int(match[4])):
            return day
    if named := _URL_NAMED.search(path):
        names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        if named[2].lower() in names:
            return make_day(int(named[1]), names.index(named[2].lower()) + 1, int(named[3]))
    return None


# ---------------------------------------------------------------- what the text speaks of
def newest_past(story: Story, found: list[Found], lang: DateWords, crawled: dt.date | None) -> Printed | None:
    """The newest date that the text speaks of as past, by its first day; a day without a year takes that of the full date near it.

    A year alone counts when a verb tells that it is past, and no other sentence that it is to come.
    """
    full = full_dates(found)
    ahead = {one.year for one in found if one.form == "year" and direction(story, one, lang) > 0}
    best: Printed | None = None
    for one in found:
        start: dt.date | None = None
        if one.form == "day":
            start = make_day(one.year, one.month, one.day) or _beside(one, full)
        elif one.form == "month" and one.year and one.month:
            start = make_day(one.year, one.month, 1)
        elif one.form == "year" and one.year and not one.is_fiscal and one.year not in ahead:
            before = story.lowers[one.first_token - 1] if one.first_token else ""
            if (before in lang.context.get("past_year_before", {}) or one.mod) and (not lang.tenses or direction(story, one, lang) < 0):
                start = make_day(one.year, 1, 1)
        elif one.form in ("quarter", "half", "season") and one.year:
            name = f"Q{one.number}" if one.form == "quarter" else f"H{one.number}" if one.form == "half" else one.value
            start = span_of(f"{one.year:04}-{name}")[0]
        if start is None or (best and start <= best.day) or (crawled and start > crawled):
            continue
        if direction(story, one, lang) > 0:
            continue
        text = story.page_text[one.char_start : one.char_end]
        best = Printed(start, f"“{text}”" if one.year else f"“{text}” ({start})", False)
    return best


def _beside(one: Found, full: tuple[tuple[int, dt.date], ...]) -> dt.date | None:
    """A year-less day in the year of the nearest full date: the last before it, else the next after it.

    More than three months after that date, the year before is meant.
    """
    if not full or one.year_shift:
        return None
    before = [day for at, day in full if at < one.char_start]
    anchor = before[-1] if before else full[0][1]
    day = near_day(one, anchor)
    if day and (day - anchor).days > 92 and one.weekday is None:
        return make_day(day.year - 1, day.month, day.day)
    return day


def _counted_weekday(
    story: Story, found: list[Found], lang: DateWords, newest: Printed | None, early: dt.date | None
) -> tuple[dt.date, str] | None:
    """The day of the lead's weekday, on or after the newest full date, when nothing in the text is newer than that date.

    The full date must be that of a caption or of the lead itself: one told further down may be long past.
    """
    lead = [s for s in story.sentences if s.role in ("headline", "deck")] + [s for s in story.sentences if s.role == "body"][:2]
    lead_numbers = {sentence.sentence_no for sentence in lead}
    roles = {sentence.sentence_no: sentence for sentence in story.sentences}
    anchors = []
    for one in found:
        day = make_day(one.year, one.month, one.day) if one.form == "day" else None
        if day is None or direction(story, one, lang) > 0:
            continue
        sentence = roles[one.sentence_no]
        if sentence.role == "caption":
            block = story.page_text[sentence.char_start : sentence.char_end].lower().split()
            if any(word.strip(".:,-—(") in lang.context.get("file_photo", {}) for word in block[:3]):
                continue
            anchors.append(day)
        elif one.sentence_no in lead_numbers:
            anchors.append(day)
    if not anchors or newest is None:
        return None
    anchor = max(anchors)
    if anchor < newest.day or (early and early > anchor):
        return None
    for one in found:
        if one.form != "weekday" or one.sentence_no not in lead_numbers or one.shift is not None or one.weekday is None:
            continue
        if direction(story, one, lang) > 0:
            continue
        ahead = (one.weekday - anchor.isoweekday()) % 7
        if ahead > _AHEAD:
            return None
        day = anchor + ahead * DAY
        name = story.page_text[one.char_start : one.char_end]
        return day, f"“{name}” counted from the newest full date in the text, {anchor}"
    return None
