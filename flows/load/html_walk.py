"""One walk over the tree of an HTML page: its block elements, its lines, and the marks of metadata met on the way."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.load.html_bounds import with_few_attributes
from flows.load.html_evidence import HIDDEN, MetaParts
from flows.load.html_marks import MARKING, MOST_MARKS, note_head, note_mark
from flows.load.html_tags import (
    BARE,
    BLOCK,
    BOLD,
    BREAK,
    CELL,
    HEAD,
    HINT_FLAGS,
    INLINE,
    KINDS,
    LINK,
    OPENED,
    QUOTED,
    RAISED,
    ROLE_FLAGS,
    SKIPPED,
    TAG_FLAGS,
    TEXT,
)
from flows.reference.html_hints import HtmlHints

# A block element: the number of the one around it, its tag, flags and hint. Plain tuples, as a page has hundreds.
Container = tuple[int, str, int, str]
# A line: its text, container, characters in links and in bold, hint, first link, and whether a <br> parts it from the one above.
Line = tuple[str, int, int, int, str, str, bool]

_NAMING = ("id", "role", "itemprop", "data-testid", "data-component")
_TELLING = frozenset({*_NAMING, "style", "hidden", "rel"})
_CLOSERS = frozenset(".!?:;,)”’»")
_ENDS_IN_YEAR = re.compile(r"\b(?:(?:19|20)\d\d|\d\d?([./])\d\d?\1\d\d)$")
_QUOTATION_MARKS = ("‘’", "“”")  # of a <q>, by whether it stands within an even or an odd number of them
_OPENING_MARKS = '"“”„«»‹‘‚「『'
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NESTING = re.compile(
    r"<(/?)(?:address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption|figure|footer|form|header|hgroup"
    r"|main|menu|nav|ol|pre|search|section|summary|ul)(?=[\s/>])[^<>]*>",
    re.I,
)
_MANY_TAGS = 16_000
_DEEPEST = 500
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LONG_CELL = 120  # characters; a longer cell is a column of a layout, not of a table
_SENTENCE_SPACES = 3  # at least, in a cell that ends as a sentence does
_SENTENCE_ENDS = frozenset(".!?…")
_CLOSING_MARKS = "\"'”’»)"


def parse_html(html: str) -> LexborNode | None:
    """The root of a page's tree, None where there is no page."""
    if html.count("<") > _MANY_TAGS:
        html = _flatten(html)
    html = with_few_attributes(html)
    try:
        return LexborHTMLParser(html).root
    except UnicodeEncodeError:
        return LexborHTMLParser(html.encode("utf-8", "replace")).root
    except (ValueError, RuntimeError, MemoryError):
        return None


def _flatten(html: str) -> str:
    """A page without the block elements nested deeper than any browser draws them; the parser's time grows with their square."""
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[1]:
            depth = max(0, depth - 1)
            return tag[0] if depth < _DEEPEST else "<br>"
        depth += 1
        return tag[0] if depth <= _DEEPEST else "<br>"

    return _NESTING.sub(keep, html)


