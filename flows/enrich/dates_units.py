"""Expressions of time built on a unit, a season or a part of the day: last month, three weeks ago, the third quarter."""

from flows.enrich.dates_line import DASHES, Found, Line, context, count_before, left_mods, two_digit_year, year_after, year_number, zone_end
from flows.enrich.dates_line import clock as read_clock

_CLOCK_UNITS = frozenset(("TS", "TM", "TH"))


def _ends_clause(line: Line, word: str) -> bool:
    """Tell whether nothing follows that an "earlier" or "before" could refer to: punctuation, or a new clause."""
    return (not word[:1].isalnum() and word != "$") or word in context(line, "clause_starts")


def unit(line: Line, at: int) -> tuple[Found, ...]:
    """Read the expression whose unit stands at ``at``; () when it is none ("the day of the vote")."""
    code, plural = line.lang.units[line.lows[at]]
    if code == "CK":
        return _clock_in_words(line, at)
    counted = count_before(line, at)
    if counted is not None:
        return _counted(line, at, code, plural, *counted)
    return _plural(line, at, code) if plural else _single(line, at, code)


def _clock_in_words(line: Line, at: int) -> tuple[Found, ...]:
    """Eleven o'clock; ten p.m.; a time in digits is read where its digits stand."""
    lows = line.lows
    k = at - 3 if lows[at] == "clock" else at - 1
    if lows[at] == "clock" and lows[at - 2 : at] != ["o", "'"]:
        return ()
    hour = line.lang.cardinals.get(lows[k], 0)
    if not 1 <= hour <= 12 or lows[k] in ("a", "an", "couple"):
        return ()
    if lows[at][:1] in "ap":
        hour = hour % 12 + (12 if lows[at][0] == "p" else 0)
    return (Found("TIME", "clock", k, at + 1, part=f"{hour:02}:00"),)


def _counted(line: Line, at: int, code: str, plural: bool, count: float | None, first: int) -> tuple[Found, ...]:
    """Two weeks ago; three days later; the past ten years; every two years; three-day."""
    lows = line.lows
    hyphenated = lows[at - 1] in DASHES
    number_word = lows[at - 1]
    if (code == "TS" and not plural) or code == "HY" or (code == "Q" and (hyphenated or not plural)):
        return ()
    if code == "TH" and line.lang.language != "en" and ((not plural and count != 1) or lows[first - 1] == "à"):
        hour = int(count) if count is not None and count == int(count) and count < 25 else None
        return (Found("TIME", "clock", first, at + 1, part=f"{hour:02}:00"),) if hour is not None and lows[first - 1] == "à" else ()
    if count is None and not plural and not hyphenated and line.lang.language == "en":
        return ()
    if lows[at + 1] == "old" or (lows[at + 1] in DASHES and lows[at + 2] in ("old", "olds")):
        return (Found("", "skip", first, at + 1),)
    if lows[at + 1] in DASHES and lows[at + 2] in ("earlier", "ago"):
        return (Found("DATE", "spoken", first, at + 3, unit="YG" if code == "Y" else code, shift=-int(count or 1)),)
    before = lows[first - 1]
    if before in context(line, "every"):
        return (Found("SET", "fixed", first - 1, at + 1, value=_duration(count, code)),)
    end = at + 1
    ago = context(line, "ago_after")
    whole = int(count) if count is not None and count == int(count) else None
    if lows[end] in ago and (lows[end] != "back" or _ends_clause(line, lows[end + 1])):
        return _ago(line, first, end + 1, code, count, -1)
    prefixes = context(line, "ago_before")
    if prefixes:
        for size in (3, 1):
            if " ".join(lows[first - size : first]) in prefixes:
                return _ago(line, first - size, end, code, count, -1)
    later, earlier = context(line, "later_after"), context(line, "earlier_after")
    if not hyphenated and (lows[end] in later or lows[end] in earlier):
        sign = 1 if lows[end] in later else -1
        free = _ends_clause(line, lows[end + 1]) or (lows[end] in ("later", "earlier") and lows[end + 1] != "than")
        if free and not (lows[end] == "on" and lows[end + 1] not in ("", ",", ".")):
            if code in _CLOCK_UNITS:
                return (Found("DURATION", "fixed", first, end, value=_duration(count, code)),)
            if count is None:
                return (Found("DATE", "spoken", first, end + 1, unit="X", shift=sign),)
            if whole is not None:
                same = code == "Y" and whole == 1
                return (Found("DATE", "spoken", first, end + 1, unit="YG" if same else code, shift=sign * whole),)
    if lows[end] == "from" and lows[end + 1] in ("now", "today"):
        return _ago(line, first, end + 2, code, count, 1)
    if lows[end] in ("'", "'s") and lows[end + 1] == "time" and before == "in":
        return _ago(line, first, end + 2, code, count, 1)
    start = first
    if before in context(line, "span") and (
        before in ("past", "last", "next") or lows[first - 2] == "the" or lows[first - 2] in context(line, "possessive")
    ):
        start -= 1
        if lows[start - 1] == "the":
            start -= 1
    elif number_word in ("a", "an") and first == at - 1 and not hyphenated:
        if (
            before not in context(line, "duration_before")
            and before not in context(line, "a_before")
            and before not in context(line, "mod")
        ):
            return ()
        if code == "D" or (lows[end] in ("of", "-") and code in _CLOCK_UNITS):
            return (
                ()
                if lows[end] == "of" or before not in context(line, "duration_before")
                else (Found("DURATION", "fixed", first, end, value="P1D"),)
            )
    if code == "D" and whole == 1 and number_word == "one" and before not in context(line, "duration_before") and not hyphenated:
        return ()
    return (Found("DURATION", "fixed", start, end, value=_duration(count, code)),)


