"""Expressions of time built on a month's name or a weekday's."""

from flows.enrich.dates_digits import digits
from flows.enrich.dates_line import DASHES, Found, Line, context, day_number, day_tail, left_mods, ordinal_day, year_after, year_number


def month_name(line: Line, at: int) -> tuple[Found, ...]:
    """May 3, 2025; Sept. 3–5; September 2025; early May; last March."""
    lows, words, lang = line.lows, line.words, line.lang
    month = lang.months[lows[at]]
    is_english = lang.language == "en"
    if is_english and words[at].islower() and (lows[at] in lang.weak_months or len(lows[at]) < 5):
        return ()
    if lows[at - 1] == "of" and lows[at - 2] in lang.ordinals and (worded := day_month(line, at - 2)):
        return worded
    k = at + 1
    if lows[k] == "." and len(lows[at]) <= 5:
        k += 1
    if lows[k] == "the" and lows[k + 1][-2:] in ("st", "nd", "rd", "th"):
        k += 1
    day = day_number(lows[k])
    if day is None and is_english and (spelled := ordinal_day(line, k))[0]:
        return _month_and_days(line, at, month, spelled[0], spelled[1])
    if day and lows[k + 1] in DASHES and lows[k + 2] in lang.months:
        day = None if not is_english else day
    if day and lows[k + 1] not in (":", "%", "percent") and not (lows[k + 1] == "." and lows[k + 2].isdecimal() and len(lows[k + 2]) == 2):
        return _month_and_days(line, at, month, day, k + 1)
    year, shift, end = year_after(line, k)
    if not (year or shift):
        end = at + 1
    first = at
    own_shift: int | None = None
    shifts = context(line, "shift")
    if not (year or shift):
        if lows[at - 1] in shifts:
            own_shift, first = int(shifts[lows[at - 1]]), at - 1
            if lows[first - 1] == "this" or (lows[first] == "past" and lows[first - 1] == "this"):
                first -= 1
        elif post := _post_shift(line, at + 1):
            own_shift, end = post
    mod, first = left_mods(line, first)
    if not (year or shift or mod or own_shift is not None) and not _ismonth_name(line, at):
        return ()
    if end == at + 1 and lows[end] == "." and len(lows[at]) <= 4 and lows[at] != "may" and lows[end + 1]:
        end += 1
    if not (year or shift):
        year = _shared_year(line, end)
    return (Found("DATE", "month", first, end, year=year, month=month, year_shift=shift, shift=own_shift, mod=mod),)


def _ismonth_name(line: Line, at: int) -> bool:
    """Tell whether a month's name without day or year is one: "in May", not "Theresa May" nor "they may"."""
    lows, words, lang = line.lows, line.words, line.lang
    word = lows[at]
    if lang.language != "en":
        return word not in lang.weak_months and len(word) > 3
    if word not in lang.weak_months:
        return words[at][0].isupper()
    if len(word) == 3 and word != "may":
        return lows[at + 1] == "." and lows[at - 1] in context(line, "month_before")
    before, after = lows[at - 1], words[at + 1]
    if before in ("a", "an", "the", "'s") and after.isalpha() and after.islower() and after not in context(line, "month_ends"):
        return True  # a June report, the March issue
    if before not in context(line, "month_before"):
        return (lows[at + 1] in ("'s", "through", "and", "-", "–") and lows[at + 2] in lang.months) or (
            lows[at + 1] == "'s" and word in ("april", "june", "august")
        )
    if words[at + 1][:1].isupper() and before not in ("in", "since", "last", "next", "until", "of", "late", "early"):
        return False
    if word in ("may", "march"):
        if before in ("and", "or", "to", "-", "–", ","):
            return lows[at - 2] in lang.months or lows[at - 2].rstrip(".") in lang.months
        return before not in ("by", "for", "as", "after", "before", "with", "(", "from", "on") or lows[at + 1] in (
            ",",
            ".",
            "",
            "to",
            "and",
            ")",
            "through",
        )
    return True


