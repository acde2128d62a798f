"""Which blocks of a page read as text of a story: what the scorer says, and what wording, form and tags say against it."""

from flows.clean.evidence import FLAG
from flows.clean.forms import ends_with_agency, is_lead, is_note
from flows.clean.page import BYLINE, DATELINE, PROMO, Markup, Page
from flows.clean.runs import mend_body
from flows.clean.sites import REPEATED
from flows.clean.wording import BIT

_LEAD_ODDS = -5.0
_SURE_ODDS = 4.0
_NOTE_ODDS = 2.5
_FEW_LINES, _MANY_PAGES = 2, 8  # repeated lines at the ends of a text, and pages that tell more of them for furniture
_STRAY_BLOCKS, _STRAY_SHARE, _STRAY_ODDS = 10, 0.15, 2.5
_ENDS = ((BIT["comment"], 0.3, 6.0), (BIT["legal"], 0.5, 3.0))  # wording, share of the text above it, odds of what may stand below it
_GAP_BLOCKS, _GAP_ODDS, _GAP_WORDS = 6, -1.0, 25.0
_CAPTIONED_ODDS, _APPEAL_ODDS = 6.0, 1.0
_PROMO_BIT = BIT["promo"]
_OUTSIDE_ODDS, _CAPTION_ODDS, _COMMENT_ODDS = 1.0, 2.0, 3.0
_SHORT = 8  # words of a line that its wording or form alone can name, whatever the lines around it
_SHORT_ODDS, _SIGNED_ODDS = 0.5, 2.5  # from which such a line is text after all; of a byline or date above the text
_HEAD_LINES, _PARAGRAPH_WORDS, _LONG_PARAGRAPH_WORDS = 3, 12.0, 25.0  # the longer need no full stop


def body_blocks(page: Page, least_odds: float = 0.0) -> list[bool]:
    """The blocks that read as text of a story: what the scorer says (odds above the least), unless wording alone says otherwise.

    Where no block does, those of the densest run of prose that come nearest, if any comes near.
    """
    body = [
        (odds > least_odds or (odds > _LEAD_ODDS and is_lead(page, at)))
        and not (strong and odds < _SURE_ODDS)
        and not address
        and not (pages >= REPEATED and odds < _SURE_ODDS)
        and not (odds < _NOTE_ODDS and is_note(page, at))
        and not (odds < _APPEAL_ODDS and page.furniture[at] == PROMO and page.start[at] & page.within[at] & _PROMO_BIT)
        and not (odds < _CAPTIONED_ODDS and ends_with_agency(page.text[at]))
        and not (page.markup is not None and _is_marked_aside(page.markup, at, odds))
        and not (page.words[at] <= _SHORT and strong and odds < _SHORT_ODDS)
        for at, (odds, strong, address, pages) in enumerate(zip(page.odds, page.strong, page.address, page.on_pages, strict=True))
    ]
    if not any(body):
        low, high = page.run
        best = max(page.odds, default=-99.0)
        for at in range(low, high):
            body[at] = page.prose[at] and page.odds[at] > max(best - 3, -4.0) and not page.furniture[at]
    _drop_signed(page, body, is_several=least_odds < 0)
    _drop_repeated_ends(page, body)
    if page.markup is None and least_odds == 0:
        _drop_strays(page, body)
        if any(body):
            for bit, share, least in _ENDS:
                _end_at(page, body, bit, share, least)
            _fill_gaps(page, body)
    if least_odds == 0:
        mend_body(page, body)
    return body


def _end_at(page: Page, body: list[bool], bit: int, share: float, least_odds: float) -> None:
    """Take out of the body what is not sure to be text and stands below a line of that wording, once that share of it was told."""
    if not any(line & bit and strong for line, strong in zip(page.line, page.strong, strict=True)):
        return
    whole = sum(page.words[at] for at in range(page.size) if body[at])
    told, ended = 0.0, False
    for at in range(page.size):
        if page.strong[at] and page.line[at] & bit:
            ended = told > share * whole
        if body[at]:
            if ended and page.odds[at] < least_odds:
                body[at] = False
            else:
                told += page.words[at]


