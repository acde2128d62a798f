"""Which line of a page is the headline of a text below it."""

import re

from flows.clean.forms import ends_with_agency, is_lead
from flows.clean.page import BYLINE, CLOSERS, CREDIT, DATELINE, SEPARATOR, Markup, Page
from flows.clean.sites import REPEATED
from flows.clean.wording import BIT

_MENU_LINE = re.compile(r"\s[»›→]\s|\s[|·•/]\s.*\s[|·•/]\s")
_MENU_SIGN = re.compile("[»›→|·•/]")
LOOK_BACK = 60
_HEAD_PARTS = 8
_LONGEST_HEADLINE_WORDS = 42.0
_LONGEST_OWN_HEADLINE_WORDS = 28.0
_LEAST_HEADLINE_VALUE = 1.3
_SCORED_AS_BODY = 0.8
_CAPTION_BITS = BIT["caption"] | BIT["credit"]


def may_be_headline(page: Page, at: int) -> bool:
    """Whether a line has the form of a headline: short enough, words of its own, no furniture."""
    if not 1.0 <= page.words[at] <= _LONGEST_HEADLINE_WORDS or page.strong[at] or page.on_pages[at] >= REPEATED or page.address[at]:
        return False
    if page.furniture[at] in (SEPARATOR, BYLINE, DATELINE, CREDIT) or is_lead(page, at) or ends_with_agency(page.text[at]):
        return page.repeats_opening(at)
    return not (_MENU_SIGN.search(page.text[at]) and _MENU_LINE.search(page.text[at]))


def first_headline(page: Page, body: list[bool], first: int, low: int) -> int | None:
    """The headline of the story whose first body block is ``first``: the best line of those above it, not before ``low``, or
    the block itself where it has a headline's form and the lines above do worse."""
    best, best_value = None, 0.0
    if own_headline(page, body, first):
        best, best_value = first, _headline_value(page, first, _opening_words(page, body, first + 1)) - _SCORED_AS_BODY
    opening = _opening_words(page, body, first)
    distance = 0.0
    for at in range(first - 1, max(low, first - LOOK_BACK) - 1, -1):
        if not may_be_headline(page, at):
            distance += 0.1 if page.furniture[at] else 0.25
            continue
        value = _headline_value(page, at, opening) - 0.1 * distance
        if at == 0 and first == 1 and not page.furniture[at]:
            value += 0.8  # the only line above a page's text
        if value > best_value:
            best, best_value = at, value
        distance += 1.0
    if best is None or best_value < _LEAST_HEADLINE_VALUE:
        return None
    return best - 1 if best != first and _is_deck_of(page, best, low, opening) else best


def _opening_words(page: Page, body: list[bool], first: int) -> set[int]:
    """Content words of the first body blocks from ``first`` on."""
    words: set[int] = set()
    for at in range(first, min(first + 6, page.size)):
        if body[at]:
            words |= page.content(at)
    return words


def _headline_value(page: Page, at: int, opening: set[int]) -> float:
    """How well a line does as headline of a text with these opening words, its distance aside."""
    text = page.text[at]
    content = page.content(at)
    value = 1.6 - 0.8 * page.covered[at]
    value += 2.2 * len(content & opening) / max(len(content), 2)
    value += min(page.words[at], 9.0) * 0.16 - max(page.words[at] - 22, 0) * 0.08
    if text[-1:] in ".。" and page.stopped(at):
        value -= 1.6
    if page.furniture[at]:
        value -= 1.2
    if (page.start[at] | page.within[at]) & _CAPTION_BITS:
        value -= 1.0
    if page.words[at] < 3:
        value -= 0.8
    if page.titles:
        low_text = text.casefold()
        if low_text in page.titles:
            value += 5
        elif page.words[at] >= 4 and any(low_text in title for title in page.titles):
            value += 2.5
    if at == page.title_at:
        value += 4
    if page.markup is not None:
        value += _heading_value(page.markup, at)
    if page.repeats_opening(at):
        value += 3
    return value


def _heading_value(marks: Markup, at: int) -> float:
    """What its tag adds to the worth of a line as the headline."""
    value = {"h1": 3.0, "h2": 0.6}.get(marks.tag[at], -0.6)
    return value + (1.2 if marks.hint[at] == "headline" else 0.0) - (1.5 if marks.link_share[at] > 0.9 else 0.0)


def own_headline(page: Page, body: list[bool], first: int) -> bool:
    """Whether a block that the scorer took for body may be a headline itself: a title's form, with prose right below."""
    if page.repeats_opening(first):
        return True
    if page.words[first] > _LONGEST_OWN_HEADLINE_WORDS or page.text[first].rstrip(CLOSERS + " ")[-1:] in (".", "。", ":", ";", ","):
        return False
    if not may_be_headline(page, first):
        return False
    below = next((at for at in range(first + 1, min(first + _HEAD_PARTS + 2, page.size)) if body[at]), None)
    return below is not None and page.words[below] >= min(page.words[first], 10.0)


def is_set_off(page: Page, at: int) -> bool:
    """Whether a line stands right below a separator, or right above an address, a date or an author line, whatever it ends with."""
    if page.words[at] > _LONGEST_HEADLINE_WORDS or page.strong[at] or at == 0 or ends_with_agency(page.text[at]):
        return False
    if page.furniture[at - 1] == SEPARATOR:
        return True
    return at + 1 < page.size and (page.address[at + 1] or page.furniture[at + 1] in (BYLINE, DATELINE))


def _is_deck_of(page: Page, at: int, low: int, opening: set[int]) -> bool:
    """Whether the likeliest headline is the deck of a headline right above it: two lines of a headline's form on one subject."""
    above = at - 1
    if above < low or page.furniture[above] or page.words[above] < 5 or page.stopped(above) or not may_be_headline(page, above):
        return False
    text = page.text[above].casefold()
    if at == page.title_at or page.text[at].casefold() in page.titles or page.repeats_opening(at) or text == page.text[at].casefold():
        return False
    return len(page.content(above) & page.content(at)) >= 2 and len(page.content(above) & opening) >= 2
