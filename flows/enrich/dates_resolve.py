"""Put expressions of time on the calendar: from the article's day, or from the last date spoken of."""

import datetime as dt
from bisect import bisect_left
from typing import NamedTuple

from flows.enrich.calendar import DAY, first_of_month, holiday, in_year, make_day, period, span_of
from flows.enrich.datelines import dateline_day
from flows.enrich.dates_find import words_of
from flows.enrich.dates_line import Found
from flows.enrich.dates_tense import direction
from flows.enrich.story import Published, Story, Timex
from flows.reference.dates import DateLexicon, DateWords

_NO_DAY = "the article's day is not known"
_FILED = 3  # days by which a dateline may precede publication
_SAME_GRAIN = ("quarter", "half", "month", "season")


class Spoken(NamedTuple):
    """The last date spoken of: its value, first day and grain, and the sentence that spoke of it."""

    value: str
    starts_on: dt.date
    grain: str
    sentence_no: int


class Frame(NamedTuple):
    """What an expression may be resolved against."""

    story: Story
    lang: DateWords
    article: dt.date | None
    spoken: Spoken | None
    spoken_day: Spoken | None
    full: tuple[tuple[int, dt.date], ...]


def resolve_dates(story: Story, found: list[Found], published: Published, lexicon: DateLexicon) -> list[Timex]:
    """A row for each expression; ``value`` is None, and ``basis`` says why, where nothing on the page resolves it."""
    lang = words_of(story.language, lexicon)
    frame = Frame(story, lang, _written_on(story, found, published.on), None, None, full_dates(found))
    out = []
    for one in found:
        value, basis = value_of(one, frame)
        starts_on, ends_on, grain = span_of(value) if value else (None, None, None)
        out.append(Timex(one.type, one.block_no, one.char_start, one.char_end, one.sentence_no, value, starts_on, ends_on, grain, basis))
        if value and starts_on and grain and one.type in ("DATE", "TIME") and one.unit not in ("YG", "YA", "YQ"):
            spoken = Spoken(value, starts_on, grain, one.sentence_no)
            frame = frame._replace(spoken=spoken, spoken_day=spoken if grain in ("day", "time") else frame.spoken_day)
    return out


def _written_on(story: Story, found: list[Found], published: dt.date | None) -> dt.date | None:
    """The day from which a text counts: its dateline's where that is of the days before publication, else that of publication."""
    line = dateline_day(story, found, published) if published else None
    return line.day if line and published and 0 <= (published - line.day).days <= _FILED else published


def full_dates(found: list[Found]) -> tuple[tuple[int, dt.date], ...]:
    """The days printed with their year, each with the offset where it stands."""
    out = []
    for one in found:
        if one.form == "day" and (day := make_day(one.year, one.month, one.day)):
            out.append((one.char_start, day))
    return tuple(out)


def value_of(one: Found, frame: Frame) -> tuple[str | None, str]:
    """TIMEX3 value and basis of an expression."""
    if one.form == "fixed":
        return one.value, "printed in full" if one.value and one.value[0].isdigit() else "needs no day"
    try:
        return _FORMS[one.form](one, frame)
    except (ValueError, OverflowError):
        return None, "beyond the calendar"


def _timed(day: dt.date, part: str) -> str:
    """A day's value, with a part of the day or a time: 2025-05-08TNI, 2025-05-08T14:30."""
    return f"{day.isoformat()}T{part}" if part else day.isoformat()


def _day(one: Found, frame: Frame) -> tuple[str | None, str]:
    if one.year:
        day = make_day(one.year, one.month, one.day)
        return (_timed(day, one.part), "printed in full") if day else (None, "no such day")
    if one.year_shift:
        year, basis = _told_year(one.year_shift, frame)
        day = make_day(year, one.month, one.day)
        return (_timed(day, one.part) if day else None), basis
    anchor, basis = _anchor(one, frame)
    if anchor is None:
        return None, basis
    if one.month is None:
        months = [first_of_month(anchor.year, anchor.month - back) for back in range(15)]
        days = [day for first in months if (day := make_day(first.year, first.month, one.day)) and day <= anchor]
        return next((_timed(day, one.part) for day in days if day.isoweekday() == one.weekday), None), basis
    if one.weekday:
        years = sorted(range(anchor.year - 6, anchor.year + 7), key=lambda year: abs(year - anchor.year))
        fitting = [day for year in years if (day := make_day(year, one.month, one.day)) and day.isoweekday() == one.weekday]
        look = _look(one, frame)
        fitting = [day for day in fitting if (day - anchor).days * look >= 0] or fitting
        if fitting:
            day = min(fitting, key=lambda day: abs((day - anchor).days))
            return _timed(day, one.part), basis
    days = [day for year in (anchor.year - 1, anchor.year, anchor.year + 1) if (day := make_day(year, one.month, one.day))]
    day = _choose(days, anchor, _look(one, frame)) if days else None
    return (_timed(day, one.part), basis) if day else (None, "no such day")


