"""Counted and measured quantities: value, unit, bound and what is counted, each with its span.

Years, dates, times of day, durations, ages, ordinals and numbers that name something ("Resolution 242") are no amounts.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from flows.enrich.story import Amount, Mention, Story
from flows.reference.amounts import AmountLexicon
from flows.reference.events import EventLexicon

_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d+(?:\.\d+)?|\d+,\d{1,2})(m|bn|k|tn|km|kg|s)?$")
_HOUR = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d$")  # 17.42, as British papers print a time
_DIGITS = frozenset("0123456789")
_DASHES = frozenset(("-", "–", "—"))
_STOPS = frozenset((
    "in", "on", "at", "for", "to", "by", "from", "with", "and", "or", "but", "that", "which", "who", "as", "after", "before", "since", "than",
    "were", "was", "are", "is", "be", "been", "have", "has", "had", "will", "would", "could", "may", "can", "while", "when", "where", "if",
    "into", "over", "under", "against", "during", "between", "among", "through", "across", "because", "he", "she", "it", "they", "we", "said",
    "says", "last", "met", "still", "already", "also", "then", "now", "again", "never", "did", "do", "does", "the", "a", "an", "this", "these", "those", "his", "her", "its", "their", "not", "more", "per", "out", "of", "about", "each",
))  # fmt: skip
_PASSED = frozenset(
    ("of", "the", "were", "was", "are", "been", "have", "had", "has", "being", "more", "others", "other", "people", "also", "by")
)


class _Number(NamedTuple):
    """A number as printed: its value, its bound if the word itself is vague, and the tokens after its last."""

    value: float
    bound: str | None
    end: int
    suffix: str | None = None


def find_amounts(story: Story, mentions: list[Mention], lexicon: EventLexicon) -> list[Amount]:
    """Amounts of an article, in order. English number words; digits with symbols, codes and SI units in any language.

    A range gives two: its lower end ``at least``, its upper ``at most``. ``what`` is the noun counted, with what befell
    people counted ("people killed"); vague words take their least value ("dozens" is at least 24).
    """
    words = lexicon.amounts
    sentence_of = story.sentence_of
    found = story.where(words.openers, digits=True)
    if not found:
        return []
    named = [one for one in mentions if one.method != "coreference" and one.kind != "country"]
    starts = [one.first_token for one in named]
    out: list[Amount] = []
    after = -1
    for i in found:
        at = bisect_right(starts, i) - 1
        if i < after or (at >= 0 and i < named[at].end_token):
            continue
        sentence = story.sentences[sentence_of[i]]
        first, end = sentence.first_token, sentence.end_token
        number = _number(story, i, end, words)
        if number is None:
            continue
        partner = _range(story, i, number, end, words)
        amounts = _read(story, i, number, first, end, words, partner)
        after = partner[1].end if partner else number.end
        for amount in amounts:
            value, unit, bound, what, low, high = amount
            out.append(Amount(value, unit, bound, what, sentence.block_no, story.starts[low], story.ends[high - 1], sentence.sentence_no))
    return out


def _number(story: Story, i: int, end: int, words: AmountLexicon) -> _Number | None:
    """The number at token ``i``: digits, a number word or several, with scales ("3.5 billion", "two hundred thousand")."""
    lowers = story.lowers
    low = lowers[i]
    suffix = None
    at = i + 1
    if low[0] in _DIGITS:
        match = _NUMBER.match(low)
        if match is None or match.group(2) == "s":
            return None
        value = _value(match.group(1))
        if match.group(2) in words.scales:
            value *= words.scales[match.group(2)]
        else:
            suffix = match.group(2)
        if at + 1 < end and lowers[at] == "/" and lowers[at + 1][0] in _DIGITS:
            return None
    else:
        for rest, vague in words.vague.get(low, ()):
            if tuple(lowers[at : at + len(rest)]) == rest:
                at += len(rest)
                while at < end and lowers[at] in words.scales and len(lowers[at]) > 1:  # several hundred thousand
                    vague *= words.scales[lowers[at]]
                    at += 1
                return _Number(vague, None if low in ("a", "half") else "at least", at)
        if low not in words.numbers:
            return None
        value = words.numbers[low]
        while at < end and lowers[at] in words.numbers and value % 100 >= 20 and words.numbers[lowers[at]] < 10:
            value += words.numbers[lowers[at]]
            at += 1
        if at + 1 < end and lowers[at] == "-" and lowers[at + 1] in words.numbers and words.numbers[lowers[at + 1]] < 10 <= value:
            value += words.numbers[lowers[at + 1]]
            at += 2
    while at < end and lowers[at] in words.scales and len(lowers[at]) > 1:
        value *= words.scales[lowers[at]]
        at += 1
        if at + 1 < end and lowers[at] == "and" and lowers[at + 1] in words.numbers and value >= 100:
            value += words.numbers[lowers[at + 1]]
            at += 2
    if at < end and lowers[at] in ("m", "k", "bn", "tn", "mn") and story.starts[at] == story.ends[at - 1]:
        value *= words.scales[lowers[at]]
        at += 1
    return _Number(value, None, at, suffix)


def _value(digits: str) -> float:
    """The number that digits spell, with a decimal point or comma: 3,000.5 and 3,5 and 1.200.000."""
    if digits.count(".") > 1:
        return float(digits.replace(".", ""))
    head, comma, tail = digits.rpartition(",")
    if comma and len(tail) < 3:
        return float(f"{head}.{tail}")
    return float(digits.replace(",", ""))


def _range(story: Story, i: int, number: _Number, end: int, words: AmountLexicon) -> tuple[int, _Number] | None:
    """The other end of a range: "5-10%", "5 to 10 percent", "between 5 and 10 million"; with its first token."""
    lowers, at = story.lowers, number.end
    joined = at < end and (lowers[at] in _DASHES or lowers[at] == "to" or (lowers[at] == "and" and "between" in lowers[max(0, i - 3) : i]))
    if not joined:
        return None
    start = at + 1
    if start < end and (lowers[start] in words.currencies) and start + 1 < end:
        start += 1
    if start >= end or not (lowers[start][0] in _DIGITS or lowers[start] in words.numbers):
        return None
    if lowers[at] in _DASHES and lowers[i][0] not in _DIGITS:
        return None
    other = _number(story, start, end, words)
    return (start, other) if (other is not None and other.value > number.value) or (other is not None and other.value >= 1e3) else None


def _read(
    story: Story, i: int, number: _Number, first: int, end: int, words: AmountLexicon, partner: tuple[int, _Number] | None
) -> list[tuple[float, str | None, str, str | None, int, int]]:
    """Unit, bound and counted noun of a number: rows of value, unit, bound, what, first token, end token; none if it is no amount."""
    lowers, starts, ends = story.lowers, story.starts, story.ends
    last = partner[1] if partner else number
    at = last.end
    following = lowers[at] if at < end else ""
    before = lowers[i - 1] if i > first else ""
    if (before in _DASHES or before in ("/", ".", ":", "'", "’")) and starts[i] == ends[i - 1]:
        return []  # Covid-19, a score, part of a longer code
    if before == "." and i - 1 > first and starts[i - 1] == ends[i - 2]:
        before = lowers[i - 2]  # Oct. 7, No. 5
    if before == "us" and story.words[i - 1] == "us":
        before = ""  # it cost us 30,000 jobs
    if following in _DASHES and at + 1 < end and starts[at] == ends[at - 1]:
        if partner or lowers[at + 1] in words.times or lowers[at + 1] in words.fractions or (at + 2 < end and lowers[at + 2] in _DASHES):
            return []  # 34-year-old, two-thirds
        at += 1
        following = lowers[at]
    if following in words.fractions or _is_score(lowers, i, at, end, words) or _names(story, i, first, at, end, words):
        return []
    foreign = story.language not in (None, "en")
    low = first_token = i
    unit: str | None = None
    currency = _before(story, i, first, words.currencies)
    if currency is not None:
        unit, low = currency[0], currency[1]
    elif last.suffix in ("km", "kg"):
        unit = last.suffix
    high = last.end
    what: str | None = None
    if unit is None:
        measured = _after(lowers, at, end, words.units) or (_after(lowers, at, end, words.currencies) if _is_sign(story, at) else None)
        if measured is not None:
            unit, high = measured
    bound, low = _bound(lowers, low, first, words)
    if unit is None:
        if before in words.clocks and _HOUR.match(lowers[i]):
            return []
        if before in words.labels or before in words.calendar or following in words.calendar or following in words.times:
            return []
        year = lowers[i][0] in _DIGITS and "," not in lowers[i] and number.end == i + 1 and 1000 <= number.value <= 2100
        if year and number.value == int(number.value) and following not in words.people:
            return []
        if foreign:
            return []  # nouns are told from other words in English only
        noun_at = at + 1 if number.bound and following == "of" else at
        what, head_end = _noun(story, noun_at, end, words)
        if what is None or what.rsplit(" ", 1)[-1].lower() in words.times:
            harmed = _harmed(lowers, i, low, first, at, end, words)
            if harmed is None:
                return []
            what, unit = harmed, "people"
        else:
            head = what.rsplit(" ", 1)[-1].lower()
            if head in words.people:
                unit = "people"
                befell = _befell(lowers, head_end, end, words) or _harm_before(lowers, low, first, words)
                what = f"{what} {befell}" if befell and befell != head else what
            elif number.value == 1 and not number.bound:
                return []
            high = head_end
    else:
        if high < end and lowers[high] in ("of", "in", "worth") and unit not in ("percentage points",):
            skip = high + 1
            while skip < end and lowers[skip] in ("of", "the", "a", "an", "its", "their", "all"):
                skip += 1
            what = _noun(story, skip, end, words)[0]
        elif high < end and lowers[high] not in _STOPS and not foreign:
            what = _noun(story, high, end, words)[0]
    bound = bound or number.bound or "exact"
    if partner is None:
        return [(number.value, unit, bound, what, low, high)]
    start, other = partner
    lower = number.value
    if number.end == i + 1 and other.end > start + 1 and lower < 1000 and lowers[other.end - 1] in words.scales:
        lower *= words.scales[lowers[other.end - 1]]
    sign = _before(story, start, first, words.currencies)
    return [
        (lower, unit, "at least", what, first_token if currency is None else currency[1], number.end),
        (other.value, unit, "at most", what, start if sign is None else sign[1], high),
    ]


def _is_score(lowers: list[str], i: int, at: int, end: int, words: AmountLexicon) -> bool:
    """Tell whether "3-2" is the score of a contest: a word of contests follows, or one stands right before."""
    if i + 2 >= end or lowers[i + 1] not in _DASHES or not (lowers[i].isdecimal() and lowers[i + 2].isdecimal()):
        return False
    after = lowers[i + 3] if i + 3 < end else ""
    before = lowers[i - 1] if i else ""
    return after in words.contests or before in words.contests or int(lowers[i]) > int(lowers[i + 2])


def _after(lowers: list[str], at: int, end: int, phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]) -> tuple[str, int] | None:
    if at >= end:
        return None
    for rest, value in phrases.get(lowers[at], ()):
        if tuple(lowers[at + 1 : at + 1 + len(rest)]) == rest:
            return value, at + 1 + len(rest)
    return None


def _before(story: Story, i: int, first: int, phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]) -> tuple[str, int] | None:
    """A currency sign before the number: its code and first token ("US$", "€"); "a $3 loan" is no A$."""
    lowers = story.lowers
    for size in (2, 1):
        low = i - size
        known = phrases.get(lowers[low]) if low >= first else None
        if (
            known is None
            or not _is_sign(story, low)
            or (size == 2 and (story.words[low].islower() or story.starts[i - 1] > story.ends[low] + 1))
        ):
            continue
        if size == 2 and len(lowers[low]) == 1 and story.starts[i - 1] != story.ends[low]:
            continue
        for rest, value in known:
            if tuple(lowers[low + 1 : i]) == rest:
                return value, low
    return None


def _is_sign(story: Story, at: int) -> bool:
    """Tell whether a token may be a currency's sign as it is printed: a code of three letters is in capitals ("TRY", no "try")."""
    return at >= len(story.words) or len(story.words[at]) != 3 or not story.words[at].islower()


