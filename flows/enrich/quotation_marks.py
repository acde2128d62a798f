"""What stands between quotation marks: every style, nested, unclosed, and told from apostrophes."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from flows.enrich.story import Story
from flows.reference.cues import QUOTATION_MARKS

_OPENS = dict.fromkeys(("“", "„", "‟", "«", "「", "『", "``"), "double") | dict.fromkeys("‘‚‹", "single")
_CLOSES = {"”": "double", "»": "double", "」": "double", "』": "double", "’": "single", "›": "single"}
_EITHER = {'"': "double", "''": "double", "＂": "double", "'": "single"}
# Marks that open only with their own closing form; the others close by any double mark.
_PAIRS = {"«": "»", "»": "«", "「": "」", "『": "』", "‹": "›", "›": "‹"}
_ELISIONS = frozenset(("em", "til", "till", "tis", "twas", "cause", "n", "round", "bout", "cuz", "nuff", "cept", "im", "ere"))
_BEFORE_OPEN = frozenset("([{—–-/:“\"‘'«…„,;")
_YEAR = re.compile(r"\d\ds?")
_SPACES = frozenset(" \t\n\u00a0\u202f\u2009\u200a")


class Span(NamedTuple):
    """What stands between two marks: ``first_token:end_token`` are its tokens, ``closed`` tells whether a mark ends it.

    ``opens`` tells that its mark is the first thing in the block, ``single`` that its marks are single ones.
    """

    block_no: int
    role: str
    char_start: int
    char_end: int
    first_token: int
    end_token: int
    closed: bool
    opens: bool
    single: bool
    mark_start: int
    mark_end: int


class _Mark(NamedTuple):
    start: int
    end: int
    text: str
    token: int
    after_token: int
    opens: bool
    closes: bool
    weight: str


def find_quoted(story: Story, among: Sequence[int] | None = None) -> list[Span]:
    """Find the outermost quoted spans of every block, in the order of the text.

    ``among`` are the tokens that may be marks, for a caller that has looked them up already.

    >>> from flows.enrich.story import story_from_text
    >>> story = story_from_text("The dogs’ owner said ‘it’s the ’90s’ and “no ‘deal’ now.”")
    >>> [story.page_text[span.char_start : span.char_end] for span in find_quoted(story)]
    ['it’s the ’90s', 'no ‘deal’ now.']
    """
    words = story.words
    hits = [i for i in (range(len(words)) if among is None else among) if words[i] in QUOTATION_MARKS]
    if not hits:
        return []
    spans: list[Span] = []
    sentences = story.sentences
    at = 0
    low = 0
    while low < len(sentences):
        high = low
        block_no = sentences[low].block_no
        while high < len(sentences) and sentences[high].block_no == block_no:
            high += 1
        end_token = sentences[high - 1].end_token
        first = at
        while at < len(hits) and hits[at] < end_token:
            at += 1
        if at > first:
            left, right = sentences[low].char_start, sentences[high - 1].char_end
            marks = _marks(story, hits[first:at], left, right)
            follows = end_token < len(words) and words[end_token] in QUOTATION_MARKS and sentences[low].role == "body"
            spans += _pair(story, marks, low, high, follows)
        low = high
    return spans


def _marks(story: Story, hits: Sequence[int], left: int, right: int) -> list[_Mark]:
    """The marks of one block with what they can do where they stand."""
    text, starts, words = story.page_text, story.starts, story.words
    marks: list[_Mark] = []
    skip = -1
    for n, i in enumerate(hits):
        if i <= skip:
            continue
        word = words[i]
        start = starts[i]
        end = start + 1
        token = i
        if word in "'`’‘" and n + 1 < len(hits) and hits[n + 1] == i + 1 and starts[i + 1] == end and words[i + 1] == word:
            triple = n + 2 < len(hits) and hits[n + 2] == i + 2 and starts[i + 2] == end + 1 and words[i + 2] == word
            word = {"'": "''", "`": "``", "’": "”", "‘": "“"}[word]
            end += 1
            skip = i + 1 if not triple else i + 2
            token = skip
        elif word == "`":
            word = "‘"
        before = text[start - 1] if start > left else " "
        after = text[end] if end < right else " "
        space_before, space_after = before in _SPACES, after in _SPACES
        lettered = before.isalnum(), after.isalnum()
        weight = _OPENS.get(word) or _CLOSES.get(word) or _EITHER[word]
        if weight == "single" and lettered == (True, True):
            continue
        opens = (space_before or before in _BEFORE_OPEN) and not space_after
        closes = not space_before and not after.isalnum()
        if opens and closes and before in ",;:-–—" and not after.isalnum():
            opens = False
        if word in _OPENS:
            opens, closes = not (closes and not opens), closes and not opens
            if word in "«「『":
                opens, closes = True, False
        elif word in _CLOSES and weight == "double":
            opens, closes = space_before and after.isalnum(), not (space_before and after.isalnum())
            if word in "」』" or (word == "»" and not (space_before and after.isalnum())):
                opens, closes = False, True
        marks.append(_Mark(start, end, word, i, token + 1, opens, closes, weight))
    return marks


def _pair(story: Story, marks: list[_Mark], low: int, high: int, follows: bool) -> list[Span]:
    """Pair the marks of the block whose sentences are ``low:high``; ``follows`` tells that the next block opens with a mark."""
    sentences = story.sentences
    left, right = sentences[low].char_start, sentences[high - 1].char_end
    spans: list[Span] = []

    def emit(opening: _Mark, start: int, end: int, end_token: int, mark_end: int, closed: bool) -> None:
        text = story.page_text[start:end]
        stripped = text.strip()
        if not any(map(str.isalnum, stripped[:40])):
            return
        start += len(text) - len(text.lstrip())
        spans.append(
            Span(
                sentences[low].block_no, sentences[low].role, start, start + len(stripped), opening.after_token, end_token,
                closed, opening.start == left, opening.weight == "single", opening.start, mark_end,
            )
        )  # fmt: skip

    def emit_open(opening: _Mark, limit: int, limit_token: int) -> None:
        """A mark that nothing closes: to the end of its block if it opens it, else of its sentence."""
        sentence = sentences[story.sentence_of[opening.token]]
        if limit == right and (
            opening.start == left or follows or story.page_text[max(left, opening.start - 2) : opening.start].rstrip()[-1:] in (":", ",")
        ):
            emit(opening, opening.end, right, sentences[high - 1].end_token, right, False)
        else:
            end, token = (sentence.char_end, sentence.end_token) if sentence.char_end < limit else (limit, limit_token)
            emit(opening, opening.end, end, token, end, False)

    last_closing = max((k for k, mark in enumerate(marks) if mark.closes and mark.weight == "single"), default=-1)
    opening: _Mark | None = None
    depth = 0
    n = 0
    while n < len(marks):
        mark = marks[n]
        n += 1
        if opening is None:
            if not mark.opens:
                continue
            if mark.weight == "single":
                closer = _single_closer(story, marks, n - 1) if n <= last_closing else None
                if closer is not None:
                    end = marks[closer]
                    emit(mark, mark.end, end.start, end.token, end.end, True)
                    n = closer + 1
                continue
            opening, depth = mark, 0
            continue
        if mark.weight == "single" and not (opening.text in _PAIRS and _PAIRS[opening.text] == mark.text):
            continue
        if opening.text in _PAIRS:
            if mark.text == _PAIRS[opening.text]:
                if depth:
                    depth -= 1
                else:
                    emit(opening, opening.end, mark.start, mark.token, mark.end, True)
                    opening = None
            elif mark.text == opening.text:
                depth += 1
            continue
        if mark.text in _PAIRS:
            continue
        closing = mark.closes or (opening.text == "„" and mark.text == "“")
        if closing and depth:
            depth -= 1
        elif closing:
            emit(opening, opening.end, mark.start, mark.token, mark.end, True)
            opening = None
        else:
            later = list(islice((marks[k] for k in range(n, len(marks)) if marks[k].weight == "double"), 2))
            if len(later) == 2 and later[0].closes and later[1].closes:
                depth += 1
            elif mark.opens:
                emit_open(opening, mark.start, mark.token)
                opening, depth = mark, 0
            else:
                emit(opening, opening.end, mark.start, mark.token, mark.end, True)
                opening = None
    if opening is not None:
        emit_open(opening, right, sentences[high - 1].end_token)
    return spans


def _single_closer(story: Story, marks: list[_Mark], at: int) -> int | None:
    """Index of the mark that closes the single one at ``at``; None when that is an apostrophe.

    A closing mark after an ``s`` may be a possessive plural: it counts only when no surer one follows.
    """
    opening = marks[at]
    if opening.text == "’":
        return None
    following = opening.after_token
    if following >= len(story.words):
        return None
    elided = story.lowers[following] in _ELISIONS and story.starts[following] == opening.end
    if elided and not any(m.closes and m.weight == "single" for m in marks[at + 1 : at + 2]):
        return None
    if _YEAR.fullmatch(story.lowers[following]):  # ’08, ’90s
        return None
    text = story.page_text
    weak: int | None = None
    for n in range(at + 1, len(marks)):
        mark = marks[n]
        if mark.weight != "single":
            continue
        if mark.opens and not mark.closes and mark.text != "’":
            if opening.text == mark.text == "‘" and weak is None:
                continue
            break
        if not mark.closes:
            continue
        before, after = text[mark.start - 1], text[mark.end : mark.end + 2]
        if before == "s" and after[:1] == " " and after[1:2].isalnum():
            if weak is None:
                weak = n
            continue
        if weak is not None and mark.start - marks[weak].start > 300:
            break
        return n
    return weak
