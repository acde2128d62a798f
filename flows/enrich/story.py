"""One article as the enrich stage reads it: its blocks, sentences and tokens, all in the coordinates of ``documents.text``.

Every finder of this stage takes a ``Story`` and what earlier finders found, and returns tuples of the classes below.
Tokens are made once a story and shared: finders look words up by index instead of searching the text again.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Container
from operator import add
from typing import NamedTuple

import numpy as np

from flows.enrich.sentences import WIDE_STOP, lowered, sentence_spans, split_tokens
from flows.enrich.watched import DIGIT, Watched, marks_of, watch, watched_now

FACT_ROLES = frozenset({"headline", "deck", "subhead", "body", "caption"})

_NO_MARKS = np.zeros(0, dtype=np.int64)


class Block(NamedTuple):
    """A block of the article, as in the ``blocks`` table."""

    block_no: int
    role: str
    kept: bool
    char_start: int
    text: str


class Sentence(NamedTuple):
    """A sentence: its span, and its tokens as the half-open range ``first_token:end_token`` of the story's tokens."""

    sentence_no: int
    block_no: int
    role: str
    char_start: int
    char_end: int
    first_token: int
    end_token: int


class Story(NamedTuple):
    """An article with everything that the page tells about its origin and day; all offsets are in ``documents.text``.

    ``starts``/``ends``/``words``/``lowers`` are parallel lists over the tokens of all fact-bearing blocks, in order;
    ``sentence_of`` gives each token's index in ``sentences``. ``blocks`` holds all blocks of the article, furniture such
    as bylines and datelines included; ``sentences`` only those of headline, deck, subheads, body and captions.
    ``page_text`` is ``documents.text``. ``marks`` tells of each token which lists of words hold it (``watched``).
    """

    article_id: str
    document_id: str
    language: str | None
    title: str | None
    outlet: str | None
    url: str | None
    site: str | None
    page_text: str
    blocks: list[Block]
    sentences: list[Sentence]
    starts: list[int]
    ends: list[int]
    words: list[str]
    lowers: list[str]
    sentence_of: list[int]
    record_published: str | None = None
    page_published: str | None = None
    page_published_basis: str | None = None
    fetched_at: dt.datetime | None = None
    dateline_place: str | None = None
    watched: Watched | None = None
    marks: np.ndarray = _NO_MARKS

    def token_at(self, char: int) -> int:
        """Index of the last token that starts at or before ``char``; -1 when there is none."""
        return bisect_right(self.starts, char) - 1

    def where(self, known: Container[str], *, digits: bool = False) -> list[int]:
        """Indices of the tokens whose lower-case form is among ``known``, or begins with a digit where ``digits``, in order."""
        bit = self.watched.bits.get(id(known)) if self.watched is not None else None
        if bit is not None:
            found: list[int] = (self.marks & (bit | DIGIT if digits else bit)).nonzero()[0].tolist()
            return found
        watch(known)
        return [i for i, low in enumerate(self.lowers) if low in known or (digits and "/" < low < ":")]

    def text(self, first_token: int, end_token: int) -> str:
        """The page's text from the start of one token to the end of the last one before ``end_token``."""
        return self.page_text[self.starts[first_token] : self.ends[end_token - 1]]


class Entity(NamedTuple):
    """A row of ``entities``."""

    entity_id: str
    kind: str
    name: str
    country: str | None = None
    description: str | None = None
    wikidata_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    is_outlet: bool = False


class Mention(NamedTuple):
    """A name, or a pronoun or phrase that stands for one (method ``coreference``), and the entity that it means.

    ``acts`` tells of a country's mention that it stands for the government ("Beijing said"), ``first_token`` and
    ``end_token`` are the mention's tokens.
    """

    entity_id: str
    kind: str
    block_no: int
    char_start: int
    char_end: int
    sentence_no: int
    method: str
    first_token: int
    end_token: int
    acts: bool = False


class Quote(NamedTuple):
    """What stands between quotation marks (the marks themselves excluded), who said it, and by which word we know."""

    kind: str
    block_no: int
    char_start: int
    char_end: int
    sentence_no: int
    speaker_id: str | None = None
    speaker_text: str | None = None
    speaker_office: str | None = None
    cue: str | None = None
    cue_class: str | None = None
    continues: int | None = None
    sources: tuple[str, ...] = ()
    anonymity: str | None = None