def _ago(line: Line, first: int, end: int, code: str, count: float | None, sign: int) -> tuple[Found, ...]:
    if count is None or code in ("GE", "ML"):
        return (Found("DATE", "fixed", first, end, value="PAST_REF" if sign < 0 else "FUTURE_REF"),)
    if count != int(count):
        if code == "Y":
            return (Found("DATE", "shift", first, end, unit="M", shift=sign * round(12 * count)),)
        return (Found("DATE", "fixed", first, end, value="PAST_REF" if sign < 0 else "FUTURE_REF"),)
    shift = sign * int(count)
    if code in _CLOCK_UNITS:
        hours = {"TS": 0, "TM": 0, "TH": 1}[code] * shift
        return (Found("TIME", "shift", first, end, unit="D", shift=int(hours / 24)),)
    if code == "FN":
        code, shift = "W", shift * 2
    if code == "Y" and abs(shift) == 1 and sign < 0 and line.lows[end - 1] in context(line, "ago_after"):
        return (Found("DATE", "spoken", first, end, unit="YA", shift=shift),)
    weekday = line.lang.weekdays.get(line.lows[end])
    if code == "W" and weekday:
        return (Found("DATE", "weekday", first, end + 1, weekday=weekday, unit="W", shift=shift),)
    return (Found("DATE", "shift", first, end, unit="D" if code == "N" else code, shift=shift),)


def _duration(count: float | None, code: str) -> str:
    """The TIMEX3 value of a duration.

    >>> _duration(3, "D"), _duration(None, "Y"), _duration(2, "FN"), _duration(90, "TM")
    ('P3D', 'PXY', 'P4W', 'PT90M')
    """
    factor, letter = {
        "D": (1, "D"),
        "N": (1, "D"),
        "W": (1, "W"),
        "FN": (2, "W"),
        "M": (1, "M"),
        "Q": (3, "M"),
        "HY": (6, "M"),
        "Y": (1, "Y"),
        "DE": (10, "Y"),
        "CE": (100, "Y"),
        "ML": (1000, "Y"),
        "GE": (0, "Y"),
        "WE": (1, "WE"),
        "TH": (1, "TH"),
        "TM": (1, "TM"),
        "TS": (1, "TS"),
    }[code]
    prefix = "PT" if letter[0] == "T" else "P"
    if count is None or factor == 0:
        return f"{prefix}X{'DE' if code == 'DE' else 'CE' if code == 'CE' else letter[-1] if prefix == 'PT' else letter}"
    return f"{prefix}{count * factor:g}{letter[-1] if prefix == 'PT' else letter}"


