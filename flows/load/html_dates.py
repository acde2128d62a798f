"""Dates as pages print or stamp them, to the day: ``2024-05-03``, always the day as printed, without a shift of time zone."""

import datetime as dt
import re
from typing import NamedTuple

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?=T|\s|$|\d{6})")
_EPOCH = re.compile(r"\s*(1\d{9})(?:\d{3})?(?:\.\d+)?\s*")
_IDEOGRAPHIC = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
_NUMERIC = re.compile(r"(?<![\d.,/:-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?((?:19|20)?\d\d)(?![\d:]|[./-]\d)")
_BARRED = re.compile(r"(?<!\|\s)(?<![\d|])(\d\d)\s?\|\s?(\d\d)\s?\|\s?((?:19|20)\d\d)(?!\d|\s?\|\s?\d)")  # 26 | 01 | 2022
# What every date holds: a year, or two digits after a separator.
_LIKELY = re.compile(r"(?:19|20|25)\d\d|[./’'-]\s?\d\d(?!\d)|[٠-٩۰-۹०-९๐-๙]{4}")
_BUDDHIST = 543  # years by which the calendar of Thailand is ahead
# Vowel signs of Indic scripts and of Thai are no letters to a regular expression, yet parts of a word.
_TOKEN = re.compile(r"\d+|[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0900-\u0963\u0970-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e])*")
_IN_PATH = re.compile(r"[/_.-]((?:19|20)\d\d)(?:([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|()(0[1-9]|1[0-2])([0-3]\d))(?=[/_.-]|$)")
_MONTH_IN_PATH = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?=[/_.-]|$)")
_ZERO_OFFSET = re.compile(r"(?:Z|[+-]00:?00)$")
_FIRST_YEAR = 1990
# What stands between a name and a stamp in the data that a page's scripts carry, as JSON or as JSON within an attribute.
_BEFORE_STAMPS = ('":"20', '": "20', "&quot;:&quot;20", '\\":\\"20')
_OF_PUBLICATION = re.compile(r"(?:publi(?:sh|c)|pub_?date|created_?(?:at|on|date|time)?$|upload|posted)\w*$", re.I)
_LONGEST_NAME = 30  # characters
_COUNTED = re.compile(r'[";](\w{1,30})(?:\\?"|&quot;)\s?:\s?(?:\\?"|&quot;)?(1\d{9})(?:\d{3})?(?!\d)')  # "publishedAt":1714730400000


class FoundDate(NamedTuple):
    """A date and where its text stands; ``sure`` is False where day and month could be the other way round.

    With ``month_first`` None such a date is given as both its days, the month first before the day first.
    """

    day: str
    start: int
    sure: bool


def read_stamp(value: str, months: dict[str, int], *, month_first: bool | None) -> str | None:
    """A machine's stamp as ISO: as found when it opens with an ISO date, else the day in it, else None.

    >>> read_stamp("2024-05-03T23:10:00+02:00", {}, month_first=True), read_stamp("Fri, 3 May 2024", {"may": 5}, month_first=True)
    ('2024-05-03T23:10:00+02:00', '2024-05-03')
    """
    value = value.strip()[:100]
    found = _ISO.match(value)
    if found:
        day = _day(found[1], found[3], found[4])
        return None if day is None else day + value[found.end() :] if len(found[0]) == 10 else day
    found = _EPOCH.fullmatch(value)
    if found:
        return dt.datetime.fromtimestamp(int(found[1]), dt.UTC).isoformat()
    found = _COMPACT.match(value)
    if found:
        return _day(found[1], found[2], found[3])
    dates = find_dates(value, months, month_first=month_first)
    return dates[0].day if dates else None


def has_zero_offset(stamp: str) -> bool:
    """Whether a stamp gives a time in UTC, so that the day at the outlet may be the one before or after."""
    return len(stamp) > 10 and bool(_ZERO_OFFSET.search(stamp))


