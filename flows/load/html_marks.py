"""What a page says of itself beside its lines: its title, meta tags and scripts of linked data, and elements that mark a date or an author."""

from selectolax.lexbor import LexborNode

from flows.load.html_evidence import Mark, MetaParts

MARKING = frozenset({"byline", "date", "author-bio"})  # hints of elements that may
_MARKED_PROPERTIES = frozenset({"datepublished", "datecreated", "datemodified", "author", "creator"})
_LONGEST_MARK = 400  # characters
MOST_MARKS = 300


def note_head(tag: str, node: LexborNode, parts: MetaParts, line: int) -> None:
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
    elif attributes.get("content") and len(parts.metas) < MOST_MARKS:
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


def note_mark(tag: str, node: LexborNode, attributes: dict[str, str | None], hint: str, parts: MetaParts, line: int) -> None:
    """Note an element that may tell the date or the author."""
    kinds = [kind for kind in (attributes.get("itemprop") or "").lower().split() if kind in _MARKED_PROPERTIES]
    if not kinds:
        if tag != "time" and hint not in MARKING and attributes.get("rel") != "author":
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
