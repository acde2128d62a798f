"""What the finders of dates share: the line that they read, what they find, and the small readers of numbers and years."""

from collections.abc import Iterator
from typing import NamedTuple

from flows.enrich.story import Sentence, Story
from flows.reference.dates import DateWords, Phrase

PAD = 10
_PADDING = [""] * PAD
_STRAIGHT = {"’": "'", "’s": "'s", "’d": "'d", "’m": "'m", "‘": "'", "‑": "-"}
DASHES = frozenset("-–—‑")
RANGES = DASHES | {"or", "to"}  # what joins the two ends of a range
_SUFFIXES = ("st", "nd", "rd", "th", "º", "er")


class Found(NamedTuple):
    """An expression of time as printed, its parts read but not yet put on the calendar.

    ``form`` says how to resolve it: ``day``, ``month``, ``year``, ``weekday``, ``quarter``, ``half``, ``season``,
    ``holiday`` (``value`` holds the rule), ``shift`` (so many units from the article's day), ``spoken`` (from the last
    date spoken of), ``weekend``, ``clock``, ``part`` (of a day), ``fixed`` (``value`` is final).
    ``part`` is a part of the day (MO, NI …) or a time (14:30), ``mod`` START, MID or END, ``year_shift`` a year told by
    words ("last year": -1; "that year": spoken+0), ``number`` that of a quarter or half.
    """

    type: str
    form: str
    first_token: int
    end_token: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    number: int | None = None
    unit: str = ""
    shift: int | None = None
    part: str = ""
    mod: str = ""
    value: str | None = None
    year_shift: str = ""
    is_fiscal: bool = False
    block_no: int = 0
    char_start: int = 0
    char_end: int = 0
    sentence_no: int = 0


class Line(NamedTuple):
    """A sentence's tokens with padding on both sides, so that a reader may look a few words ahead or back.

    A finder's indices are those of ``lows``; ``base`` added to one gives the index in the story. ``order`` is the order
    of a date in digits (mdy, dmy, ymd).
    """

    lows: list[str]
    words: list[str]
    lang: DateWords
    base: int
    order: str
    is_headline: bool


def make_line(story: Story, sentence: Sentence, lang: DateWords, order: str) -> Line:
    """The tokens of a sentence as a line, its apostrophes and hyphens made straight."""
    first, end = sentence.first_token, sentence.end_token
    lows = story.lowers[first:end]
    page, low, high = story.page_text, sentence.char_start, sentence.char_end
    if page.find("’", low, high) >= 0 or page.find("‘", low, high) >= 0 or page.find("‑", low, high) >= 0:
        lows = [_STRAIGHT.get(low, low) for low in lows]
    words = story.words[first:end]
    return Line([*_PADDING, *lows, *_PADDING], [*_PADDING, *words, *_PADDING], lang, first - PAD, order, sentence.role == "headline")


def context(line: Line, name: str) -> dict[str, str]:
    """The words of one class of ``dates_context.csv`` in the line's language."""
    return line.lang.context.get(name, {})


def day_number(token: str) -> int | None:
    """A day of a month: 3, 3rd, 1er.

    >>> day_number("22nd"), day_number("32")
    (22, None)
    """
    if not token or len(token) > 4:
        return None
    if not token.isdecimal():
        stem = next((token[: -len(suffix)] for suffix in _SUFFIXES if token.endswith(suffix)), "")
        if not stem.isdecimal():
            return None
        token = stem
    number = int(token)
    return number if 1 <= number <= 31 and len(token) <= 2 else None


def year_number(token: str) -> int | None:
    """A year of four digits from 1000 to 2199."""
    if len(token) == 4 and token.isdecimal():
        number = int(token)
        return number if 1000 <= number <= 2199 else None
    return None