def find_dates(text: str, months: dict[str, int], *, month_first: bool | None) -> list[FoundDate]:
    """The full dates in a short text, in order: ISO, numbers, month names of any language given, ideographs.

    ``month_first`` says how a date in digits is read that could be either; None gives both ("2024-05-04 or 2024-04-05").

    >>> [date.day for date in find_dates("3 mai 2024, 05/04/2024", {"mai": 5}, month_first=True)]
    ['2024-05-03', '2024-05-04']
    """
    found: list[FoundDate] = []
    if not _LIKELY.search(text):
        return found
    for pattern in (_ISO, _IDEOGRAPHIC):
        for match in pattern.finditer(text):
            groups = [group for group in match.groups() if group.isdigit()]
            _add(found, _day(*groups), match.start())
    for match in (*_NUMERIC.finditer(text), *(_BARRED.finditer(text) if "|" in text else ())):
        first, *between, second, year = match.groups()
        if len(year) == 2:
            year = "20" + year
        has_points = between == ["."]
        swap = month_first and not has_points
        day = _day(year, first, second) if swap else _day(year, second, first)
        sure = int(first) > 12 or int(second) > 12 or has_points
        if day is None:
            day = _day(year, second, first) if swap else _day(year, first, second)
        elif month_first is None and not sure and first != second:
            day = f"{_day(year, first, second)} or {day}"
        _add(found, day, match.start(), sure)
    tokens = [(match[0].lower(), match.start()) for match in _TOKEN.finditer(text)]
    for at, (word, _) in enumerate(tokens):
        month = months.get(word)
        if month is None:
            continue
        before = _number_before(tokens, at)
        after = _numbers_after(tokens, at)
        if "\u0e00" <= word[0] <= "\u0e7f":
            after = [str(int(number) - _BUDDHIST) if len(number) == 4 and int(number) > 2400 else number for number in after]
        if before is not None and after and len(after[0]) == 4:
            _add(found, _day(after[0], month, tokens[before][0]), tokens[before][1])
        elif len(after) >= 2 and len(after[1]) == 4:
            _add(found, _day(after[1], month, after[0]), tokens[at][1])
        elif before is not None and before > 0 and len(tokens[before - 1][0]) == 4 and tokens[before - 1][0].isdigit():
            _add(found, _day(tokens[before - 1][0], month, tokens[before][0]), tokens[before - 1][1])
        elif at > 0 and len(tokens[at - 1][0]) == 4 and tokens[at - 1][0].isdigit() and after:
            _add(found, _day(tokens[at - 1][0], month, after[0]), tokens[at - 1][1])
        elif before is not None and after and len(after[0]) == 2 and text[tokens[at][1] + len(word)] in "-.' ’":
            year = "20" + after[0]
            if text[tokens[before][1] + len(tokens[before][0])] == "-":
                _add(found, _day(year, month, tokens[before][0]), tokens[before][1])
    return sorted(found, key=lambda date: date.start)


def date_in_url(url: str | None) -> str | None:
    """The day that stands in the path of an address, as in /2024/05/03/ or /2024-05-03-title.

    >>> date_in_url("https://news.example/world/2024/may/03/talks")
    '2024-05-03'
    """
    if not url:
        return None
    path = url.split("?", 1)[0].split("#", 1)[0]
    for match in _IN_PATH.finditer(path):
        day = _day(match[1], match[3] or match[6], match[4] or match[7])
        if day:
            return day
    named = _MONTH_IN_PATH.search(path.lower())
    if named and named[2][:3] in _ENGLISH:
        return _day(named[1], _ENGLISH.index(named[2][:3]) + 1, named[3])
    return None


_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def date_in_scripts(html: str) -> str | None:
    """The day of publication in the data of a page's scripts, as a stamp or in seconds, where all that they say of it is one day.

    >>> date_in_scripts('<script>{"datePublished":"2024-05-03T10:00:00Z"}</script>')
    '2024-05-03'
    """
    days: set[str] = set()
    for before in _BEFORE_STAMPS:
        at = html.find(before)
        while at >= 0:
            stamp = _ISO.match(html, at + len(before) - 2)
            if stamp and stamp[2] == "-" and _OF_PUBLICATION.search(html[max(0, at - _LONGEST_NAME) : at]):
                day = _day(stamp[1], stamp[3], stamp[4])
                if day:
                    days.add(day)
            at = html.find(before, at + len(before))
    for counted in _COUNTED.finditer(html):
        if _OF_PUBLICATION.search(counted[1]):
            days.add(dt.datetime.fromtimestamp(int(counted[2]), dt.UTC).date().isoformat())
    return days.pop() if len(days) == 1 else None


def days_apart(one: str, other: str) -> int:
    """Days from one ISO date to another, both to the day."""
    return (dt.date.fromisoformat(other[:10]) - dt.date.fromisoformat(one[:10])).days


def _day(year: str, month: str | int, day: str) -> str | None:
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return date.isoformat() if date.year >= _FIRST_YEAR else None


def _add(found: list[FoundDate], day: str | None, start: int, sure: bool = True) -> None:
    if day is not None:
        found.append(FoundDate(day, start, sure))


def _number_before(tokens: list[tuple[str, int]], at: int) -> int | None:
    """The index of the day before a month's name, across an ordinal ending or a short word ("3rd of", "3 de")."""
    for back in range(1, 4):
        if at - back < 0:
            return None
        word = tokens[at - back][0]
        if word.isdigit():
            return at - back if len(word) <= 2 else None
        if len(word) > 3:
            return None
    return None


def _numbers_after(tokens: list[tuple[str, int]], at: int) -> list[str]:
    """Up to two numbers after a month's name, across an ordinal ending or a short word ("3rd,", "de 2024")."""
    numbers: list[str] = []
    skipped = 0
    for word, _ in tokens[at + 1 : at + 6]:
        if word.isdigit():
            numbers.append(word)
            if len(word) == 4 or len(numbers) == 2:
                break
        else:
            skipped += 1
            if len(word) > 3 or skipped > 2:
                break
    return numbers
