"""Dates in digits whose day and month could be either (03/04/2022): both readings, and what on the page decides between them."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from flows.enrich.calendar import DAY, make_day
from flows.enrich.story import Story
from flows.reference.dates import DateLexicon

_DIGITS = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d/]|-\d)")
_EITHER = re.compile(r"\s*(\d{4}-\d\d-\d\d) or (\d{4}-\d\d-\d\d)\s*$")
_NO_COUNTRY = frozenset(("io", "tv", "co", "ai", "me", "fm"))  # endings of a country that are used all over
_AMERICAN = frozenset(("gov", "edu", "mil"))
_NEAR = 3  # days between a date in digits and another of the same page that says which reading is meant
_CENTURY = 40  # years of two digits from here on are of the last century


class Readings(NamedTuple):
    """A date in digits read both ways, and how it is printed."""

    month_first: dt.date
    day_first: dt.date
    text: str


def both_readings(text: str | None) -> Readings | None:
    """The two days that a text in digits can mean; None when it can mean one day alone.

    >>> both_readings("03/04/2022")[:2]
    (datetime.date(2022, 3, 4), datetime.date(2022, 4, 3))
    """
    if not text:
        return None
    if found := _EITHER.match(text):
        return Readings(dt.date.fromisoformat(found[1]), dt.date.fromisoformat(found[2]), text.strip())
    match = _DIGITS.search(text)
    if match is None:
        return None
    year = int(match[4]) if len(match[4]) == 4 else int(match[4]) + (1900 if int(match[4]) >= _CENTURY else 2000)
    one, other = make_day(year, int(match[1]), int(match[3])), make_day(year, int(match[3]), int(match[1]))
    return Readings(one, other, match[0]) if one and other and one != other else None


def order_of(texts: Iterable[str]) -> str | None:
    """``mdy`` or ``dmy`` where dates in digits with a number over twelve tell, and all the same; else None.

    >>> order_of(["04/03/2022", "25/03/2022"]), order_of(["04/03/2022"])
    ('dmy', None)
    """
    orders = set()
    for text in texts:
        for match in _DIGITS.finditer(text):
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second and first <= 31:
                orders.add("dmy")
            elif second > 12 >= first and second <= 31:
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None


def settle(
    readings: Readings, story: Story, lexicon: DateLexicon, *, weekday: int | None, near: Iterable[dt.date], crawled: dt.date | None,
    batch_order: str | None = None,
) -> tuple[dt.date | None, str]:  # fmt: skip
    """The reading that is meant and what says so; (None, "") when both stay possible.

    ``weekday`` is the one printed beside the date, ``near`` are the days that other evidence of the page gives.
    """
    pair = (readings.month_first, readings.day_first)
    if weekday and len(fitting := [day for day in pair if day.isoweekday() == weekday]) == 1:
        return fitting[0], "by the weekday printed beside it"
    ending = (story.site or "").rpartition(".")[2]
    order = "mdy" if ending in _AMERICAN else lexicon.orders.get(ending) if len(ending) == 2 and ending not in _NO_COUNTRY else None
    if order:
        return pair[order != "mdy"], f"read as usual in the country of .{ending}"
    if story.language and story.language != "en" and story.language in lexicon.languages:
        return readings.day_first, "day first, as usual in the page's language"
    if order := order_of([story.page_text]):
        return pair[order != "mdy"], "read as the other dates of the page"
    if batch_order:
        return pair[batch_order != "mdy"], "read as the other dates of the same source"
    others = list(near)
    fitting = [day for day in pair if any(abs((day - other).days) <= _NEAR for other in others)]
    if len(fitting) == 1:
        return fitting[0], "by the other dates of the page"
    if crawled and len(fitting := [day for day in pair if day <= crawled + DAY]) == 1:
        return fitting[0], f"the other reading lies after the crawl on {crawled}"
    return None, ""
