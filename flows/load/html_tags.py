"""What the tags of an HTML page are, and what tags, roles and hints say of the lines within them."""

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
)

TAG_FLAGS = {
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
ROLE_FLAGS = {
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
HINT_FLAGS = {
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

# What a node is, and what is to be done when it closes.
TEXT, SKIPPED, HEAD, BREAK, PLAIN, BOLD, RAISED, QUOTED, INLINE, LINK, CELL, BLOCK = range(12)
BARE = frozenset({PLAIN, BOLD, RAISED, QUOTED})
KINDS: dict[str | None, int] = {
    **dict.fromkeys(_BLOCK_TAGS, BLOCK),
    **dict.fromkeys(_PLAIN_TAGS, PLAIN),
    **dict.fromkeys(_SKIPPED_TAGS, SKIPPED),
    **dict.fromkeys(("meta", "link", "script", "title"), HEAD),
    **dict.fromkeys(("b", "strong"), BOLD),
    **dict.fromkeys(("sub", "sup"), RAISED),
    **dict.fromkeys(("td", "th"), CELL),
    "q": QUOTED,
    "-text": TEXT,
    "br": BREAK,
    None: SKIPPED,
}
# Elements that are hidden but for an attribute; no attribute shows <noscript>.
OPENED = {"noscript": "", "option": "selected", "dialog": "open"}