def _look(one: Found, frame: Frame) -> int:
    return direction(frame.story, one, frame.lang) if frame.article else 0


def _choose(days: list[dt.date], anchor: dt.date, look: int) -> dt.date:
    """The day before or on the anchor, after or on it, or the nearest.

    The tense yields where it would lead eight months or more away while the other way lies within three.
    """
    nearest = min(days, key=lambda day: abs((day - anchor).days))
    sided = [day for day in days if (day - anchor).days * look >= 0] if look else []
    if not sided:
        return nearest
    chosen = min(sided, key=lambda day: abs((day - anchor).days))
    if abs(look) < 2 and abs((chosen - anchor).days) > 240 and abs((nearest - anchor).days) < 92:
        return nearest
    return chosen


def _anchor(one: Found, frame: Frame) -> tuple[dt.date | None, str]:
    """The day to count a year-less date from: the article's, else the last full date before it, else the next one.

    A month that its own sentence has just named with its year stands for that one: "in July 1971 he flew there and met them on
    July 9".
    """
    spoken = frame.spoken
    if (
        spoken
        and spoken.sentence_no == one.sentence_no
        and (one.form, spoken.grain) in (("day", "month"), ("day", "day"))
        and (not frame.article or spoken.starts_on.year < frame.article.year - 1)
        and spoken.starts_on.month == one.month
        and spoken.value[:4].isdigit()
    ):
        first = spoken.starts_on
        return first.replace(day=15), f"year by the date spoken of, {spoken.value}"
    if frame.article:
        return frame.article, f"year by the article's day, {frame.article}"
    if frame.full:  # they stand in the order of the text
        place = bisect_left(frame.full, one.char_start, key=lambda each: each[0])
        day = frame.full[max(0, place - 1)][1]
        return day, f"year by the date spoken of, {day}"
    return None, f"no year printed, and {_NO_DAY}"


def _told_year(words: str, frame: Frame) -> tuple[int | None, str]:
    """The year told by words after a date: -1 (last year), spoken (that year), spoken+1."""
    if words.startswith("spoken"):
        base = frame.spoken.starts_on if frame.spoken else frame.article
        basis = f"year by the date spoken of, {frame.spoken.value}" if frame.spoken else f"year by the article's day, {frame.article}"
        return (base.year + int(words[6:] or 0), basis) if base else (None, "no year has been spoken of")
    if frame.article is None:
        return None, _NO_DAY
    return frame.article.year + int(words.rstrip("y")), f"year by the article's day, {frame.article}"


def _month(one: Found, frame: Frame) -> tuple[str | None, str]:
    assert one.month is not None
    if one.year:
        return f"{one.year:04}-{one.month:02}", "printed in full"
    if one.year_shift:
        year, basis = _told_year(one.year_shift, frame)
        return (f"{year:04}-{one.month:02}" if year else None), basis
    anchor, basis = _anchor(one, frame)
    if anchor is None:
        return None, basis
    this = dt.date(anchor.year, anchor.month, 1)
    firsts = [dt.date(year, one.month, 1) for year in (anchor.year - 1, anchor.year, anchor.year + 1)]
    if one.shift == -1:
        first = max(day for day in firsts if day < this)
    elif one.shift == 1:
        first = min(day for day in firsts if day > this)
    elif one.shift == 0:
        first = firsts[1]
    else:
        first = _choose(firsts, this, _look(one, frame))
    return f"{first:%Y-%m}", basis


def _year(one: Found, frame: Frame) -> tuple[str | None, str]:
    return f"{'FY' if one.is_fiscal else ''}{one.year:04}", "printed in full"