def year_in_words(line: Line, at: int) -> tuple[int | None, int]:
    """A year in words and where it ends: nineteen ninety-one; (None, at) for "nineteen people" and "nineteen days"."""
    lows, lang = line.lows, line.lang
    tens = lang.cardinals.get(lows[at + 1], 0)
    if lows[at] not in lang.hundreds or not 10 <= tens <= 90:
        return None, at
    end = at + 2
    k = end + 1 if lows[end] in DASHES else end
    ones = lang.cardinals.get(lows[k], 0) if lows[k] not in ("a", "an") else 0
    if tens % 10 == 0 and tens > 10 and 1 <= ones <= 9:
        tens, end = tens + ones, k + 1
    if lows[end] in lang.units or lows[end] in context(line, "counted"):
        return None, at
    return lang.hundreds[lows[at]] * 100 + tens, end


def ordinal_day(line: Line, at: int) -> tuple[int | None, int]:
    """A day of the month in words and where it ends: first, twenty-fifth."""
    lows, lang = line.lows, line.lang
    if lang.cardinals.get(lows[at], 0) in (20, 30):
        k = at + 2 if lows[at + 1] in DASHES else at + 1
        ones = lang.ordinals.get(lows[k], 0)
        number = lang.cardinals[lows[at]] + ones
        return (number, k + 1) if 1 <= ones <= 9 and number <= 31 else (None, at)
    number = lang.ordinals.get(lows[at], 0)
    return (number, at + 1) if 1 <= number <= 31 else (None, at)


def two_digit_year(token: str) -> int | None:
    """The year of two digits, as written in this century and the last: 98 is 1998, 24 is 2024."""
    if len(token) == 2 and token.isdecimal():
        number = int(token)
        return number + (1900 if number >= 40 else 2000)
    return None


def year_after(line: Line, at: int) -> tuple[int | None, str, int]:
    """The year that follows a day, month or quarter: (year, shift told by words, end); (None, "", at) without one."""
    lows = line.lows
    k = at
    if lows[k] == "," or (lows[k] and lows[k] in context(line, "of")):
        k += 1
    if lows[k] == "the" and lows[k + 1] == "year" and year_number(lows[k + 2]):
        k += 2
    fiscal = lows[k] in context(line, "fiscal")
    if fiscal:
        k += 2 if lows[k + 1] == "year" else 1
    if lows[k] in line.lang.hundreds and (spelled := year_in_words(line, k))[0]:
        return spelled[0], "", spelled[1]
    year = year_number(lows[k])
    if year and not (k > at and lows[at] == "in" and line.lang.language == "en") and lows[k + 1] not in context(line, "unit_after"):
        end = k + 1
        if lows[end] in context(line, "year_after"):
            end += 1
        return year, "fiscal" if fiscal else "", end
    k = at + 1 if lows[at] == "," else at
    if lows[k] == "'" and (year := two_digit_year(lows[k + 1])):
        return year, "", k + 2
    own = context(line, "own_year")
    if own:
        k = at + 1 if lows[at] == "," else at
        for size in (4, 3, 2):
            words = " ".join(lows[k : k + size])
            if words in own and (k == at or size == 2):
                return None, own[words], k + size
    return None, "", at


def phrases_at(line: Line, at: int) -> Iterator[tuple[Phrase, int, int]]:
    """The phrases around their key word at ``at``, the longest first, each with its first and end index."""
    lows = line.lows
    before, following = lows[at - 1], lows[at + 1]
    by_next = line.lang.phrases[lows[at]]
    for phrase in (*by_next.get(following, ()), *by_next.get("", ())) if following else by_next.get("", ()):
        if phrase.after and tuple(lows[at + 1 : at + 1 + len(phrase.after)]) != phrase.after:
            continue
        if phrase.before and (phrase.before[-1] != before or tuple(lows[max(0, at - len(phrase.before)) : at]) != phrase.before):
            continue
        yield phrase, at - len(phrase.before), at + 1 + len(phrase.after)


