"""The day on which the article of an HTML page first appeared."""

import re
from typing import NamedTuple

from flows.load.html_dates import FoundDate, date_in_url, days_apart, find_dates, has_zero_offset, read_stamp
from flows.load.html_evidence import (
    IN_ASIDE,
    IN_COMMENTS,
    IN_FOOTER,
    IN_NAV,
    IN_PROMO,
    IN_RELATED,
    MAIN_CONTAINER,
    LineEvidence,
    Mark,
    MetaParts,
)
from flows.load.html_jsonld import LinkedArticle
from flows.reference.html_hints import HtmlHints

_ELSEWHERE = IN_NAV | IN_FOOTER | IN_ASIDE | IN_RELATED | IN_COMMENTS | IN_PROMO
_ABOVE, _BELOW = 8, 25  # lines above and below the headline that count as near it
_LONGEST = 200  # characters of a line that prints a date
_DATED = frozenset(("time", "date", "datepublished", "datecreated", "datemodified", "pubdate"))
_ENTRY = 40  # characters of a line that prints the date of an entry in a list
_NOTE_START = re.compile(r"[(\[|•·–—]|[.!?:]\s|^\s*-\s|\s-\s")  # before a note in a description
_NOTE_WORDS = 3  # before the date
_NOTE = 70  # characters from a date within which a note on the article says that it was published then
_TOLD = 6  # words in lower case by which a line is a sentence
_OPENERS = frozenset(("by", "this", "first", "originally"))
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")  # of scripts without spaces between words
_UNSPACED_LINE = 40  # their characters in a line that is a sentence
_WORD = re.compile(r"[^\W\d_]+")
_MONTH_FIRST = frozenset(("US", "PH"))
_MONTH_FIRST_ENDINGS = (".us", ".gov", ".mil", ".edu", ".ph")
_DAY_FIRST_ENDINGS = (".uk", ".au", ".nz", ".ie", ".in", ".za", ".ng", ".ke", ".sg", ".my", ".pk", ".gh", ".mt", ".hk")


class _Printed(NamedTuple):
    day: str
    kind: str  # "time", "printed", "class"
    label: str  # "published", "modified", "other" or ""
    line: int
    sure: bool


def find_published(
    linked: list[LinkedArticle],
    metas: dict[str, list[tuple[int, str]]],
    parts: MetaParts,
    lines: list[tuple[str, LineEvidence]],
    at: int | None,
    *,
    url: str | None,
    language: str | None,
    hints: HtmlHints,
) -> tuple[str | None, str | None, str | None]:
    """The stamp or day of publication, its basis, and that of the last change; ``at`` is the line of the headline.

    A date in digits that can mean two days, and that neither language nor address decides, is given as both: "2024-05-04 or 2024-04-05".
    """
    reader = _Reader(lines, hints, _month_first(parts, metas, url, language))
    modified = reader.stamp([item.modified for item in linked] + [value for _, value in metas.get("modified", [])])
    in_url = date_in_url(parts.url) or date_in_url(url)
    stamps = [
        ("json-ld", reader.stamp([item.published for item in linked])),
        ("meta", reader.stamp([value for rank, value in metas.get("published", []) if rank < 4])),
        ("microdata", reader.stamp(_microdata(parts, lines))),
    ]
    vague = reader.stamp(
        [value for rank, value in metas.get("published", []) if rank >= 4] + [value for _, value in metas.get("created", [])]
    )
    given = [(stamp, basis) for basis, stamp in stamps if stamp]
    days_given = {stamp[:10] for stamp in (*(stamp for stamp, _ in given), vague) if stamp}
    printed: list[_Printed] = []
    if not given or not modified or len(days_given) > 1 or has_zero_offset(given[0][0]):
        printed = _near(parts, at, reader)
        modified = modified or next((found.day for found in printed if found.label == "modified"), None)
    shown = [found for found in printed if found.label != "modified"]
    if given:
        days = [found.day for found in shown]
        seconded = [(stamp, basis) for stamp, basis in [*given[1:], *([(vague, "meta")] if vague else [])] if stamp[:10] in days]
        if seconded and all(abs(days_apart(given[0][0], day)) > 1 for day in days):
            given = seconded
        return (*_as_printed(*given[0], shown, in_url, modified), modified)
    if vague and not any(found.kind != "printed" or found.label for found in shown):
        return (*_as_printed(vague, "meta", shown, in_url, modified), modified)
    if in_url and (not shown or abs(days_apart(in_url, shown[0].day)) > 1):
        return in_url, "url", modified
    if not shown:
        listed = _listed(reader, [address for address in (url, parts.url) if address])
        if listed:
            return listed, "printed", modified
    anywhere = [] if shown else _anywhere(parts, reader)
    modified = modified or next((found.day for found in anywhere if found.label == "modified"), None)
    for found in [*shown, *anywhere]:
        if found.label != "modified":
            return found.day, found.kind, modified
    created = vague or reader.stamp([item.created for item in linked])
    if created:
        return created, "meta" if vague else "json-ld", modified
    described = _described(metas, reader)
    if described:
        return described, "meta", modified
    return modified, "modified" if modified else None, modified


