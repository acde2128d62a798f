"""One page as plain lists, for the rules that read a page from top to bottom, and what they found out about its blocks."""

from dataclasses import dataclass, field
from typing import NamedTuple

from flows.clean.furniture import ROLES

SEPARATOR, HEADLINE, DECK, SUBHEAD, BYLINE, DATELINE = (ROLES.index(role) for role in ("separator", "headline", "deck", "subhead", "byline", "dateline"))
BODY, CAPTION, CREDIT, WIDGET, RELATED = (ROLES.index(role) for role in ("body", "caption", "credit", "widget", "related"))
PROMO, NAV, LEGAL, COMMENT = (ROLES.index(role) for role in ("promo", "nav", "legal", "comment"))

CLOSERS = "\"'”’»)]』」"
STOPS = ".!?…。！？؟।"


class Page(NamedTuple):
    """The blocks of one page, one value a block in every list.

    ``words`` counts half a word for a character of a script without spaces; ``odds`` is the scorer's log odds of being body;
    ``furniture``, ``why`` and ``strong`` what the block is when it is not part of a story; ``shared`` the share of its content
    words that also stand elsewhere in the page's main run of prose; ``line``, ``start`` and ``within`` are bit masks of
    wording; ``titles`` are the page's own titles from outside the text, in lower case.
    """

    size: int
    text: list[str]
    words: list[float]
    odds: list[float]
    furniture: list[int]
    why: list[str]
    strong: list[bool]
    repeats: list[int]
    shared: list[float]
    prose: list[bool]
    line: list[int]
    start: list[int]
    within: list[int]
    gap: list[int]
    covered: list[float]
    run: tuple[int, int]
    titles: tuple[str, ...] = ()

    def stopped(self, at: int) -> bool:
        """Whether the block closes with a full stop or the like, quotation marks and brackets aside."""
        text = self.text[at].rstrip(CLOSERS + " ")
        return bool(text) and text[-1] in STOPS


class Link(NamedTuple):
    """A story that the page points to: kind is ``related``, ``previous`` or ``next``."""

    kind: str
    title: str | None
    teaser: str | None = None
    caption: str | None = None


@dataclass
class StoryParts:
    """A story of the page by the indices of its blocks; ``headline`` is None when it has none."""

    low: int
    high: int
    headline: int | None = None
    body: list[int] = field(default_factory=list)


@dataclass
class Reading:
    """What was found on a page: role, reason and story (from 1, 0 for none) of each block, and the links."""

    role: list[int]
    kept: list[bool]
    why: list[str]
    story: list[int]
    stories: list[StoryParts] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def mark(self, at: int, role: int, why: str, *, kept: bool = False) -> None:
        """Give a block its role."""
        self.role[at] = role
        self.kept[at] = kept
        self.why[at] = why
