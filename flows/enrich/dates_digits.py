"""Expressions of time that begin with a digit: years, decades, ISO and slashed dates, times of day."""

from collections.abc import Callable

from flows.enrich.dates_line import DASHES, RANGES, Found, Line, clock, context, left_mods, make_day_order, two_digit_year, year_number

_TO_YEAR = DASHES | {"/"}  # 1998-99, 1998/99
_OF_DECADES = RANGES | {"and"}  # the 1980s and 90s
DayMonth = Callable[[Line, int], tuple[Found, ...]]


def digits(line: Line, at: int, day_month: DayMonth) -> tuple[Found, ...]:
    """Read the expression that a number opens; () when the number is no time."""
    token = line.lows[at]
    if len(token) == 1 and not line.lows[at + 1]:
        return ()
    if len(token) == 4 and token.isdecimal():
        year = year_number(token)
        return _time(line, at) or (_iso(line, at, year) or _year(line, at, year) if year else ())
    if len(token) == 2 and line.lows[at - 1] == "'" and (short := two_digit_year(token)) and _is_short_year(line, at):
        return (Found("DATE", "year", at - 1, at + 1, year=short),)
    if len(token) <= 2 and token.isdecimal():
        return day_month(line, at) or _slashed(line, at) or _time(line, at)
    if token[-1] == "s" and len(token) in (3, 5):
        return _decade(line, at)
    if len(token) > 4 and token[-1] in "sS" and token[:4].isdecimal():
        return _decade(line, at)
    if "." in token and token.count(".") == 2:
        return _dotted(line, at)
    if ":" in token or "." in token:
        return _time(line, at)
    if token[-2:] in ("st", "nd", "rd", "th", "er"):
        return day_month(line, at)
    if len(token) == 8 and token.isdecimal() and token[:2] in ("19", "20") and make_day_order("ymd", token[:4], token[4:6], token[6:]):
        return (_day(at, at + 1, make_day_order("ymd", token[:4], token[4:6], token[6:])),)
    return ()


def _is_decade(line: Line, at: int) -> bool:
    """Tell whether a year stands for its decade by the word beside it: années 1990, 1990er, 1990-х."""
    lows, after = line.lows, context(line, "decade_after")
    return lows[at - 1] in context(line, "decade_before") or lows[at + 1] in after or f"{lows[at + 1]} {lows[at + 2]}" in after


def _is_short_year(line: Line, at: int) -> bool:
    """Tell whether an apostrophe and two digits are a year: "the class of ’72", "in 1996 and ’97"."""
    two_back = line.lows[at - 2]
    return two_back in ("of", "in", "since", "from", "by", "until", "to", "and", "summer", "spring", "fall", "winter") and (
        two_back not in ("and", "to") or line.lows[at - 3][-2:].isdecimal()
    )


def _day(first: int, end: int, ymd: tuple[int, int, int] | None) -> Found:
    assert ymd is not None
    return Found("DATE", "day", first, end, year=ymd[0], month=ymd[1], day=ymd[2])


def _iso(line: Line, at: int, year: int) -> tuple[Found, ...]:
    """2025-09-03, 2025/09/03, 2025-09."""
    lows = line.lows
    mark = lows[at + 1]
    if mark not in ("-", "/") or len(lows[at + 2]) != 2 or not lows[at + 2].isdecimal():
        return ()
    if lows[at + 3] == mark and len(lows[at + 4]) == 2 and lows[at + 4].isdecimal():
        ymd = make_day_order("ymd", lows[at], lows[at + 2], lows[at + 4])
        return (_day(at, at + 5, ymd),) if ymd else ()
    number = int(lows[at + 2])
    if mark == "-" and 1 <= number <= 12 and not year % 100 < number and not lows[at + 3].isdecimal():
        return (Found("DATE", "month", at, at + 3, year=year, month=number),)
    return ()


def _slashed(line: Line, at: int) -> tuple[Found, ...]:
    """03/09/2025, 3-9-2025: day and month in the order of the line's country."""
    lows = line.lows
    mark = lows[at + 1]
    if mark not in ("/", "-", ".") or lows[at + 3] != mark or not lows[at + 2].isdecimal() or not lows[at + 4].isdecimal():
        return ()
    if lows[at - 1] in ("/", "-") or lows[at + 5] in ("/",) or (mark == "-" and len(lows[at + 4]) != 4):
        return ()
    year = lows[at + 4]
    if len(year) == 2:
        year = str(two_digit_year(year))
    ymd = make_day_order(line.order if line.order != "ymd" else "dmy", lows[at], lows[at + 2], year)
    return (_day(at, at + 5, ymd),) if ymd else ()


