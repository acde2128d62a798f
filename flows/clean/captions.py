"""Captions and alternative texts of a story's pictures: what they look like, and which lines around a credit they are."""

import re

from flows.clean.forms import ends_with_agency, is_lead
from flows.clean.page import CAPTION, CREDIT, Page, Reading, StoryParts
from flows.clean.wording import BIT, PICTURE

_CREDIT_TAIL = re.compile(
    r"[(\[][^()\[\]]*(?:/|\bvia\b|\bphoto\b|©)[^()\[\]]*[)\]]\.?$|(?:Reuters|AP|AFP|Getty Images|EPA|dpa)[)\].]*$"
    r"|[.!?”\"] (?:photo|photograph|picture|image|credit|foto|bild|©)s?(?: (?:by|credit|courtesy))?:? ?[^.]{2,60}\.?$",
    re.IGNORECASE,
)
_LABELLED_CREDIT = re.compile(
    r"[.!?…”»\"] (?:photo|photographie|foto|fot\.|fotografía|zdjęcie|bild|crédit|фото|снимок)s?[\s\xa0]?: ?[^.]{2,60}\.?$", re.IGNORECASE
)
_BRACKETED = (")", "]", ").", "].")  # ends of a credit that may be longer than
_LONGEST_CREDIT = 100  # characters
_NEIGHBOURS = 3
_LONGEST_CAPTION_WORDS = 90.0
_LONGEST_BY_A_CREDIT_WORDS = 60.0
_LONGEST_ALT_TEXT_WORDS = 12.0
_SURE_BODY_ODDS = 6.0
_DATED_ODDS, _UNDATED_ODDS, _CREDITED_ODDS = 2.0, 0.5, 3.0  # of a line by a credit, with a day or without; of one that ends with a credit
_CAPTION_BIT = BIT["caption"]


def take_captions(page: Page, story: StoryParts, own: set[int], reading: Reading) -> None:
    """Mark the captions and alternative texts of a story, and take them out of ``own``, its body; one block of it always stays."""
    low = story.headline + 1 if story.headline is not None else story.low
    high = min(story.high, story.body[-1] + _NEIGHBOURS + 1)

    def take(at: int, why: str) -> None:
        if at in own and page.markup is not None:
            return  # the odds of a marked page know captions by their tags
        if len(own) > (at in own):
            own.discard(at)
            reading.mark(at, CAPTION, why)

    for at in range(low, high):
        if page.furniture[at] == CREDIT and page.words[at] <= _LONGEST_ALT_TEXT_WORDS:
            beside = _beside_credit(page, at, low, high, reading)
            if beside is not None:
                take(beside, "next to a photo credit")
    for at in range(low, high):
        if not page.strong[at] and not reading.role[at]:
            why = _caption_reason(page, at, at in own)
            if not why and len(reading.stories) > 1 and _stands_below_headlines(page, at, own, reading):
                why = "the same text stands below more than one headline"
            if why:
                take(at, why)
    for at in range(low, high - 1):
        if reading.role[at + 1] == CAPTION and not reading.role[at] and _is_alt_text(page, at):
            take(at, "short line that repeats words of the caption below it")


def _beside_credit(page: Page, credit: int, low: int, high: int, reading: Reading) -> int | None:
    """The caption that goes with a credit, above or below it; of two lines that may be, one with a day or date, else the one above,
    unless it opens the story."""
    sides = []
    for at in (credit - 1, credit + 1):
        if not low <= at < high or page.furniture[at] or reading.role[at]:
            continue
        most = _DATED_ODDS if page.dated[at] else _UNDATED_ODDS
        if 3 <= page.words[at] <= _LONGEST_BY_A_CREDIT_WORDS and page.odds[at] < most:
            sides.append(at)
    if len(sides) < 2:
        return sides[0] if sides else None
    dated = [at for at in sides if page.dated[at]]
    if len(dated) == 1:
        return dated[0]
    return sides[1] if sides[0] == low else sides[0]


def _caption_reason(page: Page, at: int, is_text: bool) -> str:
    """Why a block is a caption by its own wording or form; empty when it is none.

    What reads as text of the story (``is_text``) and what opens with a dateline needs more than a scene's wording ("held talks with").
    """
    words, odds = page.words[at], page.odds[at]
    if words < 3 or words > _LONGEST_CAPTION_WORDS or odds > _SURE_BODY_ODDS or page.furniture[at] not in (0, CREDIT):
        return ""
    if words >= 5:
        text = page.text[at]
        if (_LABELLED_CREDIT.search(text[-_LONGEST_CREDIT:]) if ":" in text[-_LONGEST_CREDIT:] else None) or ends_with_agency(text):
            return "ends with a photo credit"
        if odds <= _CREDITED_ODDS and _CREDIT_TAIL.search(text if text.endswith(_BRACKETED) else text[-_LONGEST_CREDIT:]):
            return "ends with a photo credit"
    if odds > _CREDITED_ODDS:
        return ""
    if page.start[at] & _CAPTION_BIT and odds < 2:
        return "wording: caption"
    if page.within[at] & _CAPTION_BIT and odds < 0.5 and not is_lead(page, at) and not (is_text and not PICTURE.search(page.text[at])):
        return "wording: caption"
    return ""


def _stands_below_headlines(page: Page, at: int, own: set[int], reading: Reading) -> bool:
    """Whether a block right above a story's text is repeated elsewhere on a page of several stories."""
    if page.repeats[at] < 2 or not 8 <= page.words[at] <= _LONGEST_CAPTION_WORDS or page.odds[at] > _SURE_BODY_ODDS:
        return False
    return at + 1 in own and at - 1 not in own


def _is_alt_text(page: Page, at: int) -> bool:
    """Whether a short line is the alternative text of the picture whose caption stands below it."""
    if page.furniture[at] or page.words[at] > _LONGEST_ALT_TEXT_WORDS or page.stopped(at):
        return False
    words = page.content(at)
    shared = len(words & page.content(at + 1))
    return bool(words) and ((shared >= 0.5 * len(words) and page.odds[at] < 2) or shared == len(words) > 1)