def _microdata(parts: MetaParts, lines: list[tuple[str, LineEvidence]]) -> list[str]:
    """What datePublished says, outside lists of other articles and comments."""
    return [
        mark.value or mark.text
        for mark in parts.marks
        if mark.kind == "datepublished"
        and (mark.line >= len(lines) or not lines[mark.line][1].flags & (IN_RELATED | IN_COMMENTS | IN_ASIDE))
    ]


class _Reader(NamedTuple):
    """The lines of a page, and how its dates are to be read."""

    lines: list[tuple[str, LineEvidence]]
    hints: HtmlHints
    month_first: bool | None

    def stamp(self, values: list[str]) -> str | None:
        """The first stamp in some values."""
        for value in values:
            stamp = read_stamp(value, self.hints.months, month_first=self.month_first) if value else None
            if stamp:
                return stamp
        return None

    def dates(self, text: str) -> list[FoundDate]:
        return find_dates(text, self.hints.months, month_first=self.month_first)


def _as_printed(stamp: str, basis: str, shown: list[_Printed], in_url: str | None, modified: str | None) -> tuple[str, str]:
    """The stamp, or the day printed near the headline or in the address where a stamp in UTC is one day off."""
    if has_zero_offset(stamp):
        at_midnight = stamp[10:16] in ("T22:00", "T23:00")  # of the day after, in Europe
        changed = modified[:10] if modified and modified[:10] > stamp[:10] and not at_midnight else None
        sure = [found for found in shown if found.sure and found.day != changed]
        if all(found.day != stamp[:10] for found in sure):
            for found in sure:
                if abs(days_apart(stamp, found.day)) == 1:
                    return found.day, found.kind
            if in_url and abs(days_apart(stamp, in_url)) == 1:
                return in_url, "url"
    return stamp, basis


def _near(parts: MetaParts, at: int | None, reader: _Reader) -> list[_Printed]:
    """The days shown near the headline: those of <time> first, then those printed, the nearest first."""
    lines = reader.lines
    if at is None:
        at = next((number for number, (_, evidence) in enumerate(lines) if evidence.flags & MAIN_CONTAINER), 0)
    void = lines[at][1].flags if at < len(lines) else 0
    found: list[tuple[int, int, _Printed]] = []
    for mark in parts.marks:
        if mark.kind in _DATED and at - _ABOVE <= mark.line <= at + _BELOW and _here(mark.line, lines, void, at):
            shown = _marked(mark, reader)
            if shown:
                found.append((shown.kind != "time", abs(mark.line - at), shown))
    for number in range(max(0, at - _ABOVE), min(len(lines), at + _BELOW)):
        text = lines[number][0]
        if number == at or not _here(number, lines, void, at):
            continue
        for date in reader.dates(text[:_LONGEST])[:2]:
            if (len(text) > _LONGEST and date.start > 20) or is_told(text, date.start, reader.hints):
                continue
            label = _label(text[: date.start], reader.hints)
            if label != "other":
                far = abs(number - at) + (20 if len(text) > 90 else 0)
                found.append((1, far, _Printed(date.day, "printed", label, number, date.sure and len(text) <= 90)))
    found.sort(key=lambda ranked: ranked[:2])
    return [ranked[2] for ranked in found]


def _anywhere(parts: MetaParts, reader: _Reader) -> list[_Printed]:
    """The days shown elsewhere: printed with a word for publication or change, else in <time> or an element of class date, else
    at the start of a line of the article."""
    labelled: list[_Printed] = []
    opening: list[_Printed] = []
    for number, (text, evidence) in enumerate(reader.lines):
        if evidence.flags & (IN_COMMENTS | IN_RELATED):
            continue
        for date in reader.dates(text[:_LONGEST])[:1]:
            if is_told(text, date.start, reader.hints):
                continue
            label = _label(text[: date.start], reader.hints) or _label(text[date.start : date.start + 100], reader.hints, words=12)
            if label in ("published", "modified"):
                labelled.append(_Printed(date.day, "printed", label, number, date.sure))
            elif evidence.flags & MAIN_CONTAINER and date.start < 20 and not label:
                opening.append(_Printed(date.day, "printed", label, number, date.sure))
    marked = [
        shown
        for mark in parts.marks
        if mark.kind in _DATED and _here(mark.line, reader.lines, IN_NAV | IN_FOOTER | IN_ASIDE, 0) and (shown := _marked(mark, reader))
    ]
    labelled.sort(key=lambda found: found.label != "published")
    return [found for found in labelled if found.label == "published"] + marked + opening + labelled


def _described(metas: dict[str, list[tuple[int, str]]], reader: _Reader) -> str | None:
    """The day that a description gives of the article itself, as in "2019, a good year for bears (Notizia del 14 gennaio 2020)"."""
    for _, text in metas.get("description", []):
        for date in reader.dates(text):
            opening = [word.lower() for word in _WORD.findall(_NOTE_START.split(text[: date.start])[-1])]
            is_note = opening and (opening[0] in reader.hints.notes or reader.hints.date_labels.get(opening[0]) == "published")
            if is_note and len(opening) <= _NOTE_WORDS:
                return date.day
    return None


