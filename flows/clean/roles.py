"""The role of every block of a page, once its stories are known."""

import re

from flows.clean.captions import take_captions
from flows.clean.forms import ends_with_agency
from flows.clean.page import (
    BODY,
    BYLINE,
    CAPTION,
    COMMENT,
    CREDIT,
    DATELINE,
    DECK,
    HEADLINE,
    NAV,
    PROMO,
    RELATED,
    SEPARATOR,
    SUBHEAD,
    WIDGET,
    Page,
    Reading,
    StoryParts,
)
from flows.clean.wording import BIT

_PERSON_BY = re.compile(r"(?i:by|von|par|por|di)\s+(?:[A-Z][\w.’'-]+[ ,&]*){1,8}(?:(?:and|und|et|y|e)\s+(?:[A-Z][\w.’'-]+[ ,]*){1,4})?$")
_NAME_WORD = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*[.’'-]?(?:[^\W\d_]+[.’'-]?)*")
_LONGEST_SUBHEAD_WORDS = 16.0
_LONGEST_DECK_WORDS = 60.0
_HEAD_LINES = 7
_SURE_ODDS = 2.5
_ALL_BOLD = 1 << 14  # as in load/html_evidence.py
_LINKS = BIT["previous"] | BIT["next"]


def assign_roles(page: Page, body: list[bool], stories: list[StoryParts]) -> Reading:
    """Give each block its role, and say which story it belongs to."""
    size = page.size
    reading = Reading([0] * size, [False] * size, [""] * size, [0] * size, stories)
    for number, story in enumerate(stories, 1):
        _read_story(page, body, story, number, reading)
    _name_the_rest(page, reading)
    return reading


def _read_story(page: Page, body: list[bool], story: StoryParts, number: int, reading: Reading) -> None:
    """Roles of one story: headline, the lines between it and the body, the body, and what stands between its paragraphs."""
    own = set(story.body)
    take_captions(page, story, own, reading)
    first = min(own) if own else story.body[0]
    last = max(own) if own else story.body[-1]
    if not own:
        own = set(story.body)
    if story.headline is not None:
        reading.mark(story.headline, HEADLINE, _headline_reason(page, story.headline))
        _take_head(page, story, own, first, reading)
        first = min(own)
    for at in sorted(own):
        if _is_subhead(page, at, own, first, last):
            marked = page.markup is not None and page.markup.is_heading(at)
            reading.mark(
                at, SUBHEAD, f"tag: {page.markup.tag[at]}" if marked and page.markup else "short line between paragraphs", kept=True
            )
        else:
            reading.mark(at, BODY, "reads as running text of the story", kept=True)
    story.body = sorted(own)
    top = story.headline if story.headline is not None else first
    for at in range(min(top, first), last + 1):
        if not reading.role[at]:
            _name_inside(page, at, reading)
        reading.story[at] = number
    for at in range(last + 1, min(last + 6, story.high)):
        if reading.role[at] in (CAPTION, CREDIT):
            reading.story[at] = number


def _headline_reason(page: Page, at: int) -> str:
    if page.markup is not None and page.markup.is_heading(at):
        return f"tag: {page.markup.tag[at]}"
    return "headline of the text below it"