def _plural(line: Line, at: int, code: str) -> tuple[Found, ...]:
    """Recent years; the coming weeks; years ago; for months; the last days."""
    lows = line.lows
    before, after = lows[at - 1], lows[at + 1]
    vague = context(line, "vague")
    if code == "CE" and (number := _ordinal_before(line, at)):
        return _century(line, at, *number)
    if before in vague:
        first = at - 1
        if lows[first - 1] in ("the", "more", "most"):
            first -= 1
        return (Found("DATE", "fixed", first, at + 1, value=vague[before]),)
    if before in context(line, "span"):
        first = at - 2 if lows[at - 2] == "the" else at - 1
        return (Found("DURATION", "fixed", first, at + 1, value=_duration(None, code)),)
    if after in context(line, "ago_after") and after != "back":
        return (Found("DATE", "fixed", at, at + 2, value="PAST_REF"),)
    if after in ("later", "earlier") and code not in _CLOCK_UNITS and lows[at + 2] != "than":
        return (Found("DATE", "spoken", at, at + 2, unit="X", shift=1 if after == "later" else -1),)
    if code == "TH" and (before in context(line, "mod") or before in line.lang.parts or before in ("small", "wee", "business")):
        return ()
    if (
        before in context(line, "duration_before")
        or after in ("before", "after", "later", "of")
        or (after in DASHES and lows[at + 2] in ("long", "old"))
    ):
        if before in ("the", "a") or before in context(line, "possessive"):
            return ()
        return (Found("DURATION", "fixed", at, at + 1, value=_duration(None, code)),)
    return ()


def _single(line: Line, at: int, code: str) -> tuple[Found, ...]:
    """Last month; the third quarter; the 20th century; the end of the year; fiscal year 2024; this weekend."""
    lows = line.lows
    fiscal = False
    k = at - 1
    hyphen = False
    if lows[k] in DASHES:
        k, hyphen = k - 1, True
    if lows[k] in context(line, "fiscal") or lows[k] in ("calendar", "school", "academic", "marketing", "budget"):
        fiscal = lows[k] in context(line, "fiscal")
        k -= 1
    before = lows[k]
    if code == "Y" and (year := year_number(lows[at + 1])) and lows[at + 2] not in context(line, "counted"):
        first = k + 1
        mod, first = left_mods(line, first)
        if lows[first - 1] == "the":
            first -= 1
        end = at + 2 + (lows[at + 2] in context(line, "year_after"))
        return (Found("DATE", "year", first, end, year=year, is_fiscal=fiscal, mod=mod),)
    if code in ("Q", "HY", "CE", "W", "WE", "M", "D") and (number := _ordinal_before(line, at)):
        return _ordered(line, at, code, number)
    if hyphen and before in context(line, "mod") and code in ("Y", "M", "W", "DE", "CE"):
        return (Found("DATE", "shift", k, at + 1, unit=code, shift=0, mod="MID"),)
    if (lows[at + 1] in ("'s", "-") and lows[at + 2] == "end") or (lows[at + 1] == "end" and code in ("Y", "M")):
        end = at + 3 if lows[at + 1] in ("'s", "-") else at + 2
        if code in ("Y", "M", "Q") and before not in ("every", "each"):
            shift = int(context(line, "shift").get(before, "0"))
            first = k if before in context(line, "shift") else at
            year, _, stop = year_after(line, end)
            if year:
                return (Found("DATE", "year", first, stop, year=year, mod="END"),)
            return (Found("DATE", "shift", first, end, unit=code, shift=shift, mod="END"),)
    if before in context(line, "every"):
        return (Found("SET", "fixed", k, at + 1, value=_duration(1, code)),) if before != "all" else ()
    return _shifted(line, at, code, k, before, fiscal, hyphen)


