"""Find expressions of time: walk the words that may open one, and read around each."""

import re

from flows.enrich.dates_days import day_month, month_name, weekday
from flows.enrich.dates_digits import digits
from flows.enrich.dates_line import (
    DASHES,
    Found,
    Line,
    context,
    day_tail,
    left_mods,
    make_line,
    phrases_at,
    year_after,
    year_in_words,
)
from flows.enrich.dates_units import part_of_day, quarter, season, unit
from flows.enrich.story import Story
from flows.reference.dates import DECADE, MONTH, PART, PHRASE, QUARTER, SEASON, UNIT, WEEKDAY, DateLexicon, DateWords, Phrase

_DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
_EAST_ASIAN = re.compile(
    r"(?P<year>\d{4})\s?[年년](?:\s?(?P<month>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日號号일])?)?"
    r"|(?<!\d)(?P<month2>\d{1,2})\s?[月월]\s?(?P<day2>\d{1,2})\s?[日號号일]"
    r"|(?P<weekday>(?:星期|周|週|礼拜)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일)"
)
_EAST_ASIAN_WEEKDAYS = {
    **dict(zip("一二三四五六日天", (1, 2, 3, 4, 5, 6, 7, 7), strict=True)),
    **dict(zip("月火水木金土日", range(1, 8), strict=True)),
    **dict(zip("월화수목금토일", range(1, 8), strict=True)),
}


def find_dates(story: Story, lexicon: DateLexicon) -> list[Found]:
    """Expressions of time in a story, in reading order, none overlapping another.

    >>> from pathlib import Path
    >>> from flows.enrich.story import story_from_text
    >>> from flows.reference.dates import load_date_lexicon
    >>> story = story_from_text("They met on May 3, 2025.", language="en")
    >>> [story.page_text[f.char_start:f.char_end] for f in find_dates(story, load_date_lexicon(Path("flows/reference")))]
    ['May 3, 2025']
    """
    lang = words_of(story.language, lexicon)
    if lang.language in ("zh", "ja", "ko"):
        return _find_in_script(story, lang)
    triggers, lowers, sentence_of = lang.triggers, story.lowers, story.sentence_of
    order = _digit_order(story, lang, lexicon)
    out: list[Found] = []
    taken = 0
    line: Line | None = None
    line_sentence = -1
    if lang.language in ("ar", "fa"):
        hits = [i for i, low in enumerate(lowers) if low in triggers or low[0] in _DIGITS]
    else:
        hits = story.where(triggers, digits=True)
    for at in hits:
        if at < taken:
            continue
        sentence_index = sentence_of[at]
        sentence = story.sentences[sentence_index]
        if line is None or sentence_index != line_sentence:
            line = make_line(story, sentence, lang, order)
            line_sentence = sentence_index
        for found in read_at(line, at - line.base):
            first, end = found.first_token + line.base, found.end_token + line.base
            overlaps = first < taken
            taken = max(taken, end)
            if overlaps or found.form == "skip":
                continue
            out.append(
                found._replace(
                    first_token=first,
                    end_token=end,
                    block_no=sentence.block_no,
                    char_start=story.starts[first],
                    char_end=story.ends[end - 1],
                    sentence_no=sentence.sentence_no,
                )
            )
    return out


def words_of(language: str | None, lexicon: DateLexicon) -> DateWords:
    """The words of a story's language; English where the language is not known."""
    return lexicon.languages.get(language or "en", lexicon.plain)


def read_at(line: Line, at: int) -> tuple[Found, ...]:
    """What the word at ``at`` is the key of, a day that follows a time or part of the day attached to it."""
    found = _read(line, at)
    if not found or found[0].form not in ("clock", "part_of", "part"):
        return found
    time = found[0]
    k = time.end_token + (line.lows[time.end_token] in ("on", ",", "of", "("))
    if line.lows[k] in ("the", "last", "next"):
        k += 1
    day = next(iter(_read(line, k)), None)
    if (
        day
        and day.form in ("day", "weekday", "shift")
        and not day.part[:1].isdigit()
        and day.first_token >= k - 1
        and (day.form != "shift" or day.unit == "D")
    ):
        return (day._replace(type="TIME", first_token=time.first_token, part=time.part),)
    return () if time.form == "part_of" else found


def _read(line: Line, at: int) -> tuple[Found, ...]:
    low = line.lows[at]
    for kind in line.lang.triggers.get(low, ()):
        if found := _READERS[kind](line, at):
            return found
    return digits(line, at, day_month) if low[:1] in _DIGITS else ()


def _digit_order(story: Story, lang: DateWords, lexicon: DateLexicon) -> str:
    if lang.language != "en":
        return "dmy"
    return lexicon.orders.get((story.site or "").rpartition(".")[2], "mdy")


# ---------------------------------------------------------------- phrases and holidays
_REFERENCES = {"present": "PRESENT_REF", "past": "PAST_REF", "future": "FUTURE_REF"}