def _is_name(text: str) -> bool:
    """Whether a line has the form of a person's name: two to four words, each with a capital, and nothing else."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(_NAME_WORD.fullmatch(word) for word in words) and not text.isupper()


def _take_names(page: Page, headline: int, first: int, own: set[int], reading: Reading) -> None:
    """Mark lines of a name alone as bylines: below "By", or right above the date or the text."""
    for at in range(headline + 1, first):
        if reading.role[at] or page.furniture[at] or at in own or not _is_name(page.text[at]):
            continue
        if page.furniture[at - 1] == BYLINE and page.words[at - 1] <= 3:
            reading.mark(at, BYLINE, "a name below an author line")
        elif at + 1 < page.size and (page.furniture[at + 1] == DATELINE or reading.role[at - 1] == BYLINE):
            reading.mark(at, BYLINE, "form: a name above the date")


def _take_head(page: Page, story: StoryParts, own: set[int], first: int, reading: Reading) -> None:
    """Roles of the lines between the headline and the body, decks among them."""
    headline = story.headline
    assert headline is not None
    _take_names(page, headline, max(first, min(headline + _HEAD_LINES, page.size)), own, reading)
    decks, open_ = 0, True
    for at in range(headline + 1, first):
        open_ = open_ and page.furniture[at] not in (BYLINE, DATELINE, NAV, PROMO, RELATED) and reading.role[at] != BYLINE
        if reading.role[at] or page.strong[at]:
            continue
        if page.furniture[at] in (0, DATELINE, BYLINE) and _PERSON_BY.match(page.text[at]):
            reading.mark(at, BYLINE, "form: by and a name")
        elif open_ and decks < 2 and page.furniture[at] == 0 and 4 <= page.words[at] <= _LONGEST_DECK_WORDS:
            reading.mark(at, DECK, "between the headline and the text")
            decks += 1
    marks = page.markup
    if marks is not None:
        if marks.hint[first] == "deck" and page.odds[first] < _SURE_ODDS and len(own) > 1 and page.words[first] <= _LONGEST_DECK_WORDS:
            own.discard(first)
            reading.mark(first, DECK, "class: deck")
        return
    if first != headline + 1 or len(own) == 1 or page.words[first] > 40 or page.size == first + 1:
        return
    if not page.stopped(first) and first + 1 in own and page.words[first + 1] > page.words[first]:
        own.discard(first)
        reading.mark(first, DECK, "right under the headline, no full stop")
    elif page.furniture[first + 1] == BYLINE and first + 1 not in own:
        own.discard(first)
        reading.mark(first, DECK, "between the headline and the byline")


def _is_subhead(page: Page, at: int, own: set[int], first: int, last: int) -> bool:
    if not first < at < last or page.words[at] > _LONGEST_SUBHEAD_WORDS:
        return False
    if page.markup is not None and (page.markup.is_heading(at) or page.markup.hint[at] == "subhead"):
        return True
    if page.markup is not None and not page.markup.flags[at] & _ALL_BOLD:
        return False
    text = page.text[at]
    if text[-1:] in '.,;…"”»。！？」』؟।' or text[:1] in '-•*·"“”«' or text[:1].islower():
        return False
    following = next((k for k in range(at + 1, last + 1) if k in own), None)
    if following is None or page.words[following] < max(2 * page.words[at], 12):
        return False
    return page.words[at - 1] > page.words[at] or (at - 1 not in own and page.furniture[at - 1] in (DATELINE, WIDGET))


def _name_inside(page: Page, at: int, reading: Reading) -> None:
    """Role of a block that stands within a story and is no part of its text."""
    furniture = page.furniture[at]
    if furniture:
        reading.mark(at, furniture, page.why[at])
    elif page.address[at]:
        reading.mark(at, NAV, "form: an address")
    elif ends_with_agency(page.text[at]):
        reading.mark(at, CAPTION, "ends with a photo credit")
    elif page.words[at] >= 8 and page.stopped(at):
        reading.mark(at, CAPTION, "a sentence apart from the running text")
    elif page.words[at] >= 5:
        reading.mark(at, RELATED, "a line apart from the running text")
    else:
        reading.mark(at, WIDGET, "a short line apart from the running text")


_SECTIONS = frozenset({RELATED, COMMENT, PROMO})
_PASSING = frozenset({WIDGET, SEPARATOR, CREDIT, DATELINE, BYLINE})
_IN_LISTS = frozenset({CREDIT, DATELINE, BYLINE})


def _name_the_rest(page: Page, reading: Reading) -> None:
    """Roles of the blocks outside all stories: what stands before the first is mostly menus, what follows a story other stories.

    A heading of a list, of comments or of an appeal names what follows it; the line below "previous article" is its title.
    """
    roles, whys, stories = reading.role, reading.why, reading.story
    words, strong, whys_of, lines = page.words, page.strong, page.why, page.line
    started = False
    section = 0
    link = ""
    for at, furniture in enumerate(page.furniture):
        if not roles[at] and not furniture and page.on_pages[at] > 2:
            roles[at], whys[at] = NAV if words[at] < 12 else PROMO, f"repetition: on {page.on_pages[at]} pages of the site"
        if roles[at]:
            if stories[at]:
                started = True
                section = 0
                link = ""
            continue
        sure = strong[at]
        if sure and lines[at] & _LINKS:
            roles[at], whys[at] = NAV, whys_of[at]
            link = page.text[at]
            section = 0
            continue
        if link and not sure and words[at] >= 3:
            roles[at], whys[at] = NAV, f"follows the line “{link}”"
            link = ""
            continue
        link = ""
        if furniture:
            if section == RELATED and not sure and furniture in _IN_LISTS:
                roles[at], whys[at] = RELATED, "within a list of other stories"
                continue
            roles[at], whys[at] = furniture, whys_of[at]
            if sure and (page.markup is None or lines[at]):
                section = furniture if furniture in _SECTIONS else section if furniture in _PASSING else 0
        elif page.address[at]:
            roles[at], whys[at] = NAV, "form: an address"
        elif ends_with_agency(page.text[at]):
            roles[at], whys[at] = CAPTION, "ends with a photo credit"
        elif section == RELATED:
            roles[at], whys[at] = RELATED, "within a list of other stories"
        elif section and words[at] >= 4:
            roles[at], whys[at] = section, "follows comments" if section == COMMENT else "follows an appeal"
        elif not started:
            roles[at], whys[at] = NAV if words[at] < 6 else RELATED, "before the story"
        elif words[at] >= 4:
            roles[at], whys[at] = RELATED, "after the story"
        else:
            roles[at], whys[at] = NAV, "a short line after the story"
