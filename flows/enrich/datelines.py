"""The dateline that opens a story: "MOSCOW, 3 Sept 2025 (AFP) -". Its day is that of writing, and no fact stands in it."""

import datetime as dt
from typing import NamedTuple

from flows.enrich.calendar import make_day
from flows.enrich.dates_line import Found
from flows.enrich.dates_order import Readings, both_readings
from flows.enrich.story import Sentence, Story

_DASHES = frozenset(("-", "–", "—", "―", "--"))
_MARKS = _DASHES | {"(", "/", ":", "."}
_PARTICLES = frozenset(("de", "del", "la", "las", "los", "el", "do", "da", "am", "an", "der", "of", "the", "and", "sur", "upon"))
_OPENING = 12  # tokens before the date: a place of several words and its region
_AGENCY = 8  # tokens between the brackets after the date
_LEADS = 6  # blocks from the headline on that may hold the dateline
_LONGEST = 22  # tokens of a dateline


class Printed(NamedTuple):
    """A day printed on the page, in which words, whether it is that of a later change, and whether it stands near the headline.

    ``readings`` are both days that a date in digits can mean, ``weekday`` the one printed beside it; else None.
    """

    day: dt.date
    text: str
    is_update: bool
    readings: Readings | None = None
    weekday: int | None = None
    is_near: bool = True


def dateline(story: Story, found: list[Found]) -> Found | None:
    """The date of the dateline that opens the lead, whatever role the lead's block was given; None without one.

    Before the date stands a place, in capitals unless the block is prose; after it an agency in brackets, a dash, or both. A full
    date and a dash alone may open the first or second paragraph.
    """
    blocks: list[int] = []
    paragraphs = 0
    for sentence in story.sentences:
        if sentence.block_no in blocks:
            continue
        blocks.append(sentence.block_no)
        if len(blocks) > _LEADS:
            return None
        paragraphs += sentence.role == "body"
        if one := _opens(story, sentence, found):
            return one if paragraphs < 2 or one.first_token == sentence.first_token else None
        if paragraphs > 1:
            return None
    return None


def _opens(story: Story, sentence: Sentence, found: list[Found]) -> Found | None:
    """The date with which a block opens as a dateline does."""
    first = sentence.first_token
    one = next((one for one in found if one.first_token >= first), None)
    if one is not None and one.first_token == first:
        return one if sentence.role == "body" and _opens_alone(story, one, found) else None
    if one is None or one.form != "day" or not first < one.first_token <= first + _OPENING:
        return None
    if one.block_no != sentence.block_no or one.month is None or one.day is None:
        return None
    words = [word for word in story.words[first : one.first_token] if word[0].isalpha()]
    if not words or any(mark in _DASHES or mark == ":" for mark in story.words[first + 1 : one.first_token - 1] if mark != "-"):
        return None
    is_shouted = words[0].isupper() and len(words[0]) > 1
    if not all(word[0].isupper() or (word in _PARTICLES and at) for at, word in enumerate(words)):
        return None
    end = one.end_token
    block_end = next((n for n in range(end, len(story.words)) if story.starts[n] >= _end_of(story, sentence)), len(story.words))
    if end < block_end and story.words[end] == ",":
        end += 1
    if end >= block_end or story.words[end] not in _MARKS:
        return None
    if sentence.role == "body" and end == one.end_token:
        return one
    return one if is_shouted and _has_dash(story, end, block_end) else None


def _opens_alone(story: Story, one: Found, found: list[Found]) -> bool:
    """Whether a full date and a dash open the lead, and no other block so: then it is a chronology."""

    def is_opening(other: Found) -> bool:
        end = other.end_token
        return other.form == "day" and bool(other.year) and end < len(story.words) and story.words[end] in _DASHES

    if not is_opening(one) or both_readings(story.page_text[one.char_start : one.char_end]) is not None:
        return False
    starts = {block.char_start for block in story.blocks}
    return sum(other.char_start in starts and is_opening(other) for other in found) == 1


def _end_of(story: Story, sentence: Sentence) -> int:
    block = next(block for block in story.blocks if block.block_no == sentence.block_no)
    return block.char_start + len(block.text)


def _has_dash(story: Story, at: int, end: int) -> bool:
    """Tell whether a dash stands at ``at``, an agency in brackets passed over."""
    words = story.words
    if words[at] == "(":
        at = next((n + 1 for n in range(at + 1, min(at + _AGENCY, end)) if words[n] == ")"), end)
    return at < end and words[at] in _DASHES


def near_day(one: Found, hint: dt.date) -> dt.date | None:
    """A day printed without its year: the nearest to ``hint``, on the printed weekday where there is one."""
    years = range(hint.year - 6, hint.year + 7) if one.weekday else range(hint.year - 1, hint.year + 2)
    days = [day for year in years if (day := make_day(year, one.month, one.day))]
    days = [day for day in days if one.weekday is None or day.isoweekday() == one.weekday]
    return min(days, key=lambda day: abs((day - hint).days)) if days else None


def dateline_day(story: Story, found: list[Found], hint: dt.date | None) -> Printed | None:
    """The day of the dateline; one without its year takes that nearest to ``hint``."""
    one = dateline(story, found)
    if one is None:
        return None
    day = make_day(one.year, one.month, one.day)
    if day is None and hint and one.year is None:
        day = near_day(one, hint)
    return Printed(day, story.page_text[one.char_start : one.char_end], False) if day else None


def dateline_days(one: Found, earliest: dt.date | None, latest: dt.date | None) -> list[dt.date]:
    """The days between two bounds that a dateline without its year can mean: none without both bounds."""
    if earliest is None or latest is None or one.year:
        return []
    days = (make_day(year, one.month, one.day) for year in range(earliest.year, latest.year + 1))
    return [day for day in days if day and earliest <= day <= latest and one.weekday in (None, day.isoweekday())]


def dateline_end(story: Story, sentence: int) -> int:
    """The token after the dateline of the sentence with this index; its first token where it has none.

    "MOSCOW, June 9 (Reuters) - Ford left." ends its dateline after the dash. A dateline opens a block of the body, its words
    are capitalised outside brackets, and it holds a day, an agency in brackets or a place in capitals.
    """
    one = story.sentences[sentence]
    first, words = one.first_token, story.words
    if one.role != "body" or (sentence and story.sentences[sentence - 1].block_no == one.block_no):
        return first
    shouted = words[first].isupper() and len(words[first]) > 2
    inside = marked = False
    for i in range(first, min(first + _LONGEST, one.end_token - 1)):
        word = words[i]
        if word in _DASHES:
            apart = story.ends[i - 1] < story.starts[i] or story.starts[i + 1] > story.ends[i] or word == "—"
            if apart and i > first:
                return i + 1 if shouted or marked else first
        elif word == "(":
            inside = marked = True
        elif word == ")":
            inside = False
        elif word[0].isdigit():
            marked = True
        elif word[0].isalpha() and word[0].islower() and not inside:
            return first
    return first