class Statement(NamedTuple):
    """Indirect speech: the span of what was said, without the cue."""

    block_no: int
    char_start: int
    char_end: int
    sentence_no: int
    speaker_id: str | None
    speaker_text: str | None
    cue: str | None
    cue_class: str | None
    anonymity: str | None = None


class CitedSource(NamedTuple):
    """An outlet, agency or platform that the article says it has facts from."""

    entity_id: str
    cue: str
    mentions: int


class Timex(NamedTuple):
    """An expression of time (TIMEX3). ``value`` is None until, or unless, it can be resolved; ``basis`` says by what."""

    type: str
    block_no: int
    char_start: int
    char_end: int
    sentence_no: int
    value: str | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    grain: str | None = None
    basis: str | None = None


class Published(NamedTuple):
    """When an article was published: a day, or bounds, and in one line what that follows from."""

    on: dt.date | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    basis: str | None = None
    date_basis: str | None = None


class Event(NamedTuple):
    """An event and its parties: ``parties`` holds (entity_id, role, country)."""

    kind: str
    plover: str | None
    cameo: str | None
    quad: str | None
    intensity: float | None
    mode: str | None
    status: str
    is_background: bool
    block_no: int
    char_start: int
    char_end: int
    sentence_no: int
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    place_id: str | None = None
    parties: tuple[tuple[str, str, str | None], ...] = ()


class Amount(NamedTuple):
    """A counted or measured quantity; ``what`` is the noun that is counted, as printed."""

    value: float
    unit: str | None
    bound: str
    what: str | None
    block_no: int
    char_start: int
    char_end: int
    sentence_no: int


class Topic(NamedTuple):
    """An IPTC Media Topic of the article; ``score`` from 0 to 1."""

    topic: str
    label: str
    score: float


def make_story(*, page_text: str, blocks: list[Block], article_id: str = "a", document_id: str = "d", **about: object) -> Story:
    """Split an article's blocks into sentences and tokens.

    ``about`` takes the other fields of ``Story`` (language, title, outlet, record_published …); absent ones are None.
    """
    sentences: list[Sentence] = []
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    sentence_of: list[int] = []
    for block in blocks:
        if block.role not in FACT_ROLES:
            continue
        text, offset = block.text, block.char_start
        spans = sentence_spans(text)
        if not spans:
            continue
        bounds = [len(starts)]  # the first token of each sentence, and the end of the last
        if len(spans) > 1 and WIDE_STOP.search(text):
            parts = spans
        else:  # no token reaches over the white space between two sentences: the block is split at once
            parts = [(spans[0][0], spans[-1][1])]
        for low, high in parts:
            own, begins = split_tokens(text[low:high], offset + low)
            starts += begins
            ends += map(add, begins, map(len, own))
            words += own
        for low, _ in spans[1:]:
            bounds.append(bisect_left(starts, offset + low, bounds[-1]))
        bounds.append(len(starts))
        for n, (low, high) in enumerate(spans):
            first, stop = bounds[n], bounds[n + 1]
            sentence_of += [len(sentences)] * (stop - first)
            sentences.append(Sentence(len(sentences) + 1, block.block_no, block.role, offset + low, offset + high, first, stop))
    fields = {"language": None, "title": None, "outlet": None, "url": None, "site": None, **about}
    lowers = lowered(words)
    watched = watched_now()
    return Story(
        article_id=article_id,
        document_id=document_id,
        page_text=page_text,
        blocks=blocks,
        sentences=sentences,
        starts=starts,
        ends=ends,
        words=words,
        lowers=lowers,
        sentence_of=sentence_of,
        watched=watched,
        marks=marks_of(lowers, len(lowers), watched),
        **fields,  # type: ignore[arg-type]
    )


def story_from_text(text: str, *, headline: bool = False, **about: object) -> Story:
    """A story whose every line is a body paragraph (the first a headline if ``headline``): for tests and the console.

    >>> story_from_text("Ford met Brezhnev.").words
    ['Ford', 'met', 'Brezhnev', '.']
    """
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            role = "headline" if headline and not blocks else "body"
            start = at + len(line) - len(line.lstrip())
            blocks.append(Block(len(blocks) + 1, role, role == "body", start, stripped))
        at += len(line) + 1
    title = blocks[0].text if headline and blocks else None
    return make_story(page_text=text, blocks=blocks, title=title, **about)  # type: ignore[arg-type]