def _shared_year(line: Line, end: int) -> int | None:
    """The year of the second month in "May and June 2025", "March 3 to April 5, 2024"."""
    lows = line.lows
    if lows[end] not in context(line, "range") or lows[end + 1] not in line.lang.months:
        return None
    k = end + 2
    if lows[k] == ".":
        k += 1
    if day_number(lows[k]):
        k += 1
    return year_after(line, k)[0]


def _month_and_days(line: Line, first: int, month: int, day: int, end: int) -> tuple[Found, ...]:
    """A month's day, or two, with what follows: "May 3–5, 2025", "May 3 at 9 a.m."."""
    second = _second_day(line, end)
    year, shift, stop = year_after(line, end + 2 if second else end)
    if second:
        return (
            Found("DATE", "day", first, end, year=year, month=month, day=day, year_shift=shift),
            Found("DATE", "day", end + 1, stop, year=year, month=month, day=second, year_shift=shift),
        )
    if not (year or shift):
        year = _shared_year(line, end) or _year_of_next_day(line, end)
    part, tail = day_tail(line, stop)
    mod, first = left_mods(line, first)
    kind = "TIME" if part else "DATE"
    return (Found(kind, "day", first, tail, year=year, month=month, day=day, year_shift=shift, part=part, mod=mod),)


def _year_of_next_day(line: Line, end: int) -> int | None:
    """The year in "3 September to 5 October 2025"."""
    lows = line.lows
    if lows[end] not in context(line, "range") or not day_number(lows[end + 1]) or lows[end + 2] not in line.lang.months:
        return None
    return year_after(line, end + 3)[0]


def _second_day(line: Line, end: int) -> int | None:
    lows = line.lows
    if lows[end] not in context(line, "range"):
        return None
    second = day_number(lows[end + 1])
    if second is None or lows[end + 2] in line.lang.months or lows[end + 2] in (":", "/", "%"):
        return None
    if lows[end] not in DASHES and lows[end + 2] not in ("", ",", ".", ")", ";", "in", "at", "of") and not year_number(lows[end + 2]):
        return None
    return second


def day_month(line: Line, at: int) -> tuple[Found, ...]:
    """3 September 2025; 3rd of May; 3. September; 3–5 May; 3 de mayo de 2025."""
    lows, lang = line.lows, line.lang
    day = day_number(lows[at]) or (lang.ordinals.get(lows[at]) if lows[at + 1] in ("of", "de") else None)
    if day is None or day < 1:
        return ()
    k = at + 1
    if lows[k] in ("er", "º", "ª", "°"):
        k += 1
    second: int | None = None
    if lows[k] in context(line, "range") and day_number(lows[k + 1]) and _month_at(line, k + 2) is not None:
        second, k = day_number(lows[k + 1]), k + 2
    month_at = _month_at(line, k)
    if month_at is None:
        return ()
    month = lang.months[lows[month_at]]
    if lang.language == "en" and line.words[month_at].islower() and lows[month_at] in lang.weak_months:
        return ()
    end = month_at + 1
    if lows[end] == "." and len(lows[month_at]) <= 5 and (year_number(lows[end + 1]) or lows[end + 1] == ","):
        end += 1
    if second:
        year, shift, stop = year_after(line, end)
        return (
            Found("DATE", "day", at, at + 1, year=year, month=month, day=day, year_shift=shift),
            Found("DATE", "day", at + 2, stop, year=year, month=month, day=second, year_shift=shift),
        )
    year, shift, stop = year_after(line, end)
    if not (year or shift):
        year = _year_of_next_day(line, end)
    part, tail = day_tail(line, stop)
    if lows[at - 1] == "the" and not lows[at].isdecimal():
        at -= 1
    return (Found("TIME" if part else "DATE", "day", at, tail, year=year, month=month, day=day, year_shift=shift, part=part),)


