"""One page as plain lists, for the rules that read a page from top to bottom, and what they found out about its blocks."""

from dataclasses import dataclass, field
from typing import NamedTuple

from flows.clean.furniture import ROLES

SEPARATOR, HEADLINE, DECK, SUBHEAD, BYLINE, DATELINE = (
    ROLES.index(role) for role in ("separator", "headline", "deck", "subhead", "byline", "dateline")
)
BODY, CAPTION, CREDIT, WIDGET, RELATED = (ROLES.index(role) for role in ("body", "caption", "credit", "widget", "related"))
PROMO, NAV, COMMENT = (ROLES.index(role) for role in ("promo", "nav", "comment"))

CLOSERS = "\"'”’»)]』」"
_LONGEST_CUT_TITLE = 180
_LONGEST_WHOLE_TITLE_WORDS = 16.0
STOPS = ".!?…。！？؟।"


class Markup(NamedTuple):
    """What the tags of an HTML page tell of its blocks, one value a block in every list: the tag, the hint of class words, the
    flags of the ancestors, the share of link text, and the address of the first link ("" when there is none)."""

    tag: list[str]
    hint: list[str]
    flags: list[int]
    link_share: list[float]
    href: list[str]

    def is_heading(self, at: int) -> bool:
        """Whether the block is an h1 to h6."""
        return self.tag[at][:1] == "h" and self.tag[at][1:].isdigit()


class Page(NamedTuple):
    """The blocks of one page, one value a block in every list.

    ``words`` counts half a word for a character of a script without spaces; ``odds`` is the scorer's log odds of being body;
    ``furniture``, ``why`` and ``strong`` what the block is when it is not part of a story; ``line``, ``start`` and ``within`` are bit masks of
    wording; ``titles`` are the page's own titles from outside the text, in lower case, ``title_at``
    the block that most looks like them (-1 for none). ``content_keys`` and ``name_keys`` hold the words of all blocks by number,
    those of block i from ``content_first[i]`` on; ``separators`` counts the lines without words.
    ``address`` tells lines that are a web address and nothing else, ``dated`` lines that name a month or weekday, ``on_pages`` on how many pages of the site the line stands,
    ``telling`` are the blocks that may name the publisher. ``sets`` and ``repeating`` keep what was worked out of a block. ``markup`` is what the tags of an
    HTML page tell, None for plain text.
    """

    size: int
    text: list[str]
    words: list[float]
    odds: list[float]
    furniture: list[int]
    why: list[str]
    strong: list[bool]
    repeats: list[int]
    prose: list[bool]
    line: list[int]
    start: list[int]
    within: list[int]
    gap: list[int]
    covered: list[float]
    run: tuple[int, int]
    content_keys: list[int]
    content_first: list[int]
    name_keys: list[int]
    name_first: list[int]
    sets: dict[int, frozenset[int]]
    repeating: dict[int, bool]
    address: list[bool]
    on_pages: list[int]
    dated: list[bool]
    telling: list[int]
    titles: tuple[str, ...] = ()
    title_at: int = -1
    separators: int = 0
    markup: Markup | None = None

    def content(self, at: int) -> frozenset[int]:
        """The block's content words (four letters or more, single characters in scripts without spaces), by number."""
        held = self.sets.get(at)
        if held is None:
            held = self.sets[at] = frozenset(self.content_keys[self.content_first[at] : self.content_first[at + 1]])
        return held

    def names(self, at: int) -> frozenset[int]:
        """The block's words with a capital that do not open a sentence, by number: mostly names."""
        return frozenset(self.name_keys[self.name_first[at] : self.name_first[at + 1]])

    def repeats_opening(self, at: int) -> bool:
        """Whether the line repeats the opening of a text that stands just below it: a title made of a story's first words.

        It may be cut anywhere, end in an ellipsis, and be in capitals.
        """
        known = self.repeating.get(at)
        if known is None:
            known = self.repeating[at] = self._repeats_opening(at)
        return known

    def _repeats_opening(self, at: int) -> bool:
        text = self.text[at]
        if len(text) > _LONGEST_CUT_TITLE or (self.words[at] > _LONGEST_WHOLE_TITLE_WORDS and self.stopped(at) and text[-1] != "…"):
            return False
        opening = text[:4].casefold()
        for below in range(at + 1, min(at + 5, self.size)):
            if len(self.text[below]) > len(text) and self.text[below][:4].casefold() == opening:
                head = " ".join(text.rstrip("….").casefold().split())
                if len(head) >= 12 and " ".join(self.text[below][: len(head) + 40].casefold().split()).startswith(head):
                    return True
        return False

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
    url: str | None = None


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
