"""The words that the HTML readers share: flags and evidence of a line, and the marks of metadata met on the way through a page."""

from dataclasses import dataclass, field
from typing import NamedTuple

IN_NAV = 1
IN_FOOTER = 2
IN_HEADER = 4
IN_ASIDE = 8
IN_ARTICLE = 16
IN_MAIN = 32
IN_FIGURE = 64
IN_FORM = 128
IN_LIST = 256
IN_TABLE = 512
IN_BLOCKQUOTE = 1024
HIDDEN = 2048  # not shown when the page opens; told only where nothing else is there
ARTICLE_BODY = 4096  # itemprop=articleBody, or a class that says so
MAIN_CONTAINER = 8192  # within the element that holds the densest prose of the page
ALL_BOLD = 16384  # all of the line is bold
IN_RELATED = 32768  # an ancestor's class says related, recommended, most read …
IN_COMMENTS = 65536
IN_PROMO = 131072  # an ancestor's class says advertisement, newsletter, subscription, cookies …
AFTER_BREAK = 262144  # follows the line above after a <br>, within one block
LINKED_BODY = 524288  # stands in the body of the article that a JSON-LD script tells


class LineEvidence(NamedTuple):
    """What the tags tell of one line: its block's tag, flags of its ancestors, the share of it that is link text (0 to 1),
    the hint of class words ("" when there is none), and the address of its first link ("" when there is none)."""

    tag: str
    flags: int
    link_share: float
    hint: str
    href: str = ""


class Mark(NamedTuple):
    """A marked element: what marks it (``time``, ``rel``, ``class``, an itemprop), the value of its attribute ("" when there is
    none), its text, and the number of the line (from 0, hidden lines counted) in which it stands."""

    kind: str
    value: str
    text: str
    line: int


@dataclass(frozen=True)
class MetaParts:
    """What a page says of itself outside its text: the address it came from, its <html lang>, <title>, canonical address,
    meta tags (name in lower case, content), JSON-LD scripts, and marked elements."""

    url: str | None = None
    languages: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    canonicals: list[str] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
