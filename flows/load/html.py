"""An HTML page as visible text, with what the tags tell of each line, in one walk over the tree.

``read_html`` never raises: whatever string comes in, lines come out, in the page's order and with nothing visible lost.
A block element makes a line of its own, inline elements are joined, ``<br>`` breaks a line, white space is collapsed, the
cells of a table row are joined by " | ". Not in the text: scripts, styles, drawings, alternative texts, the options of a closed
list that are not chosen, ruby readings, and elements that are hidden by attribute, inline style or class, unless these hold most
of the page's prose or all there is (then a script or a paywall shows them).

Blank lines part blocks; list items, table rows and lines broken by ``<br>`` follow each other directly.
"""

import re
from typing import NamedTuple

from flows.load.html_dates import date_in_scripts
from flows.load.html_evidence import (
    AFTER_BREAK,
    ALL_BOLD,
    ARTICLE_BODY,
    HIDDEN,
    IN_ASIDE,
    IN_COMMENTS,
    IN_FOOTER,
    IN_FORM,
    IN_HEADER,
    IN_LIST,
    IN_NAV,
    IN_PROMO,
    IN_RELATED,
    IN_TABLE,
    LINKED_BODY,
    MAIN_CONTAINER,
    LineEvidence,
    MetaParts,
)
from flows.load.html_jsonld import read_linked_body
from flows.load.html_metadata import HtmlMetadata, decide_metadata
from flows.load.html_walk import Container, Line, parse_html, walk_page
from flows.reference.html_hints import HtmlHints

# What an ancestor says against its lines; void where that ancestor holds most of the page's prose.
_AGAINST = IN_NAV | IN_FOOTER | IN_HEADER | IN_ASIDE | IN_FORM | IN_RELATED | IN_COMMENTS | IN_PROMO | HIDDEN | IN_LIST | IN_TABLE
_WORTHLESS = HIDDEN | IN_NAV | IN_FOOTER | IN_ASIDE | IN_COMMENTS | IN_PROMO | IN_RELATED
_TIGHT_TAGS = frozenset({"li", "tr", "dt", "dd", "option"})
_PROSE_TAGS = frozenset({"p", "div", "td", "dd", "article", "section", "main", "li", "blockquote", "pre", "body"})
_END_OF_SENTENCE = re.compile(r"[.!?。！？…][\"'”’»)\]]*$")
_NO_WORD = re.compile(r"[\W_]+")
_PROBE = 40  # letters and digits at both ends of a line that are looked for in the body which a script tells
_LEAST_PROBE = 16
_HEAD = 120  # characters of a line, in which its first letters and digits mostly stand
_MOST_PROSE = 0.4  # of a page's prose: an element that holds more is not furniture, whatever its class says
_CLIMB = 1.5  # times the prose of the densest element: an ancestor with more is the main container instead


class HtmlPage(NamedTuple):
    """A page: its visible text, one evidence for each line of it that is not empty, in order, and its metadata."""

    text: str
    lines: list[LineEvidence]
    metadata: HtmlMetadata


def read_html(html: str, *, url: str | None = None, hints: HtmlHints) -> HtmlPage:
    """The visible text of a page with its evidence and metadata.

    >>> read_html("<h1>Talks</h1><p>They <b>met</b>.<br>It rained.", hints=hints).text
    'Talks\\n\\nThey met.\\nIt rained.'
    """
    parts = MetaParts(url=url)
    root = parse_html(html)
    containers, lines = walk_page(root, hints, parts) if root is not None else ([], [])
    flags, kinds = _inherit(containers, lines)
    concealed = all(flags[line[1]] & HIDDEN for line in lines)  # then nothing else is there to be shown
    linked = _NO_WORD.sub("", read_linked_body(parts.scripts)).casefold()
    text: list[str] = []
    shown: list[LineEvidence] = []
    told: list[tuple[str, LineEvidence]] = []
    for line, number, link_length, bold_length, hint, href, broken in lines:
        tag = containers[number][1]
        own = flags[number]
        length = len(line)
        if bold_length >= length * 0.95:
            own |= ALL_BOLD
        if linked and _stands_in(linked, line):
            own |= LINKED_BODY
        if broken:
            own |= AFTER_BREAK
        share = link_length / length if link_length < length else 1.0
        evidence = LineEvidence(tag, own, share, hint or kinds[number], href)
        told.append((line, evidence))
        if own & HIDDEN and not concealed:
            continue
        if shown:
            text.append("\n" if broken or tag in _TIGHT_TAGS else "\n\n")
        text.append(line)
        shown.append(evidence)
    metadata = decide_metadata(parts, told, hints)
    if metadata.published is None or metadata.published_basis == "modified":
        day = date_in_scripts(html)
        if day and day <= (metadata.modified or day)[:10]:
            metadata = metadata._replace(published=day, published_basis="script")
    return HtmlPage("".join(text), shown, metadata)


