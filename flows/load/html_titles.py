"""The headline of an HTML page, as the article shows it."""

import re
from urllib.parse import urlsplit

from flows.load.html_evidence import (
    HIDDEN,
    IN_ARTICLE,
    IN_ASIDE,
    IN_COMMENTS,
    IN_FOOTER,
    IN_MAIN,
    IN_NAV,
    IN_PROMO,
    IN_RELATED,
    MAIN_CONTAINER,
    LineEvidence,
)
from flows.load.html_jsonld import LinkedArticle

_ELSEWHERE = IN_NAV | IN_FOOTER | IN_ASIDE | IN_RELATED | IN_COMMENTS | IN_PROMO | HIDDEN
_SEPARATOR = re.compile(r"\s+[|–—·•«»:/ㅣ｜-]+\s+|\s*[|ㅣ｜]\s*|\s*::\s*")
_LABEL = re.compile(r"(?<=.{20})\s+\|\s+\w+(?:\s\w+)?$")  # "… | Editorial"
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_LONGEST = 400  # characters of a headline


def site_keys(names: list[str | None], url: str | None) -> frozenset[str]:
    """The names of a site, each as its letters and digits alone: ``{"dailytidings", "tidings"}``."""
    keys = {_key(name) for name in names if name}
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        host = ""
    labels = [label for label in host.split(".") if label not in ("www", "m", "amp")]
    if labels:
        keys.add("".join(labels))
        keys.update(_key(label) for label in labels[:-1] if len(label) > 3)
        if len(labels) > 1:
            keys.add(_key(labels[-2]) if len(labels[-2]) > 3 or len(labels) < 3 else _key(labels[-3]))
            keys.add(_key("".join(labels[-2:])))
    return frozenset(key for key in keys if key)


def find_title(
    linked: list[LinkedArticle],
    metas: dict[str, list[tuple[int, str]]],
    titles: list[str],
    lines: list[tuple[str, LineEvidence]],
    keys: frozenset[str],
) -> tuple[str | None, str | None, int | None]:
    """The title, its basis, and the number of the line on which it stands (None where it does not).

    >>> find_title([], {}, ["Talks open in Geneva - Daily Tidings"], [], frozenset({"dailytidings"}))
    ('Talks open in Geneva', 'title tag', None)
    """
    declared: list[tuple[str, str]] = [("json-ld", item.headline) for item in linked if item.weight == 2][:2]
    declared += [("meta", value) for rank, value in metas.get("title", []) if rank < 4]
    declared += [("title tag", " ".join(title.split())) for title in titles[:1]]
    declared += [("meta", value) for rank, value in metas.get("title", []) if rank >= 4]
    shown = [(basis, cut_site(value, keys)) for basis, value in declared if value]
    shown = [(basis, value) for basis, value in shown if value and _key(value) not in keys]
    sets = [_words(value) for _, value in shown]
    at, likeness = _best_heading(lines, sets, keys)
    cuts = [_SEPARATOR.split(value) for _, value in shown if _SEPARATOR.search(value)]
    if at is not None and any(_key(cut[-1]) == _key(lines[at][0]) for cut in cuts):  # the <h1> may be the masthead
        told = [line for _, value in shown for part in _parts(value)[:1] if (line := _line_with(part, lines)) is not None]
        at = told[0] if told else at
    is_first = at is not None and any(_key(cut[0]) == _key(lines[at][0]) for cut in cuts)
    if at is not None and (likeness >= 0.4 or is_first or not shown or len(_words(lines[at][0])) > 3):
        heading = _LABEL.sub("", cut_site(lines[at][0], keys)) or lines[at][0]
        return _part_kicker(heading, [value for _, value in shown]), "h1", at
    for basis, value in shown:
        for part in (value, *_parts(value)):
            at = _line_with(part, lines)
            if at is not None:
                return lines[at][0], basis, at
    if shown:
        return shown[0][1], shown[0][0], None
    return None, None, None