def _listed(reader: _Reader, addresses: list[str]) -> str | None:
    """The day printed beside or below a link to the page itself, as in a list of a site's articles in which the page stands too."""
    own = {path for address in addresses if len(path := _path(address)) > 1}
    days = set()
    for number, (_, evidence) in enumerate(reader.lines):
        if not evidence.href or _path(evidence.href) not in own:
            continue
        for text, entry in reader.lines[number : number + 3]:
            if entry.href and _path(entry.href) not in own:
                break
            dates = reader.dates(text[:_LONGEST])
            if dates and (entry.href or len(text) <= _ENTRY) and not is_told(text, dates[0].start, reader.hints):
                days.add(dates[0].day)
                break
    return days.pop() if len(days) == 1 else None


def _path(address: str) -> str:
    """An address without its host and fragment."""
    path = address.split("#", 1)[0]
    return "/" + path.split("//", 1)[-1].partition("/")[2].strip("/") if "//" in path else "/" + path.strip("/")


def _marked(mark: Mark, reader: _Reader) -> _Printed | None:
    """The day of a marked element."""
    dates = [date for date in reader.dates(mark.text) if date.sure]
    stamp = reader.stamp([mark.value]) if not dates and (mark.text or mark.kind == "time") else None
    if stamp:
        dates = [FoundDate(stamp[:10], 0, True)]
    elif not dates:
        dates = reader.dates(mark.text)
    if not dates:
        return None
    text = reader.lines[mark.line][0] if mark.line < len(reader.lines) else mark.text
    start = text.find(mark.text) if mark.text else -1
    label = "modified" if mark.kind == "datemodified" else _label(mark.text[: dates[0].start] if not stamp else mark.text, reader.hints)
    if not label and start > 0:
        label = _label(text[:start], reader.hints)
    return _Printed(dates[0].day, "class" if mark.kind == "date" else "time", label, mark.line, dates[0].sure)


def _here(line: int, lines: list[tuple[str, LineEvidence]], void: int, at: int) -> bool:
    """Whether a line is of the article, not of the furniture around it; a footer next to the headline is the article's
    own, and a comment right below it opens a thread of a forum."""
    if line >= len(lines):
        return True
    text, evidence = lines[line]
    flags = evidence.flags & ~void
    if abs(line - at) <= 6:
        flags &= ~IN_FOOTER
    if 0 < line - at <= 3 and evidence.hint == "date" and len(text) < 40:
        return True
    if line == at + 1 and len(text) < _ENTRY:
        flags &= ~IN_COMMENTS
    return not flags & _ELSEWHERE


def is_told(text: str, start: int, hints: HtmlHints) -> bool:
    """Tell whether the date at ``start`` is told of in a sentence, and so is no line that gives the day of publication.

    A line that opens with a word for publication or change is none, nor one that opens with "by" or "This article was", nor a note
    on the article itself, as "The entry was posted on …" or "… wurde am 19. Mai 2010 um 23:03 Uhr gepostet".
    """
    words = _WORD.findall(text)
    lowers = [word.lower() for word in words[:3]]
    if lowers and (any(low in hints.date_labels for low in lowers[:2]) or lowers[0] in _OPENERS):
        return False
    behind = [word.lower() for word in _WORD.findall(text[start : start + _NOTE])]
    published = [word for word in behind if hints.date_labels.get(word) == "published"]
    if published and not hints.notes.isdisjoint([*(word.lower() for word in words[:4]), *published]):
        return False
    if text.isascii() is False and len(_UNSPACED.findall(text)) > _UNSPACED_LINE:
        return True
    told = [
        word for word in words if len(word) > 2 and not word[0].isupper() and word not in hints.months and word not in hints.date_labels
    ]
    if len(told) >= _TOLD:
        return True
    before = _WORD.findall(text[:start])
    is_inside = any(word in told for word in before)
    return is_inside and (text.rstrip('"”’»)')[-1:] in (".", "!", "?") or (len(before[-1]) <= 3 and before[-1].islower()))


def _label(before: str, hints: HtmlHints, *, words: int = 4) -> str:
    """What the words before a date call it: "published", "modified", "other" or ""."""
    for word in reversed(_WORD.findall(before.lower())[-words:]):
        label = hints.date_labels.get(word)
        if label:
            return label
    return "other" if "©" in before or "(c)" in before.lower() else ""


def _month_first(parts: MetaParts, metas: dict[str, list[tuple[int, str]]], url: str | None, language: str | None) -> bool | None:
    """Whether 3/5 is the fifth of March, by the country of the page's language tag or of its address; None when neither tells."""
    for found in [*parts.languages, *(value for _, value in metas.get("language", []))]:
        region = found.replace("_", "-").split("-")
        if len(region) > 1 and len(region[1]) == 2:
            return region[1].upper() in _MONTH_FIRST
    host = (url or parts.url or "").split("//")[-1].split("/")[0]
    if language not in (None, "en") or host.endswith(_DAY_FIRST_ENDINGS):
        return False
    return True if host.endswith(_MONTH_FIRST_ENDINGS) else None
