"""Forms of single blocks: the dateline that opens a wire story, the credit that ends a caption, the note that tells a source."""

import re

from flows.clean.page import Page
from flows.clean.wording import BIT

_LEAD = re.compile(
    r"(?:(?P<capitals>[^\W\d_a-z][^\W\d_a-zà-ÿ.’'/ -]{2,30})(?:,\s[^\W\d_][\w.’' -]{1,24})?|[^\W\d_][\w.,’' -]{1,40}(?=[ ,]*\([^()]{2,25}\)))"
    r"(?:,?\s+(?:[^\W\d_]{3,9}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?)(?:,?\s+\d{4})?)?(?:,?\s*\([^()]{2,25}\))?\s*(?:[—–]|-{1,2}(?=\s))\s*\S"
)
_WIRE_LEAD = re.compile(
    r"[^\W\d_a-z]{2}[^()\d\n—–;:\"“”a-z]{1,30}?(?:,\s[^\W\d_][\w.’' ]{1,24}?)?"
    r"(?P<day>,?\s+(?:[^\W\d_]{3,9}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?)(?:,?\s+\d{4})?)?(?P<agency>,?\s*\([^()]{2,25}\))?"
    r"\s*(?:[—–]|-{1,2}(?=\s))\s*\S"
)
_AGENCY_TAIL = re.compile(
    r"[.!?”\"’)] ?(?:reuters|ap|ap photo|afp|afp photo|epa|dpa|xinhua|tass|getty(?: images)?|bloomberg|anadolu|kyodo|imago|picture alliance)"
    r"\s?/\s?[^.!?;:,/]{3,40}(?:/[^.!?;:,]{2,30})?\.?$",
    re.IGNORECASE,
)
_FEWEST_LEAD_WORDS = 8.0
_LONGEST_NOTE_WORDS = 30.0
_NOTE_BIT, _RELATED_BIT = BIT["source_note"], BIT["related"]


def is_lead(page: Page, at: int) -> bool:
    """Whether a block is a sentence that opens with a dateline: "GENEVA, May 5 (Example Wire) – Talks opened …"."""
    text = page.text[at]
    return page.words[at] >= 8 and not text.endswith(("…", "...")) and page.stopped(at) and _LEAD.match(text[:140]) is not None


def is_wire_lead(page: Page, at: int) -> bool:
    """Whether a block opens as a wire story does: a place in capitals with a day or an agency, then a dash."""
    if not page.text[at][:2].isupper() or page.words[at] < _FEWEST_LEAD_WORDS or not page.stopped(at):
        return False
    lead = _WIRE_LEAD.match(page.text[at][:140])
    return lead is not None and any(lead.group("day", "agency"))


def is_note(page: Page, at: int) -> bool:
    """Whether a short block tells where the text comes from, or leads to another story: "This article first appeared …", "Read more: …"."""
    if page.words[at] > _LONGEST_NOTE_WORDS:
        return False
    if (page.start[at] | page.within[at]) & _NOTE_BIT:
        return True
    return bool(page.start[at] & _RELATED_BIT) and ":" in page.text[at][:28]


def ends_with_agency(text: str) -> bool:
    """Whether a line ends as captions of agencies do.

    >>> ends_with_agency("A soldier stands at a checkpoint. EXAMPLE"), ends_with_agency("A soldier stands at a checkpoint. REUTERS/Ann Poe")
    (False, True)
    """
    return "/" in text[-70:] and _AGENCY_TAIL.search(text) is not None