def cut_site(title: str, keys: frozenset[str]) -> str:
    """A title without the site's name before or behind it.

    >>> cut_site("Opinion | Talks open | World | Daily Tidings", frozenset({"dailytidings"}))
    'Opinion | Talks open'
    """
    title = " ".join(title.split())
    while True:
        gaps = list(_SEPARATOR.finditer(title))
        if not gaps:
            return title
        last, first = gaps[-1], gaps[0]
        if _is_site(title[last.end() :], keys):
            title = title[: last.start()]
            gaps = gaps[:-1]
            if len(gaps) and "|" in last[0] and "|" in gaps[-1][0] and len(title[gaps[-1].end() :].split()) <= 2 and gaps[-1].start() > 20:
                title = title[: gaps[-1].start()]
        elif _is_site(title[: first.start()], keys):
            title = title[first.end() :]
        else:
            return title


def _is_site(text: str, keys: frozenset[str]) -> bool:
    key = _key(text)
    if not key:
        return True
    if key in keys or key.removeprefix("the") in keys or f"the{key}" in keys:
        return True
    if len(text) > 45:
        return False
    return any(
        len(other) > 4
        and (key.startswith(other) or key.endswith(other) or (len(key) > 4 and (other.startswith(key) or other.endswith(key))))
        for other in keys
    )


def _best_heading(lines: list[tuple[str, LineEvidence]], sets: list[set[str]], keys: frozenset[str]) -> tuple[int | None, float]:
    """The <h1> most like the declared titles; among equals the first in the article, and 0 to 1 how like them it is."""
    best: tuple[float, int, int] | None = None
    for number, (text, evidence) in enumerate(lines):
        if evidence[0] != "h1" or len(text) > _LONGEST or evidence.flags & HIDDEN or _key(text) in keys:
            continue
        words = _words(text)
        likeness = max((_likeness(words, other) for other in sets), default=0.0)
        place = 2 * (not evidence.flags & _ELSEWHERE) + bool(evidence.flags & (IN_ARTICLE | IN_MAIN | MAIN_CONTAINER))
        ranked = (round(likeness, 1), place, -number)
        if best is None or ranked > best:
            best = ranked
    return (-best[2], best[0]) if best else (None, 0.0)


def _part_kicker(heading: str, declared: list[str]) -> str:
    """The heading, or a declared title that parts it from its kicker or leaves the kicker out."""
    key = _key(heading)
    for value in declared:
        other = _key(value)
        if other == key and len(value) > len(heading) and value != heading:
            return value
    for value in declared:
        other = _key(value)
        if len(other) > 20 and other != key and key.endswith(other) and len(other) * 2 > len(key):
            return heading[-len(value) :] if heading.endswith(value) else value
    return heading


def _parts(title: str) -> list[str]:
    """What stands before and behind the last separator of a title, where it is long enough to be a title of its own."""
    gaps = list(_SEPARATOR.finditer(title))
    if not gaps:
        return []
    return [part for part in (title[: gaps[-1].start()], title[gaps[-1].end() :]) if len(_words(part)) > 3]


def _line_with(title: str, lines: list[tuple[str, LineEvidence]]) -> int | None:
    """The number of the line that is the title, or holds little else."""
    key = _key(title)
    if not key:
        return None
    for number, (text, evidence) in enumerate(lines):
        if len(text) < len(title) * 2 + 20 and len(text) * 2 > len(title) and not evidence.flags & _ELSEWHERE and _key(text) == key:
            return number
    return None


def _likeness(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _words(text: str) -> set[str]:
    """The words of a text; in scripts without spaces every character is one."""
    words = _WORD.findall(text.lower())
    if text.isascii() or not _UNSPACED.search(text):
        return set(words)
    return {part for word in words for part in (word if _UNSPACED.search(word) else (word,))}


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.lower())).replace("_", "")
