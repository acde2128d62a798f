"""Text that the scorer leaves out by a little: paragraphs among paragraphs, and the entries of a live ticker."""

import re

from flows.clean.page import BYLINE, DATELINE, Page
from flows.clean.wording import BIT, PICTURE

_CLOCK = re.compile(
    r"[(\[]?(?:[01]?\d|2[0-4])\s?[:.h時时]\s?[0-5]\d(?:[:.][0-5]\d)?\s?(?:分|[ap]\.?m\.?|uhr|h|hrs|[a-z]{2,4}|мск)?[)\]]?\s?[|:–-]?",
    re.IGNORECASE,
)
_NEAR_ODDS = -0.7  # log odds from which a paragraph beside the text may be of it
_ENTRY_ODDS = -4.0
_JUST_BELOW = -0.4  # log odds from which it needs no text below it
_FAR_SCRIPTS = "\u0400"  # the first letter of scripts of which the scorer has seen few pages
_LEDE_ODDS = -6.0
_HEAD_LINES = 3  # headline, author line and date above a text
_FEWEST_BELOW = 2  # paragraphs below a lede
_AID_WORDS = 3.0
_PARAGRAPH_WORDS = 9.0
_ENTRY_WORDS, _HEAD_WORDS, _AGE_WORDS = 8.0, 14.0, 5.0  # of an entry of a ticker, of its heading, of a line such as "2 hours ago"
_FEWEST_ENTRIES = 2
_MOST_AIDS = 2  # lines of furniture between two paragraphs of one text
_UNSTOPPED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer: no spaces, and few full stops
_LONG, _MIDDLING = 100, 40  # characters of a paragraph in these, and of one between two such
_QUOTES = '"“”„«»「」『』‘'
_APART = BIT["caption"] | BIT["credit"] | BIT["bio"] | BIT["source_note"] | BIT["related"] | BIT["promo"] | BIT["legal"]


def stretch_body(page: Page, body: list[bool]) -> None:
    """Add to ``body`` the paragraphs that the scorer puts a little below the line and that stand right below text, the entries of
    a live ticker (sentences each under a clock time), and the opening sentence of a page that holds little else."""
    _take_unstopped(page, body)
    _take_entries(page, body)
    _take_lede(page, body)
    above: int | None = None  # lines since the last block of the text
    for at in range(page.size):
        if body[at]:
            above = 0
        elif above is None:
            continue
        elif above <= _MOST_AIDS and page.odds[at] > _NEAR_ODDS and _reads_as_paragraph(page, at):
            body[at] = page.odds[at] > _JUST_BELOW or page.text[at][0] >= _FAR_SCRIPTS or _goes_on(page, body, at)
            above = 0 if body[at] else None
        else:
            above = above + 1 if page.strong[at] or page.words[at] <= _AID_WORDS else None


def _take_lede(page: Page, body: list[bool]) -> None:
    """Mark the sentence right above a text that opens its page, at most a headline, an author line and a date above it: the scorer takes
    a scene at a meeting for a caption, and no caption stands there."""
    first = next((at for at in range(min(page.size, _HEAD_LINES + 2)) if body[at]), 0)
    lede = first - 1
    if lede < 0 or page.markup is not None or page.words[lede] < _PARAGRAPH_WORDS or page.odds[lede] < _LEDE_ODDS:
        return
    above = [at for at in range(lede) if page.furniture[at] not in (BYLINE, DATELINE)]
    if len(above) > 1 or any(page.stopped(at) for at in above) or page.furniture[lede] or page.on_pages[lede] > 2:
        return
    text = page.text[lede]
    body[lede] = page.stopped(lede) and not text.endswith(("…", "...")) and not PICTURE.search(text) and body.count(True) >= _FEWEST_BELOW


def _take_unstopped(page: Page, body: list[bool]) -> None:
    """Mark the paragraphs of a page in a script without spaces and full stops, which the scorer does not know: its long lines, and
    the middling ones between them."""
    long = [
        at
        for at, text in enumerate(page.text)
        if len(text) >= _LONG and not text.isascii() and not page.furniture[at] and len(_UNSTOPPED.findall(text)) * 2 > len(text)
    ]
    if not long or sum(body) > len(long):
        return
    for at in range(long[0], long[-1] + 1):
        plain = not (page.furniture[at] or page.strong[at] or page.address[at] or page.on_pages[at] > 2)
        body[at] = plain and len(page.text[at]) >= _MIDDLING
    for at in (*range(long[0]), *range(long[-1] + 1, page.size)):
        body[at] = False


def _goes_on(page: Page, body: list[bool], at: int) -> bool:
    """Whether text follows within a few lines of furniture."""
    for below in range(at + 1, min(at + 2 + _MOST_AIDS, page.size)):
        if body[below]:
            return True
        if not page.strong[below] and page.words[below] > _AID_WORDS:
            return False
    return False


def _reads_as_paragraph(page: Page, at: int) -> bool:
    """Whether a block has the form of a paragraph, or of a short sentence with speech, and no wording of furniture."""
    if page.furniture[at] or page.strong[at] or page.address[at] or page.on_pages[at] > 2 or not page.stopped(at):
        return False
    text = page.text[at]
    if text.endswith(("…", "...")) or (page.start[at] | page.within[at]) & _APART:
        return False
    if page.markup is not None and (page.markup.link_share[at] > 0.3 or page.markup.is_heading(at)):
        return False
    return page.words[at] >= _PARAGRAPH_WORDS or any(mark in text for mark in _QUOTES)


def _take_entries(page: Page, body: list[bool]) -> None:
    """Mark the sentences under clock times as text, where there are two or more and text stands with them, and the headings of entries."""
    if not any(body):
        return
    clocks = [
        at for at, text in enumerate(page.text) if len(text) <= 14 and (text[0].isdecimal() or text[0] in "([") and _CLOCK.fullmatch(text)
    ]
    heads = {at for at in (clock + 1 for clock in clocks) if _heads_an_entry(page, at)}
    entries = [at + 1 + (at + 1 in heads) for at in clocks if _is_entry(page, at + 1 + (at + 1 in heads))]
    first = next(at for at in range(page.size) if body[at])
    if len(entries) >= _FEWEST_ENTRIES and len(entries) * 2 >= len(clocks):
        for at in clocks:
            body[at] = False
        for at in entries:
            if at > first and page.odds[at] > _ENTRY_ODDS and not page.furniture[at] and not page.text[at].endswith(("…", "...")):
                body[at] = True
    ages = [at for at, text in enumerate(page.text) if page.furniture[at] == DATELINE and page.words[at] <= _AGE_WORDS]
    if page.markup is None and len(ages) + len(clocks) >= _FEWEST_ENTRIES:
        for time in (*clocks, *ages):
            for at in (time + 1, time - 2):  # a time stands above its heading, or below its entry
                if first < at < page.size - 1 and not body[at] and body[at + 1] and _heads_an_entry(page, at):
                    body[at] = True


def _is_entry(page: Page, at: int) -> bool:
    """Whether a block reads as an entry of a ticker: a sentence."""
    return at < page.size and page.words[at] >= _ENTRY_WORDS and page.stopped(at)


def _heads_an_entry(page: Page, at: int) -> bool:
    """Whether a line has the form of an entry's heading, with a sentence right below it."""
    if not _is_entry(page, at + 1) or page.furniture[at] or page.strong[at] or page.address[at] or page.on_pages[at] > 2:
        return False
    return 2 <= page.words[at] <= _HEAD_WORDS and page.text[at][-1:] not in ".,;:…" and page.text[at][:1].isupper()