def _shifted(line: Line, at: int, code: str, k: int, before: str, fiscal: bool, hyphen: bool) -> tuple[Found, ...]:
    """A unit told from the article's day (last, this, next) or from the last date spoken of (the following)."""
    lows = line.lows
    posts = context(line, "post_shift")
    shifts = context(line, "shift")
    is_english = line.lang.language == "en"
    dated = code in ("W", "M", "Q", "Y", "DE", "CE", "WE", "HY", "FN") or (not is_english and code == "D")
    if not dated:
        return ()
    if posts:
        for size in (2, 1):
            words = " ".join(lows[at + 1 : at + 1 + size])
            if words in posts:
                return (Found("DATE", "shift", at, at + 1 + size, unit=code, shift=int(posts[words])),)
    form = ""
    shift = 0
    first = k
    if before in shifts and not hyphen:
        form, shift = "shift", int(shifts[before])
        if before == "coming" and lows[k - 1] == "this":
            first = k - 1
    elif before == "past":
        if lows[k - 1] == "this":
            form, shift, first = "shift", -1, k - 1
        else:
            first = k - 1 if lows[k - 1] == "the" else k
            return (Found("DURATION", "fixed", first, at + 1, value=_duration(1, code)),)
    elif before in context(line, "spoken") and not hyphen and before not in ("that", "same"):
        form, shift = "spoken", int(context(line, "spoken")[before])
    elif before == "the" and code == "WE":
        form = "weekend"
    elif code == "WE" and before not in ("a", "per", "one"):
        return (Found("DATE", "weekend", at, at + 1),)
    elif before == "the" and not hyphen and code in ("W", "M", "Q", "Y", "DE", "CE"):
        if (
            code in ("Y", "M")
            and lows[k - 1] == "of"
            and lows[k - 2] in context(line, "year_part")
            and lows[k - 2] not in context(line, "mod")
        ):
            return (Found("DATE", "shift", k, at + 1, unit=code, shift=0),)  # the first nine months of the year
        mod, first = left_mods(line, k + 1)
        if not mod and lows[k - 1] in ("of", "in") and lows[k - 2] in context(line, "mod"):
            mod = context(line, "mod")[lows[k - 2]]
            first = k - 3 if lows[k - 3] == "the" else k - 2
        if not mod or first > k:
            return ()
        return (Found("DATE", "shift", first, at + 1, unit=code, shift=0, mod=mod, is_fiscal=fiscal),)
    if not form:
        return ()
    mod, start = left_mods(line, first)
    if not mod and lows[first - 1] == "the":
        start = first - 1
        if before in ("last", "next") and code in ("W", "M", "Y", "DE", "CE"):
            return (Found("DURATION", "fixed", start, at + 1, value=_duration(1, code)),)
    found = Found("DATE", form, start, at + 1, unit=code, shift=shift, mod=mod, is_fiscal=fiscal)
    weekday = line.lang.weekdays.get(lows[at + 2]) if lows[at + 1] == "on" and code == "W" else None
    if weekday and form == "shift":
        return (Found("DATE", "weekday", start, at + 3, unit="W", shift=shift, weekday=weekday),)
    return (found,)


def _ordinal_before(line: Line, at: int) -> tuple[int, int] | None:
    """The ordinal before a unit ("third-", "21st", "mid-19th"), with its index."""
    lows = line.lows
    k = at - 1
    if lows[k] in DASHES:
        k -= 1
    if lows[k] in context(line, "fiscal"):
        k -= 1
    word = lows[k]
    if word in line.lang.ordinals:
        return line.lang.ordinals[word], k
    if word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdecimal():
        return int(word[:-2]), k
    if word[:1] == "q" and word[1:].isdecimal():
        return None
    return None


def _century(line: Line, at: int, number: int, k: int) -> tuple[Found, ...]:
    if not 1 <= number <= 30:
        return ()
    mod, first = left_mods(line, k)
    if not mod and line.lows[first - 1] == "the":
        first -= 1
    return (Found("DATE", "fixed", first, at + 1, value=f"{number - 1:02}", mod=mod),)


def _ordered(line: Line, at: int, code: str, ordinal: tuple[int, int]) -> tuple[Found, ...]:
    """The third quarter of 2025; the first half of last year; the 20th century; the first week of May."""
    lows = line.lows
    number, k = ordinal
    if code == "CE":
        return _century(line, at, number, k) if number > 0 else _shifted(line, at, code, k, lows[k], False, False)
    year, shift, end = year_after(line, at + 1)
    fiscal = lows[k + 1] in context(line, "fiscal") or lows[k - 1] in context(line, "fiscal") or shift == "fiscal"
    first = k - 1 if lows[k - 1] in context(line, "fiscal") else k
    mod, first = left_mods(line, first) if code in ("Q", "HY") else ("", first)
    if mod:
        pass
    elif lows[first - 1] == "the":
        first -= 1
    elif lows[first - 1] in ("this", "last", "next") and code == "Q":
        shift = shift or {"this": "0", "last": "-1", "next": "1"}[lows[first - 1]] + "y"
        first -= 1
    if code == "Q":
        if lows[k] == "last" and not (year or shift):
            return _shifted(line, at, code, k, lows[k], fiscal, False)
        if number == -1:
            number = 4
        if not 1 <= number <= 4 or lows[at + 1] in ("final", "finals") or (lows[at + 1] in DASHES and lows[at + 2].startswith("final")):
            return ()
        return (Found("DATE", "quarter", first, end, year=year, number=number, year_shift=shift, is_fiscal=fiscal, mod=mod),)
    if code == "HY":
        number = 2 if number == -1 else number
        if number not in (1, 2) or not (year or shift):
            return ()
        return (Found("DATE", "half", first, end, year=year, number=number, year_shift=shift, is_fiscal=fiscal),)
    if lows[at + 1] == "of" and code in ("W", "WE", "D"):
        months = line.lang.months
        j = at + 2
        if lows[j] in months and line.words[j][0].isupper():
            year, shift, end = year_after(line, j + 1)
            mod = "END" if number == -1 else "START" if number < 3 else "MID"
            return (
                Found("DATE", "month", first, end if year or shift else j + 1, year=year, month=months[lows[j]], year_shift=shift, mod=mod),
            )
    if lows[k] in context(line, "shift"):
        return _shifted(line, at, code, k, lows[k], fiscal, False)
    return ()


