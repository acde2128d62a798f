"""Words for the reader's eye: days, counts, names of countries, and text that strangers wrote, made harmless."""

import datetime as dt
import functools
import re
from pathlib import Path

from flows.reference.cells import read_rows

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHORTCODE = re.compile(r":(?=material/|[a-z][\w+-]*[:\[])")


def plain(text: str) -> str:
    """Text as Markdown that says just this text: nothing in it is a link, an image, a heading, a colour or an icon.

    Every ASCII mark is escaped; control characters and those that turn the direction of the line are shown as U+FFFD.

    >>> plain("[a](javascript:b) <img>")
    '\\\\[a\\\\]\\\\(javascript\\\\:b\\\\) \\\\<img\\\\>'
    """
    steady = _SHORTCODE.sub(":\u2060", shown(text)).replace("\n", " ")
    return _MARKS.sub(r"\\\1", steady)


def shown(text: str) -> str:
    """The text with control characters and overrides of the direction shown as U+FFFD, one for one.

    >>> shown("a\\u202eb")
    'a\ufffdb'
    """
    return _STEERING.sub("\ufffd", text)


def short(text: str | None, length: int) -> str:
    """The text up to ``length`` characters, cut at a space.

    >>> short("one two three", 9)
    'one two…'
    """
    flat = " ".join((text or "").split())
    if len(flat) <= length:
        return flat
    cut = flat[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(",;:. ") + "…"


def day(value: dt.date | None) -> str:
    """A day as people write it; "" when there is none.

    >>> day(dt.date(1972, 2, 21))
    '21 Feb 1972'
    """
    return f"{value.day} {value:%b} {value.year}" if value else ""


def days(first: dt.date | None, last: dt.date | None) -> str:
    """From which day to which, a whole month or year by its name; "" when the first is not known.

    >>> days(dt.date(1990, 6, 1), dt.date(1990, 6, 30)), days(dt.date(1990, 1, 1), dt.date(1990, 12, 31))
    ('Jun 1990', '1990')
    >>> days(dt.date(1989, 12, 2), dt.date(1989, 12, 3)), days(dt.date(1989, 12, 2), None)
    ('2 Dec 1989 – 3 Dec 1989', '2 Dec 1989')
    """
    if first is None or last is None or last <= first:
        return day(first)
    is_to_the_end = (last + dt.timedelta(days=1)).day == 1
    if first.day == 1 and is_to_the_end and first.year == last.year:
        if first.month == last.month:
            return f"{first:%b} {first.year}"
        if first.month == 1 and last.month == 12:
            return str(first.year)
    return f"{day(first)} – {day(last)}"


def day_or_bounds(published: dt.date | None, earliest: dt.date | None, latest: dt.date | None) -> str:
    """The day of an article, or between which days it lies, or that nothing is known.

    >>> day_or_bounds(None, dt.date(1972, 2, 21), None)
    'not before 21 Feb 1972'
    """
    if published:
        return day(published)
    if earliest and latest:
        return f"{day(earliest)} to {day(latest)}"
    if earliest:
        return f"not before {day(earliest)}"
    if latest:
        return f"not after {day(latest)}"
    return "day unknown"


def count(number: int | float | None, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "article"), count(1200, "article")
    ('1 article', '1,200 articles')
    """
    number = int(number or 0)
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def names(values: list[str] | None, most: int = 4) -> str:
    """Names in a row, the last ones counted.

    >>> names(["A", "B", "C"], 2)
    'A, B and 1 more'
    """
    values = [shown(value) for value in values or []]
    return ", ".join(values[:most]) + (f" and {len(values) - most} more" if len(values) > most else "")


@functools.cache
def _countries() -> dict[str, str]:
    rows = read_rows(Path(__file__).parents[1] / "reference" / "countries.csv", ("iso3", "name"))
    return {row["iso3"]: row["name"] for row in rows}


def country(code: str | None) -> str:
    """The name of a country, by its code; the code itself where none is known.

    >>> country("CHN"), country("XYZ")
    ('China', 'XYZ')
    """
    return _countries().get(code or "", code or "")
