"""One walk over the tree of an HTML page: its block elements, its lines, and the marks of metadata met on the way."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.load.html_bounds import with_few_attributes
from flows.load.html_evidence import (
    ARTICLE_BODY,
    HIDDEN,
    IN_ARTICLE,
    IN_ASIDE,
    IN_BLOCKQUOTE,
    IN_COMMENTS,
    IN_FIGURE,
    IN_FOOTER,
    IN_FORM,
    IN_HEADER,
    IN_LIST,
    IN_MAIN,
    IN_NAV,
    IN_PROMO,
    IN_RELATED,
    IN_TABLE,
    Mark,
    MetaParts,
)
from flows.reference.html_hints import HtmlHints

# A block element: the number of the one around it, its tag, flags and hint. Plain tuples, as a page has hundreds.
Container = tuple[int, str, int, str]
# A line: its text, container, characters in links and in bold, hint, first link, and whether a <br> parts it from the one above.
Line = tuple[str, int, int, int, str, str, bool]

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
# fmt: off
_BLOCK_TAGS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
        "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "select",
        "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "caption", "search", "td", "th", "noscript", "head",
    }
)
_SKIPPED_TAGS = frozenset(
    {
        "style", "template", "svg", "iframe", "noframes", "noembed", "object", "embed", "video", "audio", "canvas", "map", "area",
        "track", "datalist", "rp", "rt", "textarea", "input", "img", "link", "meta", "base", "param", "source", "col", "colgroup",
        "wbr", "-comment", "!doctype",
    }
)
# Inline elements whose attributes tell nothing.
_PLAIN_TAGS = frozenset(
    {
        "b", "strong", "i", "em", "u", "s", "small", "sub", "sup", "font", "big", "tt", "code", "mark", "cite", "kbd", "ins",
        "del", "strike", "html", "tbody",
    }
)
# fmt: on
_NAMING = ("id", "role", "itemprop", "data-testid", "data-component")
_TELLING = frozenset({*_NAMING, "style", "hidden", "rel"})
_MARKING = frozenset({"byline", "date", "author-bio"})
_MARKED_PROPERTIES = frozenset({"datepublished", "datecreated", "datemodified", "author", "creator"})
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
_LONGEST_MARK = 400  # characters
_MOST_MARKS = 300

# What a node is, and what is to be done when it closes.
_TEXT, _SKIPPED, _HEAD, _BREAK, _PLAIN, _BOLD, _RAISED, _QUOTED, _INLINE, _LINK, _CELL, _BLOCK = range(12)
_BARE = frozenset({_PLAIN, _BOLD, _RAISED, _QUOTED})
_KINDS: dict[str | None, int] = {
    **dict.fromkeys(_BLOCK_TAGS, _BLOCK),
    **dict.fromkeys(_PLAIN_TAGS, _PLAIN),
    **dict.fromkeys(_SKIPPED_TAGS, _SKIPPED),
    **dict.fromkeys(("meta", "link", "script", "title"), _HEAD),
    **dict.fromkeys(("b", "strong"), _BOLD),
    **dict.fromkeys(("sub", "sup"), _RAISED),
    **dict.fromkeys(("td", "th"), _CELL),
    "q": _QUOTED,
    "-text": _TEXT,
    "br": _BREAK,
    None: _SKIPPED,
}
# Elements that are hidden but for an attribute; no attribute shows <noscript>.
_OPENED = {"noscript": "", "option": "selected", "dialog": "open"}


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
    marks, seen, kind_of, flags_of, nothing_in = parts.marks, hints.seen, _KINDS.get, _TAG_FLAGS.get, _TELLING.isdisjoint
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
            if action == _BLOCK:
                if pieces:
                    flush()
                broken = False
                current = before
            elif action == _LINK:
                in_link -= 1
            elif action == _BOLD:
                in_bold -= 1
            elif action == _QUOTED:
                if before and pieces:
                    pieces.append(_QUOTATION_MARKS[before % 2][1])
                in_quotes -= before > 0
            elif action == _CELL:
                if pieces and (in_layout or _is_column(pieces[cell_at:])):
                    flush()
                    in_layout = True
                current = before
            edge = action != _RAISED
            node = node.next
            continue
        tag = node.tag
        kind = kind_of(tag, _INLINE)
        if kind == _TEXT:
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
        elif kind in _BARE:
            edge = kind != _RAISED
            child = node.first_child
            if child is not None:
                if kind == _BOLD:
                    in_bold += 1
                level = 0
                if kind == _QUOTED and not _has_marks(node, pieces):
                    level = in_quotes = in_quotes + 1
                    pieces.append(_QUOTATION_MARKS[level % 2][0])
                stack.append((node, kind, level, inline_hint))
                node = child
                continue
        elif kind == _BREAK:
            if pieces:
                flush()
                broken = bool(lines)
            else:
                broken = False
        elif kind == _HEAD:
            _note_head(tag or "", node, parts, len(lines))
        elif kind != _SKIPPED:
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
                        own |= _ROLE_FLAGS.get(attributes["role"] or "", 0)
                    if "style" in attributes:
                        style = attributes["style"]
                        if style and ("none" in style or "hidden" in style) and _HIDING_STYLE.search(style):
                            own |= HIDDEN
                    if "hidden" in attributes:
                        own |= HIDDEN
                if names and tag != "body":
                    known = seen.get(names)
                    hint = hints.of(names) if known is None else known
                    if hint in _HINT_FLAGS:
                        own |= _HINT_FLAGS[hint]
                marking = hint in _MARKING or tag == "time" or (telling and ("itemprop" in attributes or attributes.get("rel") == "author"))
                if marking and len(marks) < _MOST_MARKS:
                    _note_mark(tag or "", node, attributes, hint, parts, len(lines))
            if kind == _INLINE and not (own & HIDDEN and tag and "-" in tag):
                edge = True
                if child is not None and not own & HIDDEN:
                    if tag == "a":
                        in_link += 1
                        if not href:
                            href = attributes.get("href") or ""
                        kind = _LINK
                    stack.append((node, kind, 0, inline_hint))
                    inline_hint = hint or inline_hint
                    node = child
                    continue
            else:
                if kind == _CELL:
                    if pieces:
                        pieces.append(" | ")
                        cells += 1
                    cell_at = len(pieces)
                else:
                    if pieces:
                        flush()
                    broken = in_layout = False
                    if tag in _OPENED and _OPENED[tag] not in attributes:
                        own |= HIDDEN
                    elif tag == "pre":
                        preformatted = True
                    kind = _BLOCK
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


def _note_head(tag: str, node: LexborNode, parts: MetaParts, line: int) -> None:
    """Note a <meta>, <link>, <script> or <title>."""
    if tag == "title":
        parts.titles.append(node.text(deep=True))
        return
    if tag == "link" and parts.canonicals:
        return
    attributes = node.attributes
    if tag == "script":
        if "ld+json" in (attributes.get("type") or "").lower():
            parts.scripts.append(node.text(deep=True))
    elif tag == "link":
        if attributes.get("rel") == "canonical" and attributes.get("href"):
            parts.canonicals.append(str(attributes["href"]))
    elif attributes.get("content") and len(parts.metas) < _MOST_MARKS:
        content = str(attributes["content"])
        for key in ("property", "name", "http-equiv"):
            name = attributes.get(key)
            if name:
                parts.metas.append((name.strip().lower(), content))
                return
        for kind in (attributes.get("itemprop") or "").lower().split():
            if kind in _MARKED_PROPERTIES:
                parts.marks.append(Mark(kind, content, "", line))
            elif not line:
                parts.metas.append((kind, content))


def _note_mark(tag: str, node: LexborNode, attributes: dict[str, str | None], hint: str, parts: MetaParts, line: int) -> None:
    """Note an element that may tell the date or the author."""
    kinds = [kind for kind in (attributes.get("itemprop") or "").lower().split() if kind in _MARKED_PROPERTIES]
    if not kinds:
        if tag != "time" and hint not in _MARKING and attributes.get("rel") != "author":
            return
        kinds = ["time" if tag == "time" else "rel" if attributes.get("rel") == "author" else hint]
    named = node.css_first("[itemprop=name]") if "itemscope" in attributes else None
    if named is not None:
        node, attributes = named, named.attributes
    value = attributes.get("content") or attributes.get("datetime") or attributes.get("title") or ""
    text = node.text(deep=True, separator=" ")
    text = " ".join(text.split()) if len(text) < _LONGEST_MARK else ""
    for kind in kinds:
        parts.marks.append(Mark(kind, value, text, line))
