"""The day on which the article of an HTML page first appeared."""

import re
from typing import NamedTuple

from flows.load.html_dates import FoundDate, date_in_url, days_apart, find_dates, has_zero_offset, read_stamp
from flows.load.html_evidence import (
    HIDDEN,
    IN_ASIDE,
    IN_COMMENTS,
    IN_FOOTER,
    IN_NAV,
    IN_PROMO,
    IN_RELATED,
    MAIN_CONTAINER,
    LineEvidence,
    MetaParts,
)
from flows.load.html_jsonld import LinkedArticle
from flows.reference.html_hints import HtmlHints

_ELSEWHERE = IN_NAV | IN_FOOTER | IN_ASIDE | IN_RELATED | IN_COMMENTS | IN_PROMO
_ABOVE, _BELOW = 8, 25  # lines above and below the headline that count as near it
_LONGEST = 200  # characters of a line that prints a date
_WORD = re.compile(r"[^\W\d_]+")
_MONTH_FIRST = frozenset(("US", "PH"))
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
    """The stamp or day of publication, its basis, and that of the last change; ``at`` is the line of the headline."""
    month_first = _month_first(parts, metas, url, language)
    modified = _stamp([item.modified for item in linked] + [value for _, value in metas.get("modified", [])], hints, month_first)
    printed = _printed(parts, lines, at, hints, month_first)
    modified = modified or next((found.day for found in printed if found.label == "modified"), None)
    in_url = date_in_url(parts.url) or date_in_url(url)
    stamps = [
        ("json-ld", [item.published for item in linked]),
        ("meta", [value for rank, value in metas.get("published", []) if rank < 4]),
        ("microdata", [mark.value or mark.text for mark in parts.marks if mark.kind == "datepublished" and _here(mark.line, lines)]),
        ("meta", [value for rank, value in metas.get("published", []) if rank >= 4] + [value for _, value in metas.get("created", [])]),
    ]
    for basis, values in stamps:
        stamp = _stamp(values, hints, month_first)
        if stamp:
            return (*_as_printed(stamp, basis, printed, in_url), modified)
    for found in printed:
        if found.label != "modified":
            day, basis = found.day, found.kind
            if not found.sure and in_url and in_url != day and _swapped(day) == in_url:
                day = in_url
            return day, basis, modified
    if in_url:
        return in_url, "url", modified
    created = _stamp([item.created for item in linked], hints, month_first)
    if created:
        return created, "json-ld", modified
    return modified, "modified" if modified else None, modified


def _stamp(values: list[str], hints: HtmlHints, month_first: bool) -> str | None:
    for value in values:
        stamp = read_stamp(value, hints.months, month_first=month_first) if value else None
        if stamp:
            return stamp
    return None


def _as_printed(stamp: str, basis: str, printed: list[_Printed], in_url: str | None) -> tuple[str, str]:
    """The stamp, or the day printed near the headline or in the address where a stamp in UTC is one day off."""
    if has_zero_offset(stamp):
        for found in printed:
            if found.label != "modified" and found.sure and found.kind in ("time", "printed"):
                if abs(days_apart(stamp, found.day)) == 1:
                    return found.day, found.kind
                break
        if in_url and abs(days_apart(stamp, in_url)) == 1:
            return in_url, "url"
    return stamp, basis


def _printed(
    parts: MetaParts, lines: list[tuple[str, LineEvidence]], at: int | None, hints: HtmlHints, month_first: bool
) -> list[_Printed]:
    """The days that the page shows, those of <time> near the headline first, then those printed near it, then the rest."""
    if at is None:
        at = next((number for number, (_, evidence) in enumerate(lines) if evidence.flags & MAIN_CONTAINER), 0)
    found: list[tuple[int, int, _Printed]] = []
    for mark in parts.marks:
        if mark.kind not in ("time", "date", "datepublished", "datecreated", "datemodified", "pubdate") or not _here(mark.line, lines):
            continue
        stamp = read_stamp(mark.value, hints.months, month_first=month_first) if mark.value else None
        if stamp:
            dates = [FoundDate(stamp[:10], 0, True)]
        else:
            dates = find_dates(mark.text, hints.months, month_first=month_first)
        if not dates:
            continue
        text = lines[mark.line][0] if mark.line < len(lines) else mark.text
        label = "modified" if mark.kind == "datemodified" else _label(text, mark.text, hints) or _label(mark.text, "", hints)
        kind = "class" if mark.kind == "date" else "time"
        rank = _rank(mark.line, at, kind)
        found.append((rank, mark.line, _Printed(dates[0].day, kind, label, mark.line, dates[0].sure)))
    for number in range(max(0, at - _ABOVE), min(len(lines), at + _BELOW)):
        text, evidence = lines[number]
        if len(text) > _LONGEST or number == at or not _here(number, lines) or evidence.link_share > 0.8:
            continue
        for date in find_dates(text, hints.months, month_first=month_first)[:2]:
            label = _label(text, text[date.start :], hints)
            if label != "other":
                found.append((_rank(number, at, "printed"), number, _Printed(date.day, "printed", label, number, date.sure)))
    found.sort(key=lambda ranked: ranked[:2])
    return [ranked[2] for ranked in found]


def _rank(line: int, at: int, kind: str) -> int:
    """0 to 3: a <time> near the headline, a date printed near it, an element of class date near it, anything farther off."""
    if not at - _ABOVE <= line <= at + _BELOW:
        return 3
    return {"time": 0, "printed": 1, "class": 1}[kind]


def _here(line: int, lines: list[tuple[str, LineEvidence]]) -> bool:
    """Whether a line is of the article, not of the furniture around it."""
    if line >= len(lines):
        return True
    flags = lines[line][1].flags
    return not flags & _ELSEWHERE or bool(flags & HIDDEN and not flags & (IN_RELATED | IN_COMMENTS))


def _label(text: str, rest: str, hints: HtmlHints) -> str:
    """What the words before a date in its line call it."""
    before = text[: text.find(rest)] if rest and rest in text else text if not rest else ""
    words = _WORD.findall(before.lower())
    for word in reversed(words[-4:]):
        label = hints.date_labels.get(word)
        if label:
            return label
    if "©" in before or "(c)" in before.lower():
        return "other"
    return ""


def _swapped(day: str) -> str:
    return f"{day[:4]}-{day[8:]}-{day[5:7]}"


def _month_first(parts: MetaParts, metas: dict[str, list[tuple[int, str]]], url: str | None, language: str | None) -> bool:
    """Whether 3/5 is the fifth of March: where the page is American, or English with nothing that says otherwise."""
    for found in [*parts.languages, *(value for _, value in metas.get("language", []))]:
        region = found.replace("_", "-").split("-")
        if len(region) > 1 and len(region[1]) == 2:
            if region[1].upper() in _MONTH_FIRST:
                break
            return False
    host = (url or parts.url or "").split("//")[-1].split("/")[0]
    return language in (None, "en") and not host.endswith(_DAY_FIRST_ENDINGS)
