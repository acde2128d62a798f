"""The role of every block of a page, once its stories are known."""

import re

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
from flows.clean.stories import content_words, is_address
from flows.clean.wording import BIT

_CREDIT_TAIL = re.compile(r"[(\[][^()\[\]]*(?:/|\bvia\b|\bphoto\b|©)[^()\[\]]*[)\]]\.?$|(?:Reuters|AP|AFP|Getty Images|EPA|dpa)[)\].]*$", re.IGNORECASE)
_PERSON_BY = re.compile(r"(?i:by|von|par|por|di)\s+(?:[A-Z][\w.’'-]+[ ,&]*){1,8}(?:(?:and|und|et|y|e)\s+(?:[A-Z][\w.’'-]+[ ,]*){1,4})?$")
_LONGEST_SUBHEAD_WORDS = 16.0
_LONGEST_DECK_WORDS = 60.0
_NEIGHBOURS = 3
_CAPTION_BIT = BIT["caption"]
_CREDIT_BIT = BIT["credit"]
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
    _take_captions(page, story, own, reading)
    first = min(own) if own else story.body[0]
    last = max(own) if own else story.body[-1]
    if not own:
        own = set(story.body)
    if story.headline is not None:
        reading.mark(story.headline, HEADLINE, "headline of the text below it")
        _take_head(page, story, own, first, reading)
        first = min(own)
    for at in sorted(own):
        if _is_subhead(page, at, own, first, last):
            reading.mark(at, SUBHEAD, "short line between paragraphs", kept=True)
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


def _take_captions(page: Page, story: StoryParts, own: set[int], reading: Reading) -> None:
    """Mark captions, credits and alt texts of the story, and take them out of its body."""
    low = story.headline + 1 if story.headline is not None else story.low
    high = min(story.high, story.body[-1] + _NEIGHBOURS + 1)
    for at in range(low, high):
        if page.strong[at] or at == story.headline:
            continue
        why = _caption_reason(page, at, at in own, own)
        if why and len(own - {at}) > 0:
            own.discard(at)
            reading.mark(at, CAPTION, why)
    for at in range(low, high - 1):
        if reading.role[at + 1] == CAPTION and not reading.role[at] and not page.furniture[at] and page.words[at] <= 12 and not page.stopped(at):
            words = content_words(page.text[at])
            if words and len(words & content_words(page.text[at + 1])) >= 0.5 * len(words) and page.odds[at] < 2:
                own.discard(at)
                reading.mark(at, CAPTION, "short line that repeats words of the caption below it")


def _caption_reason(page: Page, at: int, is_body: bool, own: set[int]) -> str:
    """Why a block is a caption; empty when it is none."""
    text, words, odds = page.text[at], page.words[at], page.odds[at]
    if words < 3 or words > 90 or odds > 3.5:
        return ""
    if page.furniture[at] and page.furniture[at] != CREDIT:
        return ""
    if _CREDIT_TAIL.search(text) and words >= 5 and odds < 3:
        return "ends with a photo credit"
    if page.start[at] & _CAPTION_BIT and odds < 2:
        return "wording: caption"
    if page.repeats[at] > 1 and words >= 8 and odds < 3 and at + 1 in own and at - 1 not in own:
        return "the same text stands under more than one headline"
    near_credit = any(0 <= k < page.size and page.furniture[k] == CREDIT and page.words[k] <= 12 for k in (at - 1, at + 1))
    if near_credit and page.furniture[at] != CREDIT and odds < 1.5 and words <= 60:
        return "next to a photo credit"
    if page.within[at] & _CAPTION_BIT and odds < 0.5:
        return "wording: caption"
    return ""


def _take_head(page: Page, story: StoryParts, own: set[int], first: int, reading: Reading) -> None:
    """Roles of the lines between the headline and the body, decks among them."""
    headline = story.headline
    assert headline is not None
    for at in range(headline + 1, first):
        if reading.role[at] or page.strong[at]:
            continue
        if page.furniture[at] in (0, DATELINE, BYLINE) and _PERSON_BY.match(page.text[at]):
            reading.mark(at, BYLINE, "form: by and a name")
        elif page.furniture[at] == 0 and 4 <= page.words[at] <= _LONGEST_DECK_WORDS and all(page.furniture[k] not in (0, RELATED) or reading.role[k] for k in range(headline + 1, at)):
            reading.mark(at, DECK, "between the headline and the text")
    if first == headline + 1 and len(own) > 1 and page.words[first] <= 40 and not page.stopped(first) and first + 1 in own and page.words[first + 1] > page.words[first]:
        own.discard(first)
        reading.mark(first, DECK, "right under the headline, no full stop")


def _is_subhead(page: Page, at: int, own: set[int], first: int, last: int) -> bool:
    if not first < at < last or page.words[at] > _LONGEST_SUBHEAD_WORDS:
        return False
    text = page.text[at]
    if text[-1:] in ".,;…\"”»" or text[:1] in "-•*·\"“”«" or text[:1].islower():
        return False
    following = next((k for k in range(at + 1, last + 1) if k in own), None)
    return following is not None and page.words[following] >= max(2 * page.words[at], 12) and page.words[at - 1] > page.words[at]


def _name_inside(page: Page, at: int, reading: Reading) -> None:
    """Role of a block that stands within a story and is no part of its text."""
    furniture = page.furniture[at]
    if furniture:
        reading.mark(at, furniture, page.why[at])
    elif is_address(page.text[at]):
        reading.mark(at, NAV, "form: an address")
    elif page.words[at] >= 8 and page.stopped(at):
        reading.mark(at, CAPTION, "a sentence apart from the running text")
    elif page.words[at] >= 5:
        reading.mark(at, RELATED, "a line apart from the running text")
    else:
        reading.mark(at, WIDGET, "a short line apart from the running text")


def _name_the_rest(page: Page, reading: Reading) -> None:
    """Roles of the blocks outside all stories: what stands before the first is mostly menus, what follows a story other stories."""
    started = False
    section = 0
    link = ""
    for at in range(page.size):
        if reading.role[at]:
            started = started or reading.story[at] > 0
            if reading.story[at]:
                section = 0
                link = ""
            continue
        furniture = page.furniture[at]
        if furniture and page.line[at] & _LINKS and page.strong[at]:
            reading.mark(at, NAV, page.why[at])
            link = page.text[at]
            section = 0
            continue
        if link and not page.strong[at] and page.words[at] >= 3:
            reading.mark(at, NAV, f"follows the line “{link}”")
            link = ""
            continue
        link = ""
        if furniture:
            role = furniture
            if not started and furniture == RELATED and not page.strong[at]:
                role = RELATED
            if section == RELATED and furniture in (CREDIT, DATELINE, BYLINE) and not page.strong[at]:
                role = RELATED
            reading.mark(at, role, page.why[at] if role == furniture else "within a list of other stories")
            if page.strong[at]:
                section = role if role in (RELATED, COMMENT, PROMO) else section if role in (WIDGET, SEPARATOR, CREDIT, DATELINE, BYLINE) else 0
        elif is_address(page.text[at]):
            reading.mark(at, NAV, "form: an address")
        elif section == RELATED:
            reading.mark(at, RELATED, "within a list of other stories")
        elif section in (COMMENT, PROMO) and page.words[at] >= 4:
            reading.mark(at, section, f"follows {'comments' if section == COMMENT else 'an appeal'}")
        elif not started:
            reading.mark(at, NAV if page.words[at] < 6 else RELATED, "before the story")
        elif page.words[at] >= 4:
            reading.mark(at, RELATED, "after the story")
        else:
            reading.mark(at, NAV, "a short line after the story")

