"""What the lines of a page tell together: lists and tables that go on with a text, paragraphs in doubt among paragraphs, and
what only looks like text: teasers run together with their titles, readers' comments, a few doubtful paragraphs far from the text.

The scorer sees a few neighbours of each line; tags tell some of this of HTML pages.
"""

import re
from itertools import compress, pairwise

from flows.clean.page import BYLINE, Page

_SURE_ODDS = 4.0
_ROW = re.compile(r"(?:[^\W\d_]{3,9}\.?\s+\d{1,2}\b|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?)\S*\s.{6,}")  # "June 9 – Lakeside Hall, Lowmere"
_FEWEST_ROWS, _ROW_WORDS, _ABOVE_ROWS = 4, (4.0, 25.0), 3
_FEWEST_CELLS, _FEWEST_TABLE_ROWS = 3, 8
_GLUED = re.compile(r"(?<=[a-zß-öø-ÿ]{2})[?!.’'”)]?[A-Z][a-z]")  # "Storm hits coastThe harbour was closed"
_FEWEST_GLUED, _GLUED_WORDS, _GLUED_ODDS = 4, 8.0, 3.0
_SAID_AT = re.compile(r"\d[:.h]\d\d(?!\d)(?:\s?[ap]\.?m\.?)?,?\s+(?!uhr)[^\W\dA-Z_]{3,12}(?:\s[^\W\dA-Z_]{2,12})?\s?:$")  # "6:34 am said:"
_HEAD_WORDS, _FEWEST_HEADS = 16.0, 2
_NEAR_ODDS, _NEAR_WORDS = -1.0, 3.0
_RUN_SHARE, _RUN_WORDS = 0.8, 6.0
_GAP_BLOCKS, _GAP_WORDS, _DOUBTFUL_ODDS = 6, 100.0, 2.0  # what parts groups of text; mean odds of a group in doubt
_ITEM_WORDS, _FEWEST_ITEMS, _MOST_BETWEEN, _LIST_BLOCKS, _INTRO_WORDS = 12.0, 3, 2, 120, 6.0
_LITTLE_WORDS, _LITTLE_ODDS = 120.0, -2.0  # of a page with hardly any text
_SAME_OPENING, _SUMMARY_WORDS = 60, 20.0
_REPEATED, _REPEATED_ODDS, _REPEATED_WORDS = 3, 3.0, 10.0


def mend_body(page: Page, body: list[bool]) -> None:
    """Put right what the scorer says of a page's lines by what they tell together; something always stays."""
    if True not in body:
        return
    teasers = _glued_teasers(page, body) if page.markup is None else set()
    for step in _OF_TEXT if page.markup is None else _OF_TAGS:
        mended = [is_text and at not in teasers for at, is_text in enumerate(body)] if teasers else list(body)
        step(page, mended)
        for at in teasers:
            mended[at] = False
        if True in mended:
            body[:] = mended


def _told(body: list[bool]) -> list[int]:
    """The blocks that are text."""
    return list(compress(range(len(body)), body))


def _is_plain(page: Page, at: int) -> bool:
    """Whether nothing names a block as furniture."""
    return not (page.furniture[at] or page.strong[at] or page.address[at] or page.on_pages[at] > 2)


def _glued_teasers(page: Page, body: list[bool]) -> set[int]:
    """Lines of a list of teasers, each a title and a sentence without a space between them, that the scorer is not sure of."""
    found: set[int] = set()
    run: list[int] = []
    open_ = [at for at in _told(body) if page.odds[at] < _GLUED_ODDS and page.words[at] >= _GLUED_WORDS]
    if len(open_) < _FEWEST_GLUED:
        return found
    for at in (*(at for at in open_ if _GLUED.search(page.text[at])), page.size + _GAP_BLOCKS):
        if run and at - run[-1] > _MOST_BETWEEN + 1:
            found.update(run if len(run) >= _FEWEST_GLUED else ())
            run = []
        run.append(at)
    return found


def _runs(lines: list[int]) -> list[list[int]]:
    """Lines that follow one another, as groups."""
    runs: list[list[int]] = []
    for at in lines:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _take_rows(page: Page, body: list[bool]) -> None:
    """Take the rows of a list that open with a day each ("June 9 – Lakeside Hall"), where text stands above them."""
    low, high = _ROW_WORDS
    dated = compress(range(page.size), page.dated)
    rows = [at for at in dated if low <= page.words[at] <= high and _ROW.match(page.text[at])]
    for run in _runs(rows):
        if len(run) >= _FEWEST_ROWS and any(body[max(0, run[0] - _ABOVE_ROWS) : run[0]]):
            for at in run:
                body[at] = True


def _take_table(page: Page, body: list[bool]) -> None:
    """Take the rows of a table (cells between tabs) that has text close above or below."""
    rows = [at for at, text in enumerate(page.text) if "\t" in text and text.count("\t") >= _FEWEST_CELLS - 1]
    for run in _runs(rows):
        beside = body[max(0, run[0] - _ABOVE_ROWS) : run[0]] + body[run[-1] + 1 : run[-1] + 1 + _ABOVE_ROWS]
        if len(run) >= _FEWEST_TABLE_ROWS and True in beside:
            for at in run:
                body[at] = True


def _take_between(page: Page, body: list[bool]) -> None:
    """Take a line in doubt that has text right above and right below."""
    for above, below in pairwise(_told(body)):
        at = above + 1
        if below - above == 2 and page.odds[at] > _NEAR_ODDS and page.words[at] >= _NEAR_WORDS:
            body[at] = _is_plain(page, at)


