"""An HTML page as visible text, with what the tags tell of each line, in one walk over the tree.

``read_html`` never raises: whatever string comes in, lines come out, in the page's order and with nothing visible lost.
A block element makes a line of its own, inline elements are joined, ``<br>`` breaks a line, white space is collapsed, the
cells of a table row are joined by " | ". Not in the text: scripts, styles, drawings, alternative texts, the options of a closed
list that are not chosen, ruby readings, and elements that are hidden by attribute, inline style or class, unless these hold most
of the page's prose (then a script or a paywall shows them, and they are told with the flag HIDDEN).

Blank lines part blocks; list items, table rows and lines broken by ``<br>`` follow each other directly.
"""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.load.html_evidence import (
    AFTER_BREAK, ALL_BOLD, ARTICLE_BODY, HIDDEN, IN_ARTICLE, IN_ASIDE, IN_BLOCKQUOTE, IN_COMMENTS, IN_FIGURE, IN_FOOTER, IN_FORM,
    IN_HEADER, IN_LIST, IN_MAIN, IN_NAV, IN_PROMO, IN_RELATED, IN_TABLE, MAIN_CONTAINER, LineEvidence, Mark, MetaParts,
)
from flows.load.html_metadata import HtmlMetadata, decide_metadata
from flows.reference.html_hints import HtmlHints

_TAG_FLAGS = {
    "nav": IN_NAV,
    "menu": IN_NAV,
    "footer": IN_FOOTER,
    "header": IN_HEADER,
    "aside": IN_ASIDE,
    "article": IN_ARTICLE,
    "main": IN_MAIN,
    "figure": IN_FIGURE,
    "figcaption": IN_FIGURE,
    "form": IN_FORM,
    "select": IN_FORM,
    "button": IN_FORM,
    "label": IN_FORM,
    "ul": IN_LIST,
    "ol": IN_LIST,
    "dl": IN_LIST,
    "table": IN_TABLE,
    "blockquote": IN_BLOCKQUOTE,
}
_ROLE_FLAGS = {
    "navigation": IN_NAV,
    "menu": IN_NAV,
    "menubar": IN_NAV,
    "contentinfo": IN_FOOTER,
    "banner": IN_HEADER,
    "complementary": IN_ASIDE,
    "main": IN_MAIN,
    "article": IN_ARTICLE,
    "search": IN_FORM,
    "form": IN_FORM,
}
_HINT_FLAGS = {
    "related": IN_RELATED,
    "comment": IN_COMMENTS,
    "ad": IN_PROMO,
    "promo": IN_PROMO,
    "newsletter": IN_PROMO,
    "cookie": IN_PROMO,
    "body": ARTICLE_BODY,
    "menu": IN_NAV,
    "footer": IN_FOOTER,
    "sidebar": IN_ASIDE,
    "hidden": HIDDEN,
}
# What an ancestor says against its lines; void where that ancestor holds most of the page's prose.
_AGAINST = IN_NAV | IN_FOOTER | IN_HEADER | IN_ASIDE | IN_FORM | IN_RELATED | IN_COMMENTS | IN_PROMO | HIDDEN | IN_LIST | IN_TABLE

_BLOCK_TAGS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre section select summary table tbody "
    "tfoot thead tr ul caption search td th noscript option head".split()
)
_SKIPPED_TAGS = frozenset(
    "style template svg iframe noframes noembed object embed video audio canvas map area track datalist rp rt textarea input "
    "img link meta base param source col colgroup wbr -comment !doctype".split()
)
_TIGHT_TAGS = frozenset("li tr dt dd option br".split())
_BOLD_TAGS = frozenset(("b", "strong"))
_PROSE_TAGS = frozenset("p div br td dd article section main li blockquote pre body".split())
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_END_OF_SENTENCE = re.compile(r"[.!?。！？…][\"'”’»)\]]*$")