def clock(line: Line, at: int) -> tuple[str, int] | None:
    """A time of day in digits, as (14:30, end): 2 p.m., 2:30 pm, 14:30 GMT, 0900 GMT, 10 o'clock, 14h30."""
    lows = line.lows
    token = lows[at]
    k = at + 1
    hour = minute = None
    has_minutes = False
    if token.isdecimal() and len(token) <= 2:
        hour, minute = int(token), 0
        if lows[k] in (":", ".") and len(lows[k + 1]) == 2 and lows[k + 1].isdecimal() and lows[k + 2] in _ALL_HALVES:
            minute, k, has_minutes = int(lows[k + 1]), k + 2, True
        elif lows[k] == "h" or (lows[k] == "uhr"):
            return (f"{hour:02}:00", k + 1) if hour <= 24 else None
    elif 4 <= len(token) <= 8 and (":" in token or "." in token):
        pieces = token.replace(".", ":").split(":")
        if len(pieces) in (2, 3) and all(piece.isdecimal() for piece in pieces) and len(pieces[0]) <= 2 and len(pieces[1]) == 2:
            hour, minute, has_minutes = int(pieces[0]), int(pieces[1]), ":" in token
    elif (
        len(token) == 4 and token.isdecimal() and lows[k] in ("gmt", "utc", "hrs", "hours") and int(token[:2]) < 25 and int(token[2:]) < 60
    ):
        hour, minute, has_minutes = int(token[:2]), int(token[2:]), True
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    half = lows[k]
    if half in _HALVES and hour <= 12:
        k += 1
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    elif half == "o" and lows[k + 1] == "'" and lows[k + 2] == "clock":
        k += 3
    elif not has_minutes or not (lows[at - 1] in _BEFORE_TIME or zone_end(line, k) > k):
        return None
    zoned = zone_end(line, k)
    suffix = "Z" if lows[k] in ("gmt", "utc") else ""
    return f"{hour:02}:{minute:02}{suffix}", zoned


_HALVES = frozenset(("am", "a.m.", "a.m", "pm", "p.m.", "p.m"))
_ALL_HALVES = _HALVES | {"gmt", "utc", "hrs"}
_BEFORE_TIME = frozenset(
    ("at", "by", "until", "from", "since", "around", "about", "before", "after", "between", "à", "um", "alle", "klo", "в", "о", "kl")
)


def zone_end(line: Line, at: int) -> int:
    """Where a time zone that starts at ``at`` ends; ``at`` when none does."""
    zones = context(line, "zone")
    two = f"{line.lows[at]} {line.lows[at + 1]}"
    if two in zones:
        return at + 2
    return at + 1 if line.lows[at] in zones else at


def day_tail(line: Line, end: int) -> tuple[str, int]:
    """A part of the day or a time that follows a day ("night", "at 9 a.m."), and where it ends."""
    lows = line.lows
    parts = line.lang.parts
    if lows[end] in parts:
        return parts[lows[end]], end + 1
    k = end + 1 if lows[end] in (",", "at", "à", "um", "alle") else end
    if lows[k] == "at":
        k += 1
    if k > end and lows[k] in parts and parts[lows[k]][0].isdigit():
        return parts[lows[k]], k + 1
    if lows[k][:1].isdecimal() and (found := clock(line, k)):
        return found
    return "", end


_ADVERBS = frozenset(("early", "earlier", "late", "later", "mid", "midway"))


def left_mods(line: Line, first: int) -> tuple[str, int]:
    """START, MID or END before an expression ("early", "mid-", "the end of"), and where the expression then begins."""
    lows = line.lows
    mods = context(line, "mod")
    k = first
    if lows[k - 1] == "the" and lows[k - 2] in ("of", "in") and lows[k - 3] in mods:
        k -= 1
    if lows[k - 1] in context(line, "of") and lows[k - 2] in mods and (lows[k - 1] != "in" or lows[k - 2] in _ADVERBS):
        k -= 2
        mod = mods[lows[k]]
        return mod, k - 1 if lows[k - 1] == "the" else k
    k = first
    if lows[k - 1] in DASHES and lows[k - 2] in mods:
        k -= 1
    if lows[k - 1] in mods and (line.lang.language != "en" or lows[k - 1] in _ADVERBS):
        mod = mods[lows[k - 1]]
        k -= 1
        return mod, k - 1 if lows[k - 1] == "the" else k
    return "", first


