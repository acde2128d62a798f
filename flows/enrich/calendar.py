"""Days, weeks, quarters, seasons and holidays: TIMEX3 values from calendar arithmetic, and the days that a value covers."""

import datetime as dt
import re
from functools import lru_cache

DAY = dt.timedelta(days=1)

_VALUE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?P<time>T\S+)?"
    r"|(?P<wyear>\d{4})-W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|(?P<pyear>\d{4})-(?P<part>Q[1-4]|H[12]|SP|SU|FA|WI|\d\d)"
    r"|(?:FY)?(?P<only>\d{4})|(?P<decade>\d{3})|(?P<century>\d\d)"
)
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@lru_cache(maxsize=4096)
def span_of(value: str) -> tuple[dt.date | None, dt.date | None, str | None]:
    """First day, last day and grain of a TIMEX3 value; Nones for one that is no date (``P3D``, ``PAST_REF``).

    Winter is counted to the year in which it begins; a fiscal year as the calendar year of its number.

    >>> span_of("2025-Q3")
    (datetime.date(2025, 7, 1), datetime.date(2025, 9, 30), 'quarter')
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        return None, None, None
    try:
        return _span(match)
    except (ValueError, OverflowError):
        return None, None, None


def _span(match: re.Match[str]) -> tuple[dt.date | None, dt.date | None, str | None]:
    if match["year"]:
        day = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        return day, day, "time" if match["time"] else "day"
    if match["wyear"]:
        monday = dt.date.fromisocalendar(int(match["wyear"]), int(match["week"]), 1)
        return (monday + 5 * DAY if match["weekend"] else monday), monday + 6 * DAY, "week"
    if match["pyear"]:
        year, part = int(match["pyear"]), match["part"]
        if part[0] == "Q":
            return *months_from(year, 3 * int(part[1]) - 2, 3), "quarter"
        if part[0] == "H":
            return *months_from(year, 6 * int(part[1]) - 5, 6), "half"
        if part in _SEASON_MONTH:
            return *months_from(year, _SEASON_MONTH[part], 3), "season"
        return *months_from(year, int(part), 1), "month"
    if match["only"]:
        return dt.date(int(match["only"]), 1, 1), dt.date(int(match["only"]), 12, 31), "year"
    if match["decade"]:
        year = max(1, int(match["decade"]) * 10)
        return dt.date(year, 1, 1), dt.date(int(match["decade"]) * 10 + 9, 12, 31), "decade"
    year = int(match["century"]) * 100
    return dt.date(max(1, year), 1, 1), dt.date(year + 99, 12, 31), "century"


def months_from(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    """First and last day of ``count`` months from a month on."""
    return dt.date(year, month, 1), first_of_month(year, month + count) - DAY


def first_of_month(year: int, month: int) -> dt.date:
    """First day of a month whose number may run over or under the year's twelve.

    >>> first_of_month(2025, 13)
    datetime.date(2026, 1, 1)
    """
    return dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def period(day: dt.date, unit: str, shift: int) -> str | None:
    """TIMEX3 value of the period of ``unit`` that lies ``shift`` periods after the one holding ``day``; None out of range.

    >>> period(dt.date(2025, 5, 8), "M", -1)
    '2025-04'
    """
    try:
        if unit == "D":
            return (day + shift * DAY).isoformat()
        if unit in ("W", "WE", "FN"):
            year, week, _ = (day + shift * (14 if unit == "FN" else 7) * DAY).isocalendar()
            return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
        if unit == "M":
            return f"{first_of_month(day.year, day.month + shift):%Y-%m}"
        if unit == "Q":
            first = first_of_month(day.year, day.month + 3 * shift)
            return f"{first.year:04}-Q{(first.month + 2) // 3}"
        if unit == "HY":
            first = first_of_month(day.year, day.month + 6 * shift)
            return f"{first.year:04}-H{1 if first.month < 7 else 2}"
        if unit == "Y":
            return f"{dt.date(day.year + shift, 1, 1).year:04}"
        if unit == "DE":
            return f"{dt.date(day.year + 10 * shift, 1, 1).year // 10:03}"
        if unit == "CE":
            return f"{dt.date(day.year + 100 * shift, 1, 1).year // 100:02}"
    except (ValueError, OverflowError):
        return None
    return None


def in_year(value: str, shift: int) -> str | None:
    """The same day, week, month, quarter or season ``shift`` years later; None for what is no such value.

    >>> in_year("1989-Q3", -1)
    '1988-Q3'
    """
    if not re.match(r"\d{4}(?:-|$)", value):
        return None
    moved = f"{int(value[:4]) + shift:04}{value[4:]}"
    return moved if span_of(moved)[0] else None


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus 1991).

    >>> easter(2025)
    datetime.date(2025, 4, 20)
    """
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


@lru_cache(maxsize=2048)
def holiday(rule: str, year: int) -> dt.date | None:
    """The day of a holiday in a year: ``12-25``, ``easter-2``, ``4 4 11`` (the fourth Thursday of November), ``4 4 11 +1``.

    >>> holiday("4 4 11", 2025)
    datetime.date(2025, 11, 27)
    """
    try:
        if rule.startswith("easter"):
            return easter(year) + int(rule[6:]) * DAY
        if re.fullmatch(r"\d\d-\d\d", rule):
            return dt.date(year, int(rule[:2]), int(rule[3:]))
        count, weekday, month, *more = (int(piece) for piece in rule.split())
        if count > 0:
            first = dt.date(year, month, 1)
            day = first + ((weekday - first.isoweekday()) % 7 + 7 * (count - 1)) * DAY
        else:
            last = first_of_month(year, month + 1) - DAY
            day = last - ((last.isoweekday() - weekday) % 7) * DAY
        return day + sum(more) * DAY
    except (ValueError, OverflowError):
        return None


def make_day(year: int | None, month: int | None, day: int | None) -> dt.date | None:
    """A day, or None when there is no such day."""
    try:
        return dt.date(year, month, day) if year and month and day else None
    except ValueError:
        return None