_HEADING_TAGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PLAIN_TAGS = frozenset("b strong i em u s small sub sup font big tt code mark q cite kbd ins del strike html tbody".split())
_NAMING = ("class", "id", "role", "itemprop", "data-testid", "data-component")
_MARKING = frozenset(("byline", "date", "author-bio"))
_CLOSERS = frozenset(".!?:;,)”’»")
_WORTHLESS = HIDDEN | IN_NAV | IN_FOOTER | IN_ASIDE | IN_COMMENTS | IN_PROMO | IN_RELATED
_LONG_CELL = 120  # characters; a longer cell is a column of a layout, not of a table
_LONGEST_MARK = 400  # characters
_MOST_MARKS = 300
_CLIMB = 1.5

_NOTHING, _BLOCK, _LINK, _BOLD, _CELL, _HINTED, _PRE = range(7)


class HtmlPage(NamedTuple):
    """A page: its visible text, one evidence for each line of it that is not empty, in order, and its metadata."""

    text: str
    lines: list[LineEvidence]
    metadata: HtmlMetadata


class _Container(NamedTuple):
    """A block element: the number of the one around it, and what it says itself."""

    parent: int
    tag: str
    flags: int
    hint: str


class _Line(NamedTuple):
    text: str
    container: int
    link_length: int
    bold_length: int
    hint: str
    href: str
    broken: bool


def read_html(html: str, *, url: str | None = None, hints: HtmlHints) -> HtmlPage:
    """The visible text of a page with its evidence and metadata.

    >>> read_html("<h1>Talks</h1><p>They <b>met</b>.<br>It rained.", hints=hints).text
    'Talks\\n\\nThey met.\\nIt rained.'
    """
    parts = MetaParts(url=url)
    root = _parse(html)
    containers, lines = _walk(root, hints, parts) if root is not None else ([], [])
    flags, kinds = _inherit(containers, lines)
    text: list[str] = []
    shown: list[LineEvidence] = []
    told: list[tuple[str, LineEvidence]] = []
    for line in lines:
        tag = containers[line.container].tag
        own = flags[line.container]
        length = len(line.text)
        if line.bold_length >= length * 0.95:
            own |= ALL_BOLD
        if line.broken:
            own |= AFTER_BREAK
        evidence = LineEvidence(tag, own, min(1.0, line.link_length / length), line.hint or kinds[line.container], line.href)
        told.append((line.text, evidence))
        if own & HIDDEN and not own & MAIN_CONTAINER:
            continue
        if shown:
            text.append("\n" if line.broken or tag in _TIGHT_TAGS else "\n\n")
        text.append(line.text)
        shown.append(evidence)
    return HtmlPage("".join(text), shown, decide_metadata(parts, told, hints))


def _parse(html: str) -> LexborNode | None:
    try:
        return LexborHTMLParser(html).root
    except UnicodeEncodeError:
        return LexborHTMLParser(html.encode("utf-8", "replace")).root
    except (ValueError, RuntimeError, MemoryError):
        return None