def quarter(line: Line, at: int) -> tuple[Found, ...]:
    """Q3, Q3 2025, H1 2024."""
    lows, lang = line.lows, line.lang
    year, shift, end = year_after(line, at + 1)
    if year is None and (year := two_digit_year(lows[at + 2]) if lows[at + 1] == "'" else None):
        end = at + 3
    if lows[at] in lang.quarters:
        return (Found("DATE", "quarter", at, end, year=year, number=lang.quarters[lows[at]], year_shift=shift),)
    if not (year or shift):
        return ()
    return (Found("DATE", "half", at, end, year=year, number=lang.halves[lows[at]], year_shift=shift),)


# ---------------------------------------------------------------- seasons and parts of the day


def season(line: Line, at: int) -> tuple[Found, ...]:
    """Last winter; the summer of 2024; early spring; not "the fall of Kabul", nor "to spring"."""
    lows, words = line.lows, line.words
    name = line.lang.seasons[lows[at]]
    year, year_shift, end = year_after(line, at + 1)
    first = at
    shift: int | None = None
    shifts = context(line, "shift")
    if lows[at - 1] in shifts:
        shift, first = int(shifts[lows[at - 1]]), at - 1
    elif lows[at - 1] == "past" and lows[at - 2] == "this":
        shift, first = -1, at - 2
    posts = context(line, "post_shift")
    if posts and lows[at + 1] in posts:
        shift, end = int(posts[lows[at + 1]]), at + 2
    mod, first = left_mods(line, first)
    if mod and words[first][0].isalpha() and lows[first - 1] in ("to", "will", "and") and not year and shift is None and lows[at] == "fall":
        return ()
    if not (year or year_shift or shift is not None or mod):
        if line.lang.language != "en":
            return ()
        before = lows[at - 1]
        capital = words[at][0].isupper() and bool(before)
        if capital or (lows[at] in ("fall", "spring") and (lows[at + 1] == "of" or before != "the")):
            return ()
        if before == "the":
            if lows[at - 2] not in context(line, "season_before"):
                return ()
            first = at - 1
        elif before not in ("in", "since", "by", "until", "during") or (
            lows[at + 1].isalpha() and lows[at + 1] not in ("and", "or", "when", "as", "but")
        ):
            return ()
    elif lows[first - 1] == "the":
        first -= 1
    return (Found("DATE", "season", first, end, year=year, year_shift=year_shift, shift=shift, value=name, mod=mod),)


def part_of_day(line: Line, at: int) -> tuple[Found, ...]:
    """This morning; the evening of May 3; noon; late in the morning.

    Form ``part_of`` needs a day after it, which the caller reads.
    """
    lows = line.lows
    part = line.lang.parts[lows[at]]
    if line.lang.language != "en":
        return ()
    exact = part[0].isdigit()
    end = zone_end(line, at + 1) if exact else at + 1
    mod, first = left_mods(line, at)
    before = lows[at - 1]
    if line.lang.triggers.get(lows[end + (lows[end] in ("of", "on", ","))]) or lows[end + 1][:1].isdecimal():
        if lows[end] == "of" or exact or before in ("the", "at", "by", "around", "since", "until", "before", "after") or mod:
            with_day = Found("TIME", "part_of", first - (lows[first - 1] == "the"), end, part=part)
        else:
            with_day = None
    else:
        with_day = None
    if with_day:
        return (with_day,)
    if before == "this" and part != "NI":
        mod, first = left_mods(line, at - 1)
        return (Found("TIME", "shift", first, end, unit="D", shift=0, part=part),)
    if lows[at] == "overnight":
        return ()
    if exact:
        if before not in ("at", "by", "until", "before", "after", "around", "from", "since", "near", "about", "past", "to", "and"):
            return ()
        return (Found("TIME", "clock", at, end, part=part),)
    if mod and lows[first - 1] in ("in", "the", "", "on"):
        return (Found("TIME", "part", first, end, part=part),)
    if (
        before == "the"
        and lows[at - 2] in ("in", "during", "by", "earlier", "later")
        and lows[end] in (",", ".", "")
        and lows[at - 3] not in ("early", "late")
    ):
        k = at - 3 if read_clock(line, at - 3) else at - 1
        return (Found("TIME", "part", k, end, part=part),)
    return ()
