"""Days printed beside the headline: in bylines, datelines and short lines near it."""

import datetime as dt
from bisect import bisect_left

from flows.enrich.calendar import make_day
from flows.enrich.datelines import Printed, near_day
from flows.enrich.dates_find import find_dates, words_of
from flows.enrich.dates_order import both_readings
from flows.enrich.story import Block, Story, make_story
from flows.load.html_dates import find_dates as find_full_dates
from flows.reference.dates import DateLexicon, DateWords

_NEAR = 4  # blocks between the headline and a date that still stands beside it
_BESIDE = 2  # paragraphs before a dateline that still stands beside the headline; one below yields to what the page's tags state
_MONTH = 31  # days from a full date within which a dateline without year is of the same time
_LONGEST = 160  # characters of a block that prints a date and no prose
_PROSE = 4  # words in lower case by which a short line is a sentence
_DATED_ROLES = frozenset(("byline", "dateline"))
_MAYBE_ROLES = frozenset(("widget", "credit", "nav"))


def printed_days(story: Story, lexicon: DateLexicon, hint: dt.date | None, *, is_stated: bool = False) -> list[Printed]:
    """Days in bylines and datelines, and in short lines beside the headline, the first as they stand.

    A day without its year takes that of ``hint``, the nearest that other evidence gives, and none where that evidence is
    ``is_stated`` by the page or record and lies over a month away. Lines of copyright are passed over.
    """
    heads = [n for n, block in enumerate(story.blocks) if block.role in ("headline", "deck")]
    bodies = [n for n, block in enumerate(story.blocks) if block.role == "body"]
    first_body = bodies[0] if bodies else len(story.blocks)
    lang = words_of(story.language, lexicon)
    out = []
    for n, block in enumerate(story.blocks):
        passed = bisect_left(bodies, n)
        near = bool(heads) and heads[0] - 2 <= n <= max(heads[-1], heads[0]) + _NEAR and n <= first_body
        if not (block.role in _DATED_ROLES or (near and (block.role in _MAYBE_ROLES or _is_label(block)))):
            continue
        if block.role == "byline" and bodies and n > bodies[-1] + 2:
            continue
        if len(block.text) > _LONGEST or not any(char.isdigit() for char in block.text):
            continue
        days = _days_of_line(story, block.text, block.char_start, lang, lexicon, hint, most_days=_MONTH if is_stated else None)
        out += days if passed <= _BESIDE else [day._replace(is_near=False) for day in days]
    return out


def _is_label(block: Block) -> bool:
    """Tell whether a block that passes for prose is a short line such as "Ann Roe December 22, 1985"."""
    return (
        block.role in ("body", "deck", "subhead")
        and len(block.text) <= 80
        and block.text[-1:] not in '.?!:”"'
        and block.text.count(" ") < 12
        and sum(word.islower() and word.isalpha() and len(word) > 2 for word in block.text.split()) < _PROSE
    )


def _days_of_line(
    story: Story, text: str, start: int, lang: DateWords, lexicon: DateLexicon, hint: dt.date | None, *, most_days: int | None
) -> list[Printed]:
    """The days of one line; a day without its year counts only within ``most_days`` of ``hint``."""
    line = story_of_line(story.page_text, start, text, story.language, story.site)
    whole = text
    english = lexicon.languages.get("en", lang)
    dates = find_dates(line, lexicon)
    if not dates:
        return _days_by_form(text, lang)
    updated = {**english.context.get("updated", {}), **lang.context.get("updated", {})}
    published = {**english.context.get("published", {}), **lang.context.get("published", {})}
    stops = {**english.context.get("not_dated", {}), **lang.context.get("not_dated", {})}
    out = []
    label = ""
    at = 0
    for one in dates:
        for k in range(at, one.first_token):
            said = {" ".join(line.lowers[k : k + size]) for size in (1, 2, 3)}
            if not said.isdisjoint(stops):
                label = "stop"
            elif not said.isdisjoint(updated):
                label = "updated"
            elif not said.isdisjoint(published):
                label = "published"
        at = one.end_token
        day = make_day(one.year, one.month, one.day) if one.form == "day" else None
        if one.form == "day" and one.year is None and hint:
            day = near_day(one, hint)
            if day and most_days is not None and abs((day - hint).days) > most_days:
                day = None
        if day and label != "stop":
            text = line.page_text[one.char_start : one.char_end]
            before = (line.lowers[k] for k in range(one.first_token - 1, max(-1, one.first_token - 4), -1))
            weekday = one.weekday or next((lang.weekdays[low] for low in before if low in lang.weekdays), None)
            out.append(Printed(day, text, label == "updated", both_readings(text), weekday))
    return out if out or label else _days_by_form(whole, lang)


def _days_by_form(text: str, lang: DateWords) -> list[Printed]:
    """The full dates of a line in a language whose expressions of time are not read: in digits, in ideographs, by names of months."""
    found = find_full_dates(text, lang.months, month_first=None)
    return [Printed(dt.date.fromisoformat(one.day), text, False) for one in found if one.sure]


def story_of_line(page_text: str, start: int, text: str, language: str | None, site: str | None) -> Story:
    return make_story(page_text=page_text, blocks=[Block(1, "body", True, start, text)], language=language, site=site)