def _fill_gaps(page: Page, body: list[bool]) -> None:
    """Take into the body a paragraph that was nearly text itself and has text close above and below."""
    last = -_GAP_BLOCKS - 1
    near = [at for at in range(page.size) if body[at]]
    following = iter([*near, page.size + _GAP_BLOCKS + 1])
    below = next(following)
    for at in range(page.size):
        if at == below:
            last, below = at, next(following)
        elif at - last <= _GAP_BLOCKS and below - at <= _GAP_BLOCKS and page.odds[at] > _GAP_ODDS and page.words[at] >= _GAP_WORDS:
            body[at] = page.prose[at] and not page.furniture[at]


def _drop_signed(page: Page, body: list[bool], *, is_several: bool) -> None:
    """Take bylines and dates out that stand right above the first paragraph, on a page of several stories those between a headline
    and a paragraph too; elsewhere such lines may be of a list."""
    told = [at for at in range(page.size) if body[at]]
    paragraphs = (
        number
        for number, at in enumerate(told)
        if page.words[at] >= _PARAGRAPH_WORDS and (page.stopped(at) or page.words[at] >= _LONG_PARAGRAPH_WORDS)
    )
    first = next(paragraphs, 0)
    signed = [at for at in told if page.words[at] <= _SHORT and page.furniture[at] in (BYLINE, DATELINE) and page.odds[at] < _SIGNED_ODDS]
    for at in signed:
        if at < told[first]:
            body[at] = body[at] and first > _HEAD_LINES
        elif is_several and page.odds[at] < _SHORT_ODDS:
            body[at] = not _is_below_headline(page, body, at)


def _is_below_headline(page: Page, body: list[bool], at: int) -> bool:
    """Whether a byline or date has a paragraph below it and a line that is no sentence above it, other such lines aside."""
    low, high = at, at
    while low > 0 and (page.furniture[low] in (BYLINE, DATELINE) or page.address[low]):
        low -= 1
    while high < page.size - 1 and page.furniture[high] in (BYLINE, DATELINE):
        high += 1
    return high - low <= _HEAD_LINES + 1 and not page.stopped(low) and body[high] and page.words[high] >= _PARAGRAPH_WORDS


def _drop_repeated_ends(page: Page, body: list[bool]) -> None:
    """Take out of the body what a site repeats above and below its texts, however much it reads as text.

    A line or two on three pages are furniture; more of them only on many pages, as they may be what a developing story keeps."""
    if max(page.on_pages, default=0) < REPEATED:
        return
    told = [at for at in range(page.size) if body[at]]
    for lines in (told, told[::-1]):
        repeated = next((number for number, at in enumerate(lines) if page.on_pages[at] < REPEATED), 0)
        for at in lines[:repeated]:
            if repeated <= _FEW_LINES or page.on_pages[at] >= _MANY_PAGES:
                body[at] = False


def _drop_strays(page: Page, body: list[bool]) -> None:
    """Take out of the body of a page of plain text what stands far from the rest, is little of it, and is nowhere sure to be text."""
    groups: list[list[int]] = []
    for at in range(page.size):
        if body[at]:
            if groups and at - groups[-1][-1] <= _STRAY_BLOCKS:
                groups[-1].append(at)
            else:
                groups.append([at])
    if len(groups) < 2:
        return
    weights = [sum(page.words[at] * min(page.odds[at], _SURE_ODDS) for at in group) for group in groups]
    most = max(weights)
    for group, weight in zip(groups, weights, strict=True):
        if weight < _STRAY_SHARE * most and max(page.odds[at] for at in group) < _STRAY_ODDS:
            for at in group:
                body[at] = False


def _is_marked_aside(marks: Markup, at: int, odds: float) -> bool:
    """Whether tags put a block aside that is not sure to be text: among comments, as a caption, or outside the main container."""
    if odds < _OUTSIDE_ODDS and not marks.flags[at] & FLAG["main_container"]:
        return True
    if odds < _CAPTION_ODDS and marks.hint[at] == "caption":
        return True
    return odds < _COMMENT_ODDS and (marks.hint[at] == "comment" or marks.flags[at] & FLAG["comments"] > 0)