def _walk(root: LexborNode, hints: HtmlHints, parts: MetaParts) -> tuple[list[_Container], list[_Line]]:
    """Every block element and every line of a page, in one pass in document order."""
    containers: list[_Container] = [_Container(-1, root.tag or "html", 0, "")]
    lines: list[_Line] = []
    stack: list[tuple[LexborNode, int, int | str]] = []
    pieces: list[str] = []
    hinted: dict[str, int] = {}
    current = link_length = bold_length = in_link = in_bold = cells = 0
    inline_hint = href = ""
    broken = edge = preformatted = False

    def flush(breaking: bool = False) -> None:
        nonlocal pieces, link_length, bold_length, cells, href, broken
        if pieces:
            text = " ".join("".join(pieces).split())
            if cells:
                text = text.strip(" |")
            if text:
                hint = ""
                if hinted:
                    most = max(hinted, key=hinted.__getitem__)
                    if hinted[most] * 2 >= len(text):
                        hint = most
                lines.append(_Line(text, current, link_length, bold_length, hint, href, broken))
                broken = False
            pieces = []
            link_length = bold_length = cells = 0
            href = ""
            hinted.clear()
        if not breaking:
            broken = False

    node: LexborNode | None = root.first_child
    if root.attributes.get("lang"):
        parts.languages.append(str(root.attributes["lang"]))
    while True:
        if node is None:
            if not stack:
                break
            node, action, before = stack.pop()
            if action == _BLOCK:
                flush()
                current = int(before)
            elif action == _LINK:
                in_link -= 1
            elif action == _BOLD:
                in_bold -= 1
            elif action == _CELL:
                if sum(map(len, pieces)) > _LONG_CELL:
                    flush()
                current = int(before)
            elif action == _HINTED:
                inline_hint = str(before)
            elif action == _PRE:
                flush()
                current = int(before)
                preformatted = False
            edge = True
            node = node.next
            continue
        tag = node.tag
        if tag == "-text":
            piece = node.text_content
            if piece:
                if edge:
                    edge = False
                    if pieces and pieces[-1]:
                        last, first = pieces[-1][-1], piece[0]
                        if (first.isupper() and (last.islower() or last in _CLOSERS or last.isdigit())) or (
                            first.isdigit() and last.islower()
                        ):
                            pieces.append(" ")
                if preformatted and "\n" in piece:
                    *rows, piece = piece.split("\n")
                    for row in rows:
                        pieces.append(row)
                        flush(True)
                        broken = True
                pieces.append(piece)
                if in_link or in_bold or inline_hint:
                    length = len(piece.strip())
                    if in_link:
                        link_length += length
                    if in_bold:
                        bold_length += length
                    if inline_hint:
                        hinted[inline_hint] = hinted.get(inline_hint, 0) + length
            node = node.next
            continue
        if tag in _SKIPPED_TAGS or tag is None:
            if tag == "meta" or tag == "link":
                _note_head(tag, node.attributes, parts, len(lines))
            node = node.next
            continue
        if tag == "br":
            had = bool(pieces)
            flush(True)
            broken = had and bool(lines)
            node = node.next
            continue
        if tag == "script" or tag == "title":
            _note_script(tag, node, parts)
            node = node.next
            continue
        child = node.first_child
        if tag in _PLAIN_TAGS:
            edge = True
            if child is None:
                node = node.next
                continue
            if tag in _BOLD_TAGS:
                in_bold += 1
                stack.append((node, _BOLD, 0))
            else:
                stack.append((node, _NOTHING, 0))
            node = child
            continue
        attributes = node.attributes
        hint = ""
        own = _TAG_FLAGS.get(tag, 0)
        if attributes:
            names = ""
            for key in _NAMING:
                value = attributes.get(key)
                if value:
                    names = f"{names} {value}" if names else value
            if names and tag != "body":
                hint = hints.of(names)
                own |= _HINT_FLAGS.get(hint, 0)
            if "role" in attributes:
                own |= _ROLE_FLAGS.get(attributes["role"] or "", 0)
            style = attributes.get("style")
            if "hidden" in attributes or (style and ("none" in style or "hidden" in style) and _HIDING_STYLE.search(style)):
                own |= HIDDEN
            if len(parts.marks) < _MOST_MARKS and (
                tag == "time" or hint in _MARKING or "itemprop" in attributes or attributes.get("rel") == "author"
            ):
                _note_mark(tag, node, attributes, hint, parts, len(lines))
        if tag in _BLOCK_TAGS:
            if tag == "td" or tag == "th":
                if pieces:
                    if sum(map(len, pieces)) > _LONG_CELL:
                        flush()
                    else:
                        pieces.append(" | ")
                    cells += 1
                action = _CELL
            else:
                flush()
                action = _BLOCK
                if tag == "noscript" or (tag == "option" and "selected" not in attributes) or (tag == "dialog" and "open" not in attributes):
                    own |= HIDDEN
                elif tag == "pre":
                    action, preformatted = _PRE, True
            if child is not None:
                stack.append((node, action, current))
                containers.append(_Container(current, tag, own, hint))
                current = len(containers) - 1
                node = child
            else:
                node = node.next
            continue
        if own & HIDDEN or child is None:
            node = node.next
            continue
        edge = True
        if tag == "a":
            in_link += 1
            if not href:
                href = attributes.get("href") or ""
            stack.append((node, _LINK, 0))
        elif hint:
            stack.append((node, _HINTED, inline_hint))
            inline_hint = hint
        else:
            stack.append((node, _NOTHING, 0))
        node = child
    flush()
    return containers, lines