def _names(story: Story, i: int, first: int, at: int, end: int, words: AmountLexicon) -> bool:
    """Tell whether a number word in capitals opens a name: "the Six Nations", "Five Eyes"."""
    if at >= end or not story.words[i].istitle() or not story.words[at][0].isupper():
        return False
    return (i > first and story.words[i - 1][0].isalnum()) or story.lowers[at] in words.named


def _bound(lowers: list[str], at: int, first: int, words: AmountLexicon) -> tuple[str | None, int]:
    """Bound words that end just before ``at``: the bound and their first token; ``at`` itself when there are none."""
    for size in (4, 3, 2, 1):
        if at - size < first:
            continue
        for rest, value in words.bounds.get(lowers[at - size], ()):
            if len(rest) == size - 1 and tuple(lowers[at - size + 1 : at]) == rest:
                return value, at - size
    return None, at


def _noun(story: Story, at: int, end: int, words: AmountLexicon) -> tuple[str | None, int]:
    """The noun phrase from token ``at``: at most five words, its last the noun; None when there is none."""
    lowers = story.lowers
    stop = at
    while stop < end and stop - at < 5:
        low = lowers[stop]
        if low in _STOPS or not "a" <= low[0] < "\u0250" or low in words.casualties or (low.endswith("ing") and stop > at):
            break
        if stop > at and (low.endswith("ed") or low in words.verbs) and (lowers[stop - 1] in words.people or _is_plural(lowers[stop - 1])):
            break  # herders live
        stop += 1
        if low in words.people:
            break
    if stop == at:
        return None, at
    return story.text(at, stop), stop


def _is_plural(low: str) -> bool:
    return low.endswith("s") and not low.endswith(("ss", "us", "is"))


def _befell(lowers: list[str], at: int, end: int, words: AmountLexicon) -> str | None:
    """What befell the people counted: "12 people were killed"."""
    for j in range(at, min(at + 6, end)):
        if lowers[j] in words.casualties:
            return lowers[j]
        if lowers[j] not in _PASSED:
            return None
    return None


def _harm_before(lowers: list[str], low: int, first: int, words: AmountLexicon) -> str | None:
    """What befell them when the verb comes first: "killing 12 people"."""
    if low > first and lowers[low - 1] in words.harms:
        stem = lowers[low - 1]
        for ending in ("ing", "s"):
            if stem.endswith(ending):
                stem = stem[: -len(ending)] + "ed"
        return stem if stem in words.casualties else None
    return None


def _harmed(lowers: list[str], i: int, low: int, first: int, at: int, end: int, words: AmountLexicon) -> str | None:
    """What befell people counted without a noun: "12 killed", "killing 12", "left 12 dead"."""
    befell = _befell(lowers, at, end, words)
    if befell is not None:
        return befell
    return _harm_before(lowers, low, first, words)