def _weekday(one: Found, frame: Frame) -> tuple[str | None, str]:
    if frame.article is None:
        return None, f"a weekday, and {_NO_DAY}"
    assert one.weekday is not None
    basis = f"counted from the article's day, {frame.article}"
    base = frame.article
    ahead = (one.weekday - base.isoweekday()) % 7
    back = (base.isoweekday() - one.weekday) % 7
    if one.unit == "W":
        day = base + (one.weekday - base.isoweekday() + 7 * (one.shift or 0)) * DAY
    elif one.shift == -1:
        day = base - (back or 7) * DAY
    elif one.shift == 1:
        day = base + (ahead or 7) * DAY
    elif one.shift == 0:
        day = base + (one.weekday - base.isoweekday()) * DAY
        if day < base and direction(frame.story, one, frame.lang) > 0:
            day += 7 * DAY
    elif direction(frame.story, one, frame.lang) > 0:
        day = base + ahead * DAY
    else:
        day = base - back * DAY
    return _timed(day, one.part), basis


def _spoken_weekday(one: Found, frame: Frame) -> tuple[str | None, str]:
    base = frame.spoken_day.starts_on if frame.spoken_day else frame.article
    if base is None or one.weekday is None:
        return None, f"a weekday, and {_NO_DAY}"
    if one.shift == 1:
        day = base + ((one.weekday - base.isoweekday()) % 7 or 7) * DAY
    else:
        day = base - ((base.isoweekday() - one.weekday) % 7 or 7) * DAY
    return _timed(day, one.part), f"counted from the date spoken of, {base}"


def _part_of_year(one: Found, frame: Frame) -> tuple[str | None, str]:
    """A quarter, half or season: of its year, or the latest or next one by the tense."""
    name = {"quarter": f"Q{one.number}", "half": f"H{one.number}", "season": one.value}[one.form]
    if one.year:
        return f"{one.year:04}-{name}", "printed in full"
    if one.year_shift == "fiscal":
        return None, "a fiscal year without its number"
    if one.year_shift:
        year, basis = _told_year(one.year_shift, frame)
        return (f"{year:04}-{name}" if year else None), basis
    base = frame.article
    if base is None:
        spoken = frame.spoken
        if spoken and one.shift is None and (spoken.grain == "year" or spoken.grain in _SAME_GRAIN):
            return f"{spoken.starts_on.year:04}-{name}", f"year by the date spoken of, {spoken.value}"
        return None, f"no year printed, and {_NO_DAY}"
    basis = f"year by the article's day, {base}"
    values = [f"{year:04}-{name}" for year in (base.year - 1, base.year, base.year + 1)]
    spans = [(value, *span_of(value)[:2]) for value in values]
    if one.shift == -1:
        past = [value for value, _, end in spans if end and end < base]
        return (past[-1] if past else None), basis
    if one.shift == 1:
        coming = [value for value, start, _ in spans if start and start > base]
        return (coming[0] if coming else None), basis
    if one.shift == 0 and one.value != "WI":
        return values[1], basis
    if one.shift == 0 or direction(frame.story, one, frame.lang) > 0:
        coming = [value for value, _, end in spans if end and end >= base]
        return (coming[0] if coming else None), basis
    begun = [value for value, start, _ in spans if start and start <= base]
    return (begun[-1] if begun else None), basis


def _holiday(one: Found, frame: Frame) -> tuple[str | None, str]:
    rule = one.value or ""
    if one.year:
        day = holiday(rule, one.year)
        return (day.isoformat() if day else None), "the feast's day in the year printed"
    if one.year_shift:
        year, basis = _told_year(one.year_shift, frame)
        day = holiday(rule, year) if year else None
        return (day.isoformat() if day else None), basis
    anchor, basis = _anchor(one, frame)
    if anchor is None:
        return None, basis
    days = [day for year in (anchor.year - 1, anchor.year, anchor.year + 1) if (day := holiday(rule, year))]
    if one.shift == -1:
        day = max(day for day in days if day < anchor)
    elif one.shift == 1:
        day = min(day for day in days if day > anchor)
    else:
        day = _choose(days, anchor, _look(one, frame))
    return _timed(day, one.part), basis