def _month_at(line: Line, k: int) -> int | None:
    """Index of the month's name after a day's number, connectors and full stops passed over."""
    lows, months = line.lows, line.lang.months
    if lows[k] in months:
        return k
    if (lows[k] == "." or (lows[k] in context(line, "of") and lows[k] != "in")) and lows[k + 1] in months:
        return k + 1
    return None


# ---------------------------------------------------------------- weekdays
def weekday(line: Line, at: int) -> tuple[Found, ...]:
    """Thursday; last Tuesday; Thursday night; Thursday, May 8, 2025; Tuesday last week; every Monday."""
    lows, words, lang = line.lows, line.words, line.lang
    number = lang.weekdays[lows[at]]
    is_english = lang.language == "en"
    if is_english and not words[at][0].isupper():
        return ()
    k = at + 1
    if lows[k] == "." and lows[at] in lang.weak_weekdays:
        k += 1
    after = k + 1 if lows[k] == "," else k
    if lows[after] == "the" or (after > k and lows[after] == "on"):
        after += 1
    dated: tuple[Found, ...] = ()
    if lows[after] in lang.months:
        dated = month_name(line, after)
    elif lows[after][:1].isdecimal():
        dated = day_month(line, after) or (digits(line, after, day_month) if "/" in lows[after + 1] else ())
    elif not is_english and lows[after] in ("den", "le", "el") and lows[after + 1][:1].isdecimal():
        dated = day_month(line, after + 1)
    if dated and dated[0].form == "day" and dated[0].first_token <= after + 1:
        return (dated[0]._replace(first_token=at, weekday=number, mod=""), *dated[1:])
    if is_english and lows[k] == "the" and lows[k + 1][-2:] == "th" and (number_of_day := day_number(lows[k + 1])):
        return (Found("DATE", "day", at, k + 2, day=number_of_day, weekday=number),)
    if lows[at] in lang.weak_weekdays:
        cues = ("on", "last", "next", "since", "by") if is_english else ("in", "na", "de", "em", "última", "próxima", "в", "يوم")
        if lows[at - 1] not in cues or (is_english and len(lows[at]) == 3):
            return ()
    if line.is_headline is False and words[at].isupper() and len(words[at]) > 3 and words[at - 1].isupper() and len(words[at - 1]) > 2:
        return ()
    first = at
    shift: int | None = None
    shifts = context(line, "shift")
    before = lows[at - 1]
    if before in context(line, "every"):
        return (Found("SET", "fixed", at - 1, at + 1, value=f"XXXX-WXX-{number}"),)
    if before in shifts:
        shift, first = int(shifts[before]), at - 1
        if lows[first - 1] == "this":
            first -= 1
    elif before == "past" and lows[at - 2] == "this":
        shift, first = -1, at - 2
    elif before in ("following", "previous"):
        return (Found("DATE", "spoken_weekday", at - 1, at + 1, weekday=number, shift=1 if before == "following" else -1),)
    end = k if lows[k] else at + 1
    unit_week: int | None = None
    if shift is None and (post := _post_shift(line, end)):
        shift, end = post
    week_words = context(line, "own_week")
    for size in (3, 2):
        if " ".join(lows[end : end + size]) in week_words:
            unit_week, end = int(week_words[" ".join(lows[end : end + size])]), end + size
            break
    part, end = day_tail(line, end) if unit_week is None else ("", end)
    mod, first = left_mods(line, first)
    if unit_week is not None:
        return (Found("DATE", "weekday", first, end, weekday=number, shift=unit_week, unit="W", mod=mod),)
    return (Found("TIME" if part else "DATE", "weekday", first, end, weekday=number, shift=shift, part=part, mod=mod),)


def _post_shift(line: Line, at: int) -> tuple[int, int] | None:
    """A shift that stands after its noun ("la semana pasada"), and its end."""
    posts = context(line, "post_shift")
    if not posts:
        return None
    if line.lows[at] in posts:
        return int(posts[line.lows[at]]), at + 1
    two = f"{line.lows[at]} {line.lows[at + 1]}"
    return (int(posts[two]), at + 2) if two in posts else None