def _take_run(page: Page, body: list[bool]) -> None:
    """Take the paragraphs in doubt of the page's densest run of prose, where the text would hold much less of it."""
    low, high = page.run
    prose = sum(compress(page.words[low:high], page.prose[low:high]))
    if sum(compress(page.words, body)) < _RUN_SHARE * prose:
        for at in range(low, high):
            if page.prose[at] and page.odds[at] > _NEAR_ODDS and page.words[at] >= _RUN_WORDS and _is_plain(page, at):
                body[at] = True


def _drop_doubtful_groups(page: Page, body: list[bool]) -> None:
    """Take out groups of paragraphs apart from the group that is text the most, which the scorer is nowhere sure of."""
    groups: list[list[int]] = []
    for at in _told(body):
        last = groups[-1][-1] if groups else at
        if groups and at - last <= _GAP_BLOCKS and sum(page.words[last + 1 : at]) < _GAP_WORDS:
            groups[-1].append(at)
        else:
            groups.append([at])
    if len(groups) < 2:
        return
    worth = [sum(page.words[at] * min(page.odds[at], _SURE_ODDS) for at in group) for group in groups]
    most = max(worth)
    for group, own in zip(groups, worth, strict=True):
        size = sum(page.words[at] for at in group)
        signed = BYLINE in page.furniture[max(0, group[0] - _ABOVE_ROWS) : group[0]]  # a story of its own
        if own < most and not signed and own < _DOUBTFUL_ODDS * size and max(page.odds[at] for at in group) < _SURE_ODDS:
            for at in group:
                body[at] = False


def _end_at_comments(page: Page, body: list[bool]) -> None:
    """End the text where readers' comments begin: lines with a day and a time such as "Ann on May 3, 2018 at 6:34 am said:",
    two or more."""
    heads = [
        at
        for at in compress(range(page.size), page.dated)
        if page.words[at] <= _HEAD_WORDS and page.text[at][-1] == ":" and _SAID_AT.search(page.text[at])
    ]
    if len(heads) < _FEWEST_HEADS or not heads[0]:
        return
    if True not in body[: heads[0]]:
        best = max(range(heads[0]), key=lambda at: page.odds[at])
        if page.odds[best] < 0:
            return
        body[best] = True
    body[heads[0] :] = [False] * (page.size - heads[0])


def _take_list(page: Page, body: list[bool]) -> None:
    """Take the short lines below a sentence that announces them with a colon, up to the next text."""
    for above in [at for at, text in enumerate(page.text) if text[-1] == ":"]:
        if page.words[above] < _INTRO_WORDS:
            continue
        if not (body[above] or (page.odds[above] > _NEAR_ODDS and True in body[max(0, above - 4) : above])):
            continue
        items: list[int] = []
        missed = 0
        for at in range(above + 1, min(page.size, above + _LIST_BLOCKS)):
            is_item = 1 <= page.words[at] <= _ITEM_WORDS and _is_plain(page, at) and not page.stopped(at)
            missed = 0 if is_item else missed + 1
            if is_item:
                items.append(at)
            if missed > _MOST_BETWEEN or body[at]:
                break
        else:
            items = []
        if len(items) >= _FEWEST_ITEMS:
            for at in (above, *items):
                body[at] = True


def _take_little(page: Page, body: list[bool]) -> None:
    """Where hardly anything is text, and nothing surely, take the lines around it that come near."""
    kept = _told(body)
    if sum(page.words[at] for at in kept) >= _LITTLE_WORDS or max(page.odds[at] for at in kept) > _DOUBTFUL_ODDS:
        return
    low, high = kept[0], kept[-1]
    near = [at for at in range(page.size) if not body[at] and page.odds[at] > _LITTLE_ODDS and page.words[at] >= 2 and _is_plain(page, at)]
    for at in near:
        if low < at <= high + 2:
            body[at] = True
            high = max(high, at)
    for at in reversed(near):
        if low - 2 <= at < low:
            body[at] = True
            low = at


def _drop_summary(page: Page, body: list[bool]) -> None:
    """Take out a paragraph that the next one repeats from its first words on: a summary, or a text cut short, above the whole."""
    told = _told(body)
    same = [page.text[at][:_SAME_OPENING] == page.text[after][:_SAME_OPENING] for at, after in pairwise(told)]
    for at, alike, before, below in zip(told, same, [False, *same], [*same[1:], False], strict=False):
        if alike and not before and not below and page.words[at] >= _SUMMARY_WORDS:
            body[at] = False


def _drop_repeated(page: Page, body: list[bool]) -> None:
    """Take out what stands among the text several times, such as the alternative text of its pictures."""
    for at in _told(body):
        if page.repeats[at] >= _REPEATED and page.odds[at] < _REPEATED_ODDS and page.words[at] >= _REPEATED_WORDS:
            body[at] = page.text[at] in (page.text[at - 1], page.text[(at + 1) % page.size])


_OF_TEXT = (
    *(_take_rows, _take_between, _take_run, _drop_doubtful_groups, _end_at_comments, _take_table, _take_list, _take_little),
    *(_drop_repeated, _drop_summary),
)
_OF_TAGS = (_take_rows, _take_between, _end_at_comments, _take_table, _take_list, _drop_summary)