def _dotted(line: Line, at: int) -> tuple[Found, ...]:
    """03.09.2025, 2025.09.03, and outside English 3.9.25."""
    a, b, c = line.lows[at].split(".")
    if not (a.isdecimal() and b.isdecimal() and c.isdecimal()):
        return ()
    if len(a) == 4:
        ymd = make_day_order("ymd", a, b, c)
    elif len(c) == 4:
        ymd = make_day_order("dmy", a, b, c)
    elif len(c) == 2 and line.lang.language != "en" and len(a) == 2 and len(b) == 2:
        ymd = make_day_order("dmy", a, b, str(two_digit_year(c)))
    else:
        return ()
    return (_day(at, at + 1, ymd),) if ymd else ()


def _year(line: Line, at: int, year: int) -> tuple[Found, ...]:
    """2025; early 2024; fiscal 1989; 1941-45; not 2000 troops."""
    if not _is_year(line, at, year):
        return ()
    lows = line.lows
    first, end = at, at + 1
    fiscal = False
    if lows[at - 1] in context(line, "fiscal"):
        first, fiscal = at - 1, True
    elif lows[at - 1] == "year" and lows[at - 2] in context(line, "fiscal"):
        first, fiscal = at - 2, True
    if lows[end] in context(line, "year_after") and line.lang.language != "en":
        end += 1
    if year % 10 == 0 and _is_decade(line, at):
        return (
            Found("DATE", "fixed", at, at + 2 if lows[at - 1] not in context(line, "decade_before") else at + 1, value=f"{year // 10:03}"),
        )
    mod, first = left_mods(line, first)
    found = Found("DATE", "year", first, end, year=year, mod=mod, is_fiscal=fiscal)
    mark, second = lows[at + 1], lows[at + 2]
    is_range = mark in _TO_YEAR and len(second) == 2 and second.isdecimal() and lows[at + 3] not in _TO_YEAR
    if is_range and int(second) > year % 100:
        return found, Found("DATE", "year", at + 2, at + 3, year=year // 100 * 100 + int(second))
    return (found,)


_SOFT_MARKS = frozenset(("", ".", ",", ")", ";", ":", "?", "!", "'s", "”", "’", '"', "—", "–"))
_PREFIXES = frozenset(("pre", "post", "mid", "early", "late", "non", "january", "election"))


def _is_year(line: Line, at: int, year: int) -> bool:
    lows = line.lows
    before, after = lows[at - 1], lows[at + 1]
    strong = before in context(line, "year_strong") or (before in context(line, "year_before") and line.lang.language != "en")
    if before in context(line, "number_before") or (before and before[0].isdecimal() and before not in ("30", "31")):
        return False
    if after in context(line, "counted") and not (
        before in ("in", "since", "by", "until") and after not in ("percent", "%", "points", "dollars")
    ):
        return False
    if after == "." and lows[at + 2].isdecimal() and len(lows[at + 2]) < 3:
        return False
    if before in DASHES and lows[at - 2]:
        two_back = lows[at - 2]
        if not (year_number(two_back) or two_back in _PREFIXES or two_back in line.lang.months or before != "-"):
            return False
    if before in ("/", ":", ".", "x", "+", "_", "=", "&", "@") and not year_number(lows[at - 2]):
        return False
    if after in ("/", "x", "+", "=", "_", "@", "°", "₽"):
        return after == "/" and len(lows[at + 2]) in (2, 4) and lows[at + 2].isdecimal()
    if year < 1900 or year > 2100:
        return (strong and (year >= 1500 or after in _SOFT_MARKS)) or (before == "the" and year >= 1500 and year % 100 != 0)
    if 1950 <= year <= 2035:
        return True
    return strong or before in context(line, "year_before") or after in _SOFT_MARKS


def _decade(line: Line, at: int) -> tuple[Found, ...]:
    """The 1990s; mid-1980s; the '90s; not "in his 30s"."""
    lows = line.lows
    stem = lows[at][:-1]
    if not stem.isdecimal() or stem[-1] != "0":
        return ()
    first = at
    if len(stem) == 4:
        value = stem[:3]
        if not 100 <= int(value) <= 220:
            return ()
    elif len(stem) == 2 and lows[at - 1] in ("'", "‘", "`"):
        first = at - 1
        value = str(two_digit_year(stem))[:3] if stem not in ("30", "20") else "19" + stem[0]
    elif len(stem) == 2 and lows[at - 1] in _OF_DECADES and len(lows[at - 2]) == 5 and lows[at - 2][-2:] == "0s":
        value = lows[at - 2][:2] + stem[0]
    else:
        return ()
    mod, first = left_mods(line, first)
    if lows[first - 1] == "the":
        first -= 1
    return (Found("DATE", "fixed", first, at + 1, value=value, mod=mod),)


def _time(line: Line, at: int) -> tuple[Found, ...]:
    """2:30 p.m.; 14:30 GMT; the day that may follow is read by whoever asked."""
    read = clock(line, at)
    return (Found("TIME", "clock", at, read[1], part=read[0]),) if read else ()