def count_before(line: Line, at: int) -> tuple[float | None, int] | None:
    """The count before a unit at ``at``: (count, first index), count None for "several"; None when there is none.

    Reads digits, number words ("twenty-five", "two hundred"), "a couple of", "a few", "half a", and approximations
    ("more than", "at least"), which belong to the expression.
    """
    lows, lang = line.lows, line.lang
    k = at - 1
    if lows[k] in DASHES and lows[k - 1]:
        k -= 1
    if lows[k] in context(line, "unit_adjective"):
        k -= 1
    if lows[k] == "of" and lows[k - 1] in ("couple", "dozens", "hundreds", "thousands", "scores"):
        count: float | None = 2 if lows[k - 1] == "couple" else None
        k -= 2 if lows[k - 2] == "a" else 1
        return count, approximation(line, k)
    token = lows[k]
    if token in lang.some:
        k -= 1 if lows[k - 1] in ("a", "the") and lows[k - 1] == "a" else 0
        return None, approximation(line, k)
    if token == "half" and (halved := _and_a_half(line, k)):
        return halved
    number = plain_number(token)
    if number is not None:
        if lows[k - 1] in RANGES and (plain_number(lows[k - 2]) is not None or lows[k - 2] in lang.cardinals):
            return None, approximation(line, k - 2)
        return number, approximation(line, k)
    if token not in lang.cardinals:
        return None
    total = lang.cardinals[token]
    if total >= 100 and (before := plain_number(lows[k - 1]) or lang.cardinals.get(lows[k - 1])):
        return before * total, approximation(line, k - 1)
    if total == 12 and token == "dozen" and lows[k - 1] in ("a", "two", "three", "half"):
        return total * lang.cardinals.get(lows[k - 1], 1), approximation(line, k - 1)
    if total == 2 and token == "couple" and lows[k - 1] == "a":
        return total, approximation(line, k - 1)
    if total < 10 and lows[k - 1] in ("-", "‑") and lang.cardinals.get(lows[k - 2], 0) in range(20, 91, 10):
        return lang.cardinals[lows[k - 2]] + total, approximation(line, k - 2)
    if token in ("a", "an") and lows[k - 1] in DASHES:
        return None
    if token in ("a", "an") and lows[k - 1] == "half":
        return 0.5, approximation(line, k - 1)
    if lows[k - 1] in RANGES and (lows[k - 2] in lang.cardinals or plain_number(lows[k - 2]) is not None):
        return None, approximation(line, k - 2)
    return total, approximation(line, k)


def _and_a_half(line: Line, at: int) -> tuple[float, int] | None:
    """Two and a half, two-and-a-half."""
    words = [word for word in line.lows[max(0, at - 6) : at] if word not in DASHES]
    if words[-2:] != ["and", "a"] or len(words) < 3:
        return None
    whole = plain_number(words[-3]) or line.lang.cardinals.get(words[-3])
    if not whole:
        return None
    first = at - 1
    while line.lows[first] != words[-3]:
        first -= 1
    return whole + 0.5, approximation(line, first)


def plain_number(token: str) -> float | None:
    """A number in digits, thousands set off by commas or not."""
    if not token[:1].isdecimal() or not token[-1:].isdecimal() or ":" in token:
        return None
    try:
        return float(token.replace(",", "")) if "." in token else int(token.replace(",", ""))
    except ValueError:
        return None


def approximation(line: Line, first: int) -> int:
    """Where an expression begins when "more than", "nearly", "about" … stands before it."""
    words = context(line, "approx")
    lows = line.lows
    for size in (3, 2, 1):
        if " ".join(lows[first - size : first]) in words:
            return first - size
    return first


def make_day_order(order: str, a: str, b: str, c: str) -> tuple[int, int, int] | None:
    """Year, month and day of three numbers written in an order (mdy, dmy, ymd), the other order taken where that fails.

    >>> make_day_order("mdy", "13", "2", "2025")
    (2025, 2, 13)
    """
    x, y, z = int(a), int(b), int(c)
    if order == "ymd":
        tries: tuple[tuple[int, int, int], ...] = ((x, y, z),)
    elif order == "mdy":
        tries = ((z, x, y), (z, y, x))
    else:
        tries = ((z, y, x), (z, x, y))
    for year, month, day in tries:
        if 1000 <= year <= 2199 and 1 <= month <= 12 and 1 <= day <= 31:
            return year, month, day
    return None