def _note_head(tag: str, attributes: dict[str, str | None], parts: MetaParts, line: int) -> None:
    if tag == "link":
        if attributes.get("rel") == "canonical" and attributes.get("href"):
            parts.canonicals.append(str(attributes["href"]))
        return
    content = attributes.get("content")
    if content and len(parts.metas) < _MOST_MARKS:
        for key in ("property", "name", "http-equiv", "itemprop"):
            name = attributes.get(key)
            if name:
                parts.metas.append((name.strip().lower(), content))
                if key == "itemprop":
                    parts.marks.append(Mark(name.strip().lower(), content, "", line))
                break


def _note_script(tag: str, node: LexborNode, parts: MetaParts) -> None:
    if tag == "title":
        parts.titles.append(node.text(deep=True))
    elif "ld+json" in (node.attributes.get("type") or "").lower():
        parts.scripts.append(node.text(deep=True))


def _note_mark(tag: str, node: LexborNode, attributes: dict[str, str | None], hint: str, parts: MetaParts, line: int) -> None:
    """Note an element that may tell the date or the author."""
    kinds = (attributes.get("itemprop") or "").lower().split() or (["time"] if tag == "time" else [])
    if not kinds:
        kinds = ["rel" if attributes.get("rel") == "author" else hint]
    value = attributes.get("content") or attributes.get("datetime") or attributes.get("title") or ""
    text = node.text(deep=True, separator=" ")
    text = " ".join(text.split()) if len(text) < _LONGEST_MARK else ""
    for kind in kinds:
        parts.marks.append(Mark(kind, value, text, line))


def _inherit(containers: list[_Container], lines: list[_Line]) -> tuple[list[int], list[str]]:
    """The flags and the hint of each container with those of its ancestors, void where an ancestor holds most of the prose."""
    count = len(containers)
    prose = [0.0] * count
    worth = [0.0] * count
    for line in lines:
        value = _prose_length(line, containers[line.container].tag)
        if value > 0:
            prose[line.container] += value
        worth[line.container] += value
    for number in range(count - 1, 0, -1):
        prose[containers[number].parent] += prose[number]
    flags: list[int] = []
    kinds: list[str] = []
    most = prose[0] * 0.4 if prose else 0.0
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
        flags.append(own)
        kinds.append(hint)
    good = [0.0] * count
    for number in range(count):
        if worth[number] > 0:
            if flags[number] & _WORTHLESS:
                worth[number] *= -0.3
            else:
                if flags[number] & ARTICLE_BODY:
                    worth[number] *= 1.5
                good[number] = worth[number]
    for number in range(count - 1, 0, -1):
        worth[containers[number].parent] += worth[number]
        good[containers[number].parent] += good[number]
    if worth:
        best = max(range(count), key=lambda number: (worth[number], number))
        above = containers[best].parent
        while above >= 0:
            if good[above] > good[best] * _CLIMB:
                best = above
            above = containers[above].parent
        within = [False] * count
        for number, container in enumerate(containers):
            if number == best or (container.parent >= 0 and within[container.parent]):
                within[number] = True
                flags[number] |= MAIN_CONTAINER
    return flags, kinds


def _prose_length(line: _Line, tag: str) -> float:
    """How much prose a line is: its length without links, nothing for a heading or a short line, less than nothing for a link."""
    length = len(line.text)
    if line.link_length * 2 > length:
        return -30.0
    if tag not in _PROSE_TAGS:
        return 0.0
    if length < 80 and not _END_OF_SENTENCE.search(line.text):
        return -4.0 if tag != "p" else 0.0
    value = float(min(length - line.link_length, 1000))
    return value if tag == "p" else value * 0.7
