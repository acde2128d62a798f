"""Pages whose layout alone tells what they are: lists of linked headings, which hold no story, and digests by country, a story an item."""

import re
from collections.abc import Set

from flows.clean.page import Page, StoryParts

_LABEL = re.compile(r"(?P<label>[^\W\d_a-z][^\d:;,!?\"“”()a-z]{1,40}):\s+\S")
_FEWEST_ITEMS = 3
_ITEM_WORDS = 10.0
_MOST_ABOVE = 1  # paragraphs above the first item
_LINKED = 0.8  # share of link text from which on a line is a link
_HEADED = 0.75  # share of a page's paragraphs that stand below linked headings


def is_index(page: Page, body: list[bool]) -> bool:
    """Whether a page of tags is a list of links: nearly each of its paragraphs is a link or stands below a heading that is one."""
    marks = page.markup
    if marks is None:
        return False
    told = [at for at in range(page.size) if body[at]]
    linked = [share > _LINKED and page.words[at] >= 2 for at, share in enumerate(marks.link_share)]
    headings = sum(is_link and marks.is_heading(at) for at, is_link in enumerate(linked))
    if not told or headings < _FEWEST_ITEMS:
        return False
    headed = sum(linked[at] or (at > 0 and linked[at - 1] and marks.is_heading(at - 1)) for at in told)
    return headed >= 2 and headed >= _HEADED * len(told)


def digest_items(page: Page, body: list[bool], countries: Set[str]) -> list[StoryParts]:
    """The items of a digest by country ("FRANCE: The government …", "JAPAN: A ferry …"), each a story without a headline; none
    where the page is no digest. ``countries`` are names in lower case."""
    if page.markup is not None or not countries:
        return []
    told = [at for at in range(page.size) if body[at]]
    starts, labels = [], []
    for at in told:
        label = _LABEL.match(page.text[at]) if page.text[at][:2].isupper() and ":" in page.text[at][:44] else None
        if label and page.words[at] >= _ITEM_WORDS and label["label"].strip().casefold().removeprefix("the ") in countries:
            starts.append(at)
            labels.append(label["label"])
    if len(set(labels)) < max(_FEWEST_ITEMS, len(labels)) or sum(at < starts[0] for at in told) > _MOST_ABOVE:
        return []
    ends = [*starts[1:], page.size]
    return [StoryParts(low, high, None, [at for at in told if low <= at < high]) for low, high in zip(starts, ends, strict=True)]