def _stands_in(linked: str, line: str) -> bool:
    """Whether both ends of a line stand in a body, letters and digits alone compared; a line of a few letters never does."""
    bare = _NO_WORD.sub("", line[:_HEAD]).casefold()
    whole = len(line) <= _HEAD
    if len(bare) < _PROBE and not whole:
        bare, whole = _NO_WORD.sub("", line).casefold(), True
    if len(bare) < _LEAST_PROBE or bare[:_PROBE] not in linked:
        return False
    return (bare if whole else _NO_WORD.sub("", line).casefold())[-_PROBE:] in linked


def _inherit(containers: list[Container], lines: list[Line]) -> tuple[list[int], list[str]]:
    """The flags and the hint of each container with those of its ancestors, void where an ancestor holds most of the prose."""
    count = len(containers)
    prose = [0.0] * count
    worth = [0.0] * count
    parents = [container[0] for container in containers]
    for line in lines:
        number = line[1]
        value = _prose_length(line[0], line[2], containers[number][1])
        if value > 0:
            prose[number] += value
        worth[number] += value
    for number in range(count - 1, 0, -1):
        prose[parents[number]] += prose[number]
    flags = [0] * count
    kinds = [""] * count
    good = [0.0] * count
    most = prose[0] * _MOST_PROSE if prose else 0.0
    for number, (parent, _, own, hint) in enumerate(containers):
        if (hint or own & _AGAINST) and prose[number] > most and not (own & IN_COMMENTS and prose[number] < most * 1.5):
            own &= ~_AGAINST
            if hint != "body":
                hint = ""
        if parent >= 0:
            above = flags[parent]
            if own & ARTICLE_BODY:
                above &= ~(IN_RELATED | IN_PROMO)
            own |= above
            hint = hint or kinds[parent]
        flags[number] = own
        kinds[number] = hint
        value = worth[number]
        if value > 0:
            if own & _WORTHLESS:
                worth[number] = -0.3 * value
            else:
                worth[number] = good[number] = value * 1.5 if own & ARTICLE_BODY else value
    for number in range(count - 1, 0, -1):
        parent = parents[number]
        worth[parent] += worth[number]
        good[parent] += good[number]
    if worth:
        highest = max(worth)
        best = count - 1 - worth[::-1].index(highest) if highest > 0 else 0
        above = parents[best]
        while above >= 0:
            if good[above] > good[best] * _CLIMB:
                best = above
            above = parents[above]
        within = [False] * count
        within[best] = True
        flags[best] |= MAIN_CONTAINER
        for number in range(best + 1, count):
            if within[parents[number]]:
                within[number] = True
                flags[number] |= MAIN_CONTAINER
            elif parents[number] < best:
                break
    return flags, kinds


def _prose_length(text: str, link_length: int, tag: str) -> float:
    """How much prose a line is: its length without links, nothing for a heading or a short line, less than nothing for a link."""
    length = len(text)
    if link_length and link_length * 2 > length:
        return -30.0
    if tag not in _PROSE_TAGS:
        return 0.0
    if length < 80 and not _END_OF_SENTENCE.search(text):
        return -4.0 if tag != "p" else 0.0
    value = float(min(length - link_length, 1000))
    return value if tag == "p" else value * 0.7