def _phrase(line: Line, at: int) -> tuple[Found, ...]:
    """Yesterday; the day before; recently; Christmas Eve; and what only looks like an expression of time."""
    lows, words = line.lows, line.words
    for phrase, first, end in phrases_at(line, at):
        if phrase.form == "skip":
            return (Found("", "skip", at, end),)
        if phrase.form == "fixed":
            if lows[end] == "/" or lows[first - 1] == "/":
                continue
            while lows[end - 1] in context(line, "event_after"):  # "the Sept. 11 attacks": the day alone
                end -= 1
            return (Found("DATE", "fixed", first, end, value=phrase.value),)
        if phrase.form == "holiday":
            if words[at][0].islower() and line.lang.language == "en":
                continue
            return _holiday(line, phrase, first, end)
        if phrase.form in _REFERENCES:
            if end - first == 1 and lows[at + 1] in DASHES and words[at].isupper():
                continue
            if phrase.form == "past" and _is_counted(line, end):
                continue
            return (Found("DATE", "fixed", first, end, value=_REFERENCES[phrase.form]),)
        if phrase.form == "set":
            if words[at][0].isupper() and lows[at - 1]:
                continue
            return (Found("SET", "fixed", first, end, value=phrase.value),)
        if line.lang.language == "de" and first == at and lows[at - 1] and words[at][0].isupper():
            continue  # a noun: der Morgen
        if phrase.after and phrase.after[-1] in ("before", "after") and _has_object(line, end):
            continue
        if phrase.form == "spoken":
            if phrase.unit == "YG" and first == at and lows[at - 1] == "the":
                first -= 1
            kind = "TIME" if phrase.value else "DATE"
            return (Found(kind, "spoken", first, end, unit=phrase.unit, shift=phrase.shift, part=phrase.value),)
        if phrase.value:
            return (Found("TIME", "shift", *_with_mods(line, first, end), unit="D", shift=phrase.shift, part=phrase.value),)
        part, stop = day_tail(line, end) if phrase.unit == "D" else ("", end)
        mod, first = left_mods(line, first)
        return (Found("TIME" if part else "DATE", "shift", first, stop, unit=phrase.unit, shift=phrase.shift, part=part, mod=mod),)
    return ()


def _is_counted(line: Line, end: int) -> bool:
    """Tell whether "the past" goes on with a count or a unit ("three years")."""
    word, lang = line.lows[end], line.lang
    return word in lang.units or word in lang.cardinals or word in lang.some or word[:1].isdecimal()


def _with_mods(line: Line, first: int, end: int) -> tuple[int, int]:
    return left_mods(line, first)[1], end


def _has_object(line: Line, end: int) -> bool:
    """Tell whether "the day before" goes on with what it came before ("the vote")."""
    word = line.lows[end]
    return bool(word) and (word[0].isalnum() or word in "\"“‘'$") and word not in context(line, "clause_starts")


def _holiday(line: Line, phrase: Phrase, first: int, end: int) -> tuple[Found, ...]:
    year, shift, stop = year_after(line, end)
    own_shift: int | None = None
    shifts = context(line, "shift")
    if line.lows[first - 1] in shifts:
        own_shift, first = int(shifts[line.lows[first - 1]]), first - 1
    return (Found("DATE", "holiday", first, stop, year=year, year_shift=shift, shift=own_shift, value=phrase.value),)


def _decade(line: Line, at: int) -> tuple[Found, ...]:
    """The nineties; not "in her twenties"; a year in words, "nineteen ninety-one"."""
    lows = line.lows
    if lows[at] in line.lang.hundreds:
        year, end = year_in_words(line, at)
        mod, first = left_mods(line, at)
        return (Found("DATE", "year", first, end, year=year, mod=mod),) if year else ()
    mod, first = left_mods(line, at)
    if lows[first - 1] == "the":
        first -= 1
    if lows[first] != "the" or lows[at - 1] in context(line, "possessive"):
        return ()
    return (Found("DATE", "fixed", first, at + 1, value=line.lang.decades[lows[at]], mod=mod),)


_READERS = {
    MONTH: month_name,
    WEEKDAY: weekday,
    UNIT: unit,
    PHRASE: _phrase,
    SEASON: season,
    PART: part_of_day,
    DECADE: _decade,
    QUARTER: quarter,
}


# ---------------------------------------------------------------- scripts written without spaces
def _find_in_script(story: Story, lang: DateWords) -> list[Found]:
    """Dates of Chinese, Japanese and Korean: 2025年9月3日, 9월 3일, 周四, and the phrases of the lexicon."""
    out: list[Found] = []
    for sentence in story.sentences:
        text = story.page_text[sentence.char_start : sentence.char_end]
        hits: list[tuple[int, int, Found]] = []
        for match in _EAST_ASIAN.finditer(text):
            year = int(match["year"]) if match["year"] else None
            month = match["month"] or match["month2"]
            day = match["day"] or match["day2"]
            if match["weekday"]:
                name = match["weekday"].removeprefix("星期").removeprefix("礼拜")
                name = name[1:] if name[0] in "周週" else name
                hits.append((*match.span(), Found("DATE", "weekday", 0, 0, weekday=_EAST_ASIAN_WEEKDAYS[name[0]])))
            else:
                form = "day" if day else "month" if month else "year"
                found = Found("DATE", form, 0, 0, year=year, month=int(month) if month else None, day=int(day) if day else None)
                hits.append((*match.span(), found))
        for match in lang.script.finditer(text) if lang.script else ():
            row = lang.script_phrases[match.group()]
            if row.form in _REFERENCES:
                found = Found("DATE", "fixed", 0, 0, value=_REFERENCES[row.form])
            else:
                found = Found("TIME" if row.value else "DATE", "shift", 0, 0, unit=row.unit, shift=row.shift, part=row.value)
            hits.append((*match.span(), found))
        end = 0
        for low, high, found in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if low < end:
                continue
            end = high
            start, stop = sentence.char_start + low, sentence.char_start + high
            first = max(story.token_at(start), 0)
            last = max(story.token_at(stop - 1), first)
            out.append(
                found._replace(
                    first_token=first,
                    end_token=last + 1,
                    block_no=sentence.block_no,
                    char_start=start,
                    char_end=stop,
                    sentence_no=sentence.sentence_no,
                )
            )
    return out