def walk_page(root: LexborNode, hints: HtmlHints, parts: MetaParts) -> tuple[list[Container], list[Line]]:
    """Every block element and every line of a page, in one pass in document order."""
    containers: list[Container] = [(-1, root.tag or "html", 0, "")]
    lines: list[Line] = []
    stack: list[tuple[LexborNode, int, int, str]] = []
    pieces: list[str] = []
    hinted: dict[str, int] = {}
    current = link_length = bold_length = in_link = in_bold = in_quotes = cells = cell_at = 0
    marks, seen, kind_of, flags_of, nothing_in = parts.marks, hints.seen, KINDS.get, TAG_FLAGS.get, _TELLING.isdisjoint
    inline_hint = href = ""
    broken = edge = preformatted = in_layout = False

    def flush() -> None:
        nonlocal link_length, bold_length, cells, cell_at, href, broken
        text = " ".join((pieces[0] if len(pieces) == 1 else "".join(pieces)).split())
        if cells:
            text = text.strip(" |")
        if text and (len(text) > 3 or text.strip(_UNSEEN)):
            hint = ""
            if hinted:
                most = max(hinted, key=hinted.__getitem__)
                if hinted[most] * 2 >= len(text):
                    hint = most
            lines.append((text, current, link_length, bold_length, hint, href, broken))
        pieces.clear()
        link_length = bold_length = cells = cell_at = 0
        href = ""
        broken = False
        if hinted:
            hinted.clear()

    node: LexborNode | None = root.first_child
    if root.attributes.get("lang"):
        parts.languages.append(str(root.attributes["lang"]))
    while True:
        if node is None:
            if not stack:
                break
            node, action, before, inline_hint = stack.pop()
            if action == BLOCK:
                if pieces:
                    flush()
                broken = False
                current = before
            elif action == LINK:
                in_link -= 1
            elif action == BOLD:
                in_bold -= 1
            elif action == QUOTED:
                if before and pieces:
                    pieces.append(_QUOTATION_MARKS[before % 2][1])
                in_quotes -= before > 0
            elif action == CELL:
                if pieces and (in_layout or _is_column(pieces[cell_at:])):
                    flush()
                    in_layout = True
                current = before
            edge = action != RAISED
            node = node.next
            continue
        tag = node.tag
        kind = kind_of(tag, INLINE)
        if kind == TEXT:
            piece = node.text_content
            if piece and (pieces or not piece.isspace()):
                if edge:
                    edge = False
                    if pieces and _parts_words(pieces[-1], piece[0]):
                        pieces.append(" ")
                if preformatted and containers[current][1] == "pre":
                    *rows, piece = piece.split("\n")
                    for row in rows:
                        pieces.append(row)
                        flush()
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
        elif kind in BARE:
            edge = kind != RAISED
            child = node.first_child
            if child is not None:
                if kind == BOLD:
                    in_bold += 1
                level = 0
                if kind == QUOTED and not _has_marks(node, pieces):
                    level = in_quotes = in_quotes + 1
                    pieces.append(_QUOTATION_MARKS[level % 2][0])
                stack.append((node, kind, level, inline_hint))
                node = child
                continue
        elif kind == BREAK:
            if pieces:
                flush()
                broken = bool(lines)
            else:
                broken = False
        elif kind == HEAD:
            note_head(tag or "", node, parts, len(lines))
        elif kind != SKIPPED:
            child = node.first_child
            attributes = node.attributes
            hint = ""
            own = flags_of(tag or "", 0)
            if attributes:
                names = (attributes["class"] or "") if "class" in attributes else ""
                telling = not nothing_in(attributes)
                if telling:
                    for key in _NAMING:
                        if key in attributes:
                            value = attributes[key]
                            if value:
                                names = f"{names} {value}"
                    if "role" in attributes:
                        own |= ROLE_FLAGS.get(attributes["role"] or "", 0)
                    if "style" in attributes:
                        style = attributes["style"]
                        if style and ("none" in style or "hidden" in style) and _HIDING_STYLE.search(style):
                            own |= HIDDEN
                    if "hidden" in attributes:
                        own |= HIDDEN
                if names and tag != "body":
                    known = seen.get(names)
                    hint = hints.of(names) if known is None else known
                    if hint in HINT_FLAGS:
                        own |= HINT_FLAGS[hint]
                marking = hint in MARKING or tag == "time" or (telling and ("itemprop" in attributes or attributes.get("rel") == "author"))
                if marking and len(marks) < MOST_MARKS:
                    note_mark(tag or "", node, attributes, hint, parts, len(lines))
            if kind == INLINE and not (own & HIDDEN and tag and "-" in tag):
                edge = True
                if child is not None and not own & HIDDEN:
                    if tag == "a":
                        in_link += 1
                        if not href:
                            href = attributes.get("href") or ""
                        kind = LINK
                    stack.append((node, kind, 0, inline_hint))
                    inline_hint = hint or inline_hint
                    node = child
                    continue
            else:
                if kind == CELL:
                    if pieces:
                        pieces.append(" | ")
                        cells += 1
                    cell_at = len(pieces)
                else:
                    if pieces:
                        flush()
                    broken = in_layout = False
                    if tag in OPENED and OPENED[tag] not in attributes:
                        own |= HIDDEN
                    elif tag == "pre":
                        preformatted = True
                    kind = BLOCK
                if child is not None:
                    stack.append((node, kind, current, inline_hint))
                    containers.append((current, tag or "", own, hint))
                    current = len(containers) - 1
                    node = child
                    continue
        node = node.next
    if pieces:
        flush()
    return containers, lines


def _has_marks(node: LexborNode, pieces: list[str]) -> bool:
    """Whether a <q>, around which browsers set quotation marks, has some of its own inside or before it."""
    opening = (node.text(deep=True) or "").lstrip()[:1]
    return not opening or opening in _OPENING_MARKS or (bool(pieces) and pieces[-1][-1:] in _OPENING_MARKS and pieces[-1] not in "“‘")


def _is_column(cell: list[str]) -> bool:
    """Whether a cell's last line is running text, as in a column of a layout, and not an entry of a table."""
    if sum(map(len, cell)) > _LONG_CELL:
        return True
    text = "".join(cell).rstrip()
    return text.rstrip(_CLOSING_MARKS)[-1:] in _SENTENCE_ENDS and text.count(" ") >= _SENTENCE_SPACES


def _parts_words(before: str, first: str) -> bool:
    """Whether two pieces of text that only a tag parts are two words, as in <span>By Ann Poe</span><span>3 May</span>."""
    last = before[-1:]
    if first.isupper():
        return last.islower() or last.isdigit() or last in _CLOSERS
    return first.isdigit() and (last.islower() or (last.isdigit() and _ENDS_IN_YEAR.search(before) is not None))
