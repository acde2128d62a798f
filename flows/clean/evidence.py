"""What the tags of an HTML page add to its text: the odds of each block to be body, and roles that tags and class words name.

A page that came as HTML brings one evidence a line (``markup``: tag, flags of its ancestors, share of link text, hint of class
words, address of its first link). A small convolutional network reads the evidence beside the odds that the text alone gives;
``scripts/fit_evidence.py`` fits it. Pages of plain text pass through untouched.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from flows.clean.blocks import BREAK, SPACE, STOP, Blocks
from flows.clean.furniture import CODE, REASONS, Furniture
from flows.clean.measures import Measures
from flows.clean.page import Markup

# Flags of load/html_evidence.py, by their bits.
_FLAG_NAMES = (
    *("nav", "footer", "header", "aside", "article", "main", "figure", "form", "list", "table", "blockquote", "hidden", "article_body"),
    *("main_container", "all_bold", "related", "comments", "promo", "after_break", "linked_body"),
)
FLAG = {name: 1 << at for at, name in enumerate(_FLAG_NAMES)}
TAGS = (
    "",
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "td",
    "figcaption",
    "figure",
    "pre",
    "blockquote",
    "section",
    "article",
    "aside",
    "dd",
    "dt",
    "summary",
    "button",
    "cite",
    "caption",
    "time",
    "address",
)
HINTS = (
    *(
        "",
        "body",
        "menu",
        "footer",
        "sidebar",
        "related",
        "promo",
        "comment",
        "headline",
        "byline",
        "share",
        "date",
        "caption",
        "tags",
        "deck",
    ),
    *("newsletter", "breadcrumb", "cookie", "credit", "ad", "widget", "author-bio", "subhead", "pullquote"),
)
_AGAINST = FLAG["nav"] | FLAG["footer"] | FLAG["form"] | FLAG["comments"] | FLAG["related"] | FLAG["promo"]
TAG = {name: at for at, name in enumerate(TAGS)}
HINT = {name: at for at, name in enumerate(HINTS)}
_SEEN_TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "tr", "td", "figcaption", "pre", "blockquote", "section")
_SEEN_HINTS = HINTS[1:]
_WIDEST_ODDS = 6.0
_FAR_BLOCKS = 60
INPUTS = (
    *("odds", "odds_sign", "words", "prose", "stopped", "link_share", "has_link", "repeats", "shared", "in_run", "against"),
    *(f"flag_{name}" for name in _FLAG_NAMES),
    *(f"tag_{name}" for name in _SEEN_TAGS),
    *(f"hint_{name}" for name in _SEEN_HINTS),
    *(
        "kind_odds",
        "kind_share",
        "kind_blocks",
        "tag_odds",
        "hint_odds",
        "main_share",
        "body_share",
        "article_share",
        "p_share",
        "main_passed",
        "main_left",
        "since_main",
        "until_main",
        "linked_share",
        "linked_above",
        "linked_below",
    ),
)

# What a block is that is no text of a story, in falling order of trust: by its tag, by the hint of its class words, by an
# ancestor. With it the reason, and whether it alone suffices to say that the block is neither text nor headline.
_TAG_ROLES = {
    "figcaption": ("caption", True),
    "caption": ("caption", True),
    "figure": ("caption", True),
    "button": ("widget", True),
    "time": ("dateline", True),
    "address": ("byline", False),
}
_HINT_ROLES = {
    "caption": ("caption", True),
    "credit": ("credit", True),
    "byline": ("byline", True),
    "date": ("dateline", True),
    "deck": ("deck", False),
    "related": ("related", False),
    "comment": ("comment", True),
    "promo": ("promo", False),
    "newsletter": ("promo", True),
    "ad": ("promo", True),
    "share": ("widget", True),
    "widget": ("widget", True),
    "tags": ("nav", True),
    "menu": ("nav", True),
    "breadcrumb": ("nav", True),
    "footer": ("nav", True),
    "cookie": ("legal", True),
    "author-bio": ("promo", True),
    "pullquote": ("widget", False),
}
_FLAG_ROLES = {
    "comments": ("comment", True),
    "nav": ("nav", True),
    "footer": ("nav", True),
    "form": ("widget", True),
    "promo": ("promo", False),
    "related": ("related", False),
}
_MARKED = (
    *((f"tag: {name}", "tag", name, *role) for name, role in _TAG_ROLES.items()),
    *((f"class: {name}", "hint", name, *role) for name, role in _HINT_ROLES.items()),
    *((f"within: {name}", "flag", name, *role) for name, role in _FLAG_ROLES.items()),
)
REASONS_OF_ALL = (*REASONS, *(mark[0] for mark in _MARKED))


class Evidence(NamedTuple):
    """The evidence of every block of a batch, zeros where there is none: ``has`` tells where there is, ``tag`` and ``hint`` are
    indices of ``TAGS`` and ``HINTS``, ``link_share`` runs from 0 to 1, ``href`` is "" without a link."""

    has: np.ndarray
    tag: np.ndarray
    flags: np.ndarray
    link_share: np.ndarray
    hint: np.ndarray
    href: list[str]

    def flag(self, name: str) -> np.ndarray:
        """Where a flag is set."""
        return (self.flags & FLAG[name]) > 0


def read_evidence(markup: pl.Series | None, blocks: Blocks) -> Evidence | None:
    """The evidence of each block, from the column ``markup`` of the pages; None when no page has any.

    A page whose evidence does not match its lines one to one counts as plain text; a block that joins several lines has the
    evidence of its first.
    """
    if markup is None or not isinstance(markup.dtype, pl.List) or not blocks.page.size:
        return None
    size = blocks.page.size
    given = markup.list.len().fill_null(0).to_numpy().astype(np.int64)
    per_page = np.diff(blocks.first)
    before = np.concatenate(([0], np.cumsum(given)))
    source = np.full(size, -1, dtype=np.int64)
    for page in np.flatnonzero(given).tolist():
        low, high = int(blocks.first[page]), int(blocks.first[page + 1])
        if per_page[page] == given[page]:
            source[low:high] = np.arange(before[page], before[page + 1])
        elif high > low:
            starts = _line_starts(blocks, int(blocks.start[low]), int(blocks.end[high - 1]))
            if starts.size == given[page]:
                source[low:high] = before[page] + np.searchsorted(starts, blocks.start[low:high])
    has = source >= 0
    if not has.any():
        return None
    lines = markup.filter(markup.list.len().fill_null(0) > 0).explode().struct.unnest()
    at = source[has]

    def spread(values: np.ndarray, dtype: type) -> np.ndarray:
        out: np.ndarray = np.zeros(size, dtype=dtype)
        out[has] = values[at]
        return out

    tags = lines["tag"].replace_strict(TAG, default=0, return_dtype=pl.Int16).fill_null(0).to_numpy()
    hints = lines["hint"].replace_strict(HINT, default=0, return_dtype=pl.Int16).fill_null(0).to_numpy()
    hrefs = lines["href"].fill_null("").to_list()
    return Evidence(
        has=has,
        tag=spread(tags, np.int16),
        flags=spread(lines["flags"].fill_null(0).to_numpy(), np.int64),
        link_share=spread(lines["link_share"].fill_null(0).to_numpy(), np.float32),
        hint=spread(hints, np.int16),
        href=[hrefs[line] if line >= 0 else "" for line in source.tolist()],
    )


def _line_starts(blocks: Blocks, low: int, high: int) -> np.ndarray:
    """Positions of the first character of each non-empty line of one page, white space aside."""
    kinds = blocks.kinds[low:high]
    solid = np.flatnonzero((kinds != SPACE) & (kinds != BREAK))
    line = np.cumsum(kinds == BREAK, dtype=np.int32)[solid]
    return low + solid[np.concatenate(([0], np.flatnonzero(np.diff(line)) + 1))]


def evidence_inputs(evidence: Evidence, odds: np.ndarray, blocks: Blocks, measures: Measures, shared: np.ndarray) -> np.ndarray:
    """The inputs of the network: one row a block, one column a name of ``INPUTS``, as float32."""
    size = blocks.page.size
    page, pages = blocks.page, blocks.first.size - 1
    at = np.arange(size)
    words = np.minimum(measures.words, 120.0)
    prose = np.where(measures.prose, words, 0.0)
    text_odds = np.clip(odds, -_WIDEST_ODDS, _WIDEST_ODDS)
    flags, tag, hint = evidence.flags, evidence.tag.astype(np.int64), evidence.hint.astype(np.int64)
    main = evidence.flag("main_container")
    page_words = np.maximum(np.bincount(page, weights=words, minlength=pages), 1.0)
    page_prose = np.maximum(np.bincount(page, weights=prose, minlength=pages), 1.0)
    out = np.zeros((size, len(INPUTS)), dtype=np.float32)
    columns = [
        text_odds / 3,
        odds > 0,
        np.log1p(words),
        measures.prose,
        measures.kinds[:, STOP] > 0,
        evidence.link_share,
        evidence.link_share > 0,
        np.log1p(measures.repeats),
        shared,
        (at >= measures.run_low[page]) & (at < measures.run_high[page]),
        (flags & _AGAINST) > 0,
    ]
    columns.extend((flags & bit) > 0 for bit in FLAG.values())
    columns.extend(tag == TAG[name] for name in _SEEN_TAGS)
    columns.extend(hint == HINT[name] for name in _SEEN_HINTS)
    # Blocks of one kind, that is with the same tag, flags and hint, are mostly all body or none of them is.
    weight = words + 1.0
    worth = weight * text_odds
    hint_key, tag_key = page * len(HINTS) + hint, page * len(TAGS) + tag
    kind_key = (hint_key * len(TAGS) + tag) * (1 << len(_FLAG_NAMES)) + (
        flags & ~(FLAG["all_bold"] | FLAG["after_break"] | FLAG["linked_body"])
    )
    _, kind, times = np.unique(kind_key, return_inverse=True, return_counts=True)
    columns.append((np.bincount(kind, weights=worth) / np.bincount(kind, weights=weight))[kind] / 3)
    columns.append(np.bincount(kind, weights=words)[kind] / page_words[page])
    columns.append(np.log1p(times[kind]))
    for key in (tag_key, hint_key):
        columns.append(np.bincount(key, weights=worth)[key] / np.bincount(key, weights=weight)[key] / 3)
    for where in (main, evidence.flag("article_body") | (hint == HINT["body"]), evidence.flag("article"), tag == TAG["p"]):
        columns.append((np.bincount(page, weights=np.where(where, prose, 0.0), minlength=pages) / page_prose)[page])
    in_main = np.where(main, prose, 0.0)
    passed = np.concatenate(([0.0], np.cumsum(in_main)))
    columns.append(np.log1p(passed[at] - passed[blocks.first[page]]))
    columns.append(np.log1p(passed[blocks.first[page + 1]] - passed[at]))
    telling = main & measures.prose
    last = np.maximum.accumulate(np.where(telling, at, -1))
    columns.append(np.log1p(np.where(last >= blocks.first[page], np.minimum(at - last, _FAR_BLOCKS), _FAR_BLOCKS)))
    following = np.minimum.accumulate(np.where(telling, at, size + _FAR_BLOCKS)[::-1])[::-1]
    columns.append(np.log1p(np.where(following < blocks.first[page + 1], np.minimum(following - at, _FAR_BLOCKS), _FAR_BLOCKS)))
    linked = np.concatenate(([0.0], np.cumsum(np.where(evidence.flag("linked_body"), words, 0.0))))
    begin, stop = blocks.first[page], blocks.first[page + 1]
    columns.append((linked[stop] - linked[begin]) / page_prose[page])
    columns.append(np.log1p(linked[at] - linked[begin]))
    columns.append(np.log1p(linked[stop] - linked[at + 1]))
    for number, column in enumerate(columns):
        out[:, number] = column
    return out


def name_marked(furniture: Furniture, evidence: Evidence, odds: np.ndarray) -> Furniture:
    """Add what tags and class words name to what wording and form tell of each block; reasons are indices of ``REASONS_OF_ALL``.

    Where both tell, a line of known wording keeps its role, and any other block takes that of its tag. A heading is never
    named by its ancestors. A block of a marked page that reads as text by all its evidence (odds above zero) is not sure to
    be anything else.
    """
    role, reason = furniture.role.copy(), furniture.reason.copy()
    strong = furniture.strong & ~(evidence.has & (odds > 0))
    free = evidence.has & ~furniture.strong
    heading = (evidence.tag >= TAG["h1"]) & (evidence.tag <= TAG["h2"]) | (evidence.hint == HINT["headline"])
    for at, (_, kind, name, given, sure) in enumerate(_MARKED, len(REASONS)):
        where = evidence.tag == TAG[name] if kind == "tag" else evidence.hint == HINT[name] if kind == "hint" else evidence.flag(name)
        where = where & free
        if kind != "tag":
            where &= ~heading
        role[where] = CODE[given]
        reason[where] = at
        if sure:
            strong |= where & (odds <= 0)
        free &= ~where
    return Furniture(role, reason, strong)


def markup_of(evidence: Evidence, low: int, high: int) -> Markup | None:
    """The evidence of one page as plain lists; None where there is none."""
    if low == high or not evidence.has[low]:
        return None
    return Markup(
        tag=[TAGS[tag] for tag in evidence.tag[low:high].tolist()],
        hint=[HINTS[hint] for hint in evidence.hint[low:high].tolist()],
        flags=evidence.flags[low:high].tolist(),
        link_share=evidence.link_share[low:high].tolist(),
        href=evidence.href[low:high],
    )