def _shift(one: Found, frame: Frame) -> tuple[str | None, str]:
    if frame.article is None:
        return None, f"told from the article's day, and {_NO_DAY}"
    basis = f"counted from the article's day, {frame.article}"
    value = period(frame.article, one.unit, one.shift or 0)
    if value is None:
        return None, "beyond the calendar"
    if one.is_fiscal and one.unit == "Y":
        value = f"FY{value}"
    return (f"{value}T{one.part}" if one.part and one.unit == "D" else value), basis


def _spoken(one: Found, frame: Frame) -> tuple[str | None, str]:
    """The day after, a year earlier, that week: from the last date spoken of, else from the article's day."""
    shift = one.shift or 0
    spoken = frame.spoken
    if one.unit == "X":
        return None, "how many is not told"
    if one.unit == "YQ" and (spoken is None or spoken.grain != "quarter") and frame.article:
        return period(frame.article, "Q", 4 * shift - 1), f"counted from the article's day, {frame.article}"
    if one.unit in ("YG", "YA", "YQ"):
        near = spoken and (one.unit != "YA" or spoken.grain in ("quarter", "half"))
        if spoken and near and spoken.grain in _SAME_GRAIN and one.sentence_no - spoken.sentence_no <= 3:
            return in_year(spoken.value, shift), f"counted from the date spoken of, {spoken.value}"
        base = spoken.starts_on if one.unit == "YG" and spoken and spoken.grain in ("year", "day", "time") and shift > 0 else frame.article
        base = base or (spoken.starts_on if spoken and one.unit == "YG" else None)
        if base is None:
            return None, _NO_DAY
        return period(base, "Y", shift), f"counted from {base}"
    if one.unit == "Q" and (spoken is None or spoken.grain != "quarter"):
        if frame.article is None:
            return None, "no quarter has been spoken of"
        return period(frame.article, "Q", shift - 1), f"the last full quarter before, counted from the article's day, {frame.article}"
    base_date: dt.date | None
    if one.unit in ("D", "WE", "W", "FN"):
        base_date, of = (frame.spoken_day.starts_on, frame.spoken_day.value) if frame.spoken_day else (None, "")
    elif one.unit == "M":
        fine = spoken and spoken.grain in ("day", "time", "week", "month")
        base_date, of = (spoken.starts_on, spoken.value) if spoken and fine else (None, "")
    else:
        base_date, of = (spoken.starts_on, spoken.value) if spoken else (None, "")
    basis = f"counted from the date spoken of, {of}"
    to_come = base_date is not None and frame.article is not None and base_date > frame.article and shift >= 0
    if to_come and one.unit == "D" and direction(frame.story, one, frame.lang) < 0:
        return None, f"the date spoken of, {of}, was yet to come"  # "who takes office on May 20, met them the same day"
    if base_date is None:
        base_date, basis = frame.article, f"counted from the article's day, {frame.article}"
    if base_date is None:
        return None, f"no day has been spoken of, and {_NO_DAY}"
    value = period(base_date, one.unit, shift)
    return (f"{value}T{one.part}" if value and one.part else value), basis


def _weekend(one: Found, frame: Frame) -> tuple[str | None, str]:
    base = frame.article
    if base is None:
        return None, f"told from the article's day, and {_NO_DAY}"
    shift = 0 if base.isoweekday() >= 5 or direction(frame.story, one, frame.lang) > 0 else -1
    return period(base, "WE", shift), f"counted from the article's day, {base}"


def _clock(one: Found, frame: Frame) -> tuple[str | None, str]:
    """A time alone belongs to the day last spoken of in its sentence or the one before, else to the article's."""
    near = frame.spoken_day
    if near and one.sentence_no - near.sentence_no <= 1:
        return _timed(near.starts_on, one.part), f"on the day spoken of, {near.starts_on}"
    if frame.article:
        return _timed(frame.article, one.part), f"on the article's day, {frame.article}"
    return None, f"a time, and {_NO_DAY}"


_FORMS = {
    "day": _day,
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "spoken_weekday": _spoken_weekday,
    "quarter": _part_of_year,
    "half": _part_of_year,
    "season": _part_of_year,
    "holiday": _holiday,
    "shift": _shift,
    "spoken": _spoken,
    "weekend": _weekend,
    "clock": _clock,
    "part": _clock,
}
