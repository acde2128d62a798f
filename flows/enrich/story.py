"""One article as the enrich stage reads it: its blocks, sentences and tokens, all in the coordinates of ``documents.text``.

Every finder of this stage takes a ``Story`` and what earlier finders found, and returns tuples of the classes below.
Tokens are made once a story and shared: finders look words up by index instead of searching the text again.
"""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Container
from itertools import accumulate
from operator import add
from typing import NamedTuple

import numpy as np

from flows.enrich.watched import DIGIT, Watched, marks_of, watch, watched_now

FACT_ROLES = frozenset({"headline", "deck", "subhead", "body", "caption"})

# Letters may carry combining marks (Devanagari, Arabic, Thai …), which Python's \w leaves out.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
_TOKEN = re.compile(
    rf"[A-Za-z]{{2,}}+(?![\w{_MARKS}])"  # most words, taken before anything rarer is tried
    r"|(?:[A-Za-z]\.){2,}"  # U.S. a.m.
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k|tn|km|kg)?\b"  # 3,000.5  2:30  1990s  3rd  5bn
    r"|[’'](?:s|re|ve|ll|d|m|t)\b"  # Putin|’s
    rf"|[^\W\d_](?:[^\W_]|[{_MARKS}])*"
    r"|\d+"
    r"|\S"
)
_PIECE = re.compile(rf"(?:{_TOKEN.pattern})\s*")  # a token with the white space after it: together they tile a block
# An end of sentence: closing punctuation, closing quotation marks or brackets, white space, and what may open a sentence.
_END = re.compile(
    r"[.!?…。！？](?:(?<=[.!?…])[.!?…]*[\"'”’»“‘›«‹)\]]*(?:\s[»›])?(?=\s+(?:[«‹]\s|[\"'“‘«„‚‹»›¿¡(\[—–-])*[^\W_a-z])|(?<=[。！？])[。！？]*[”’」』]*)"
)
_WIDE_STOP = re.compile(r"[。！？]")  # a sentence that ends so needs no white space after it
_WORD_BEFORE = re.compile(r"[^\W_][\w.’']*$")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sen",
        "rep",
        "gov",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "cpl",
        "adm",
        "cmdr",
        "hon",
        "rev",
        "fr",
        "st",
        "sr",
        "jr",
        "vs",
        "etc",
        "no",
        "nos",
        "vol",
        "pp",
        "fig",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "univ",
        "assn",
        "bros",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "ave",
        "blvd",
        "rd",
        "mt",
        "ft",
        "pres",
        "amb",
        "brig",
        "pvt",
        "supt",
        "messrs",
        "mme",
        "mlle",
        "calif",
        "fla",
        "ill",
        "mass",
        "mich",
        "minn",
        "ariz",
        "colo",
        "conn",
        "pa",
        "va",
        "tenn",
        "tex",
        "wash",
        "wis",
        "okla",
        "ore",
        "nev",
        "ind",
        "approx",
        "est",
        "cf",
        "viz",
        "al",
        "ca",
    ]
)
_LONGEST_ABBREVIATION = max(map(len, _ABBREVIATIONS))
# Common words when in lower case: "He sat." ends a sentence, "Sat. 3 May" does not.
_CAPITALISED_ONLY = frozenset(["sat", "sun", "mar", "no", "al", "ca", "ill", "mass", "miss", "wash", "ind", "ore", "pa"])
_NUMBERED = frozenset(("no", "ca"))  # abbreviations in lower case where a number follows
_GERMAN_MONTH = re.compile(r"(?:J[aä]n|Feb|März|April|Mai|Juni|Juli|August|Sept|Okt|Nov|Dez)")


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


_LONGEST_SENTENCE = 2000  # characters; what goes on longer is a list or no prose, and is cut at white space, so that time stays linear
_LENGTH_OF_SENTENCE = re.compile(r"\S(?:.{0,1998}\S(?=\s|$)|\S*)", re.DOTALL)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one block, white space at their ends left out.

    >>> [("U.S. President Ford met Mr. Brezhnev. They spoke.")[a:b] for a, b in sentence_spans("U.S. President Ford met Mr. Brezhnev. They spoke.")]
    ['U.S. President Ford met Mr. Brezhnev.', 'They spoke.']
    """
    spans = []
    start = 0
    for end in _END.finditer(text):
        stop = end.end()
        if text[end.start()] == "." and end.end() - end.start() == 1:
            before = text[max(start, end.start() - 20) : end.start()]
            word = before[before.rfind(" ") + 1 :]
            if word.isalpha():
                if len(word) <= _LONGEST_ABBREVIATION and ends_no_sentence(word, text[stop : stop + 3].lstrip()):
                    continue
            elif (found := _WORD_BEFORE.search(before)) and ends_no_sentence(found.group(), text[stop : stop + 20].lstrip()):
                continue
        spans.append((start, stop))
        start = stop
    spans.append((start, len(text)))
    out = []
    for low, high in spans:
        piece = text[low:high]
        stripped = piece.strip()
        if stripped:
            at = low + len(piece) - len(piece.lstrip())
            if len(stripped) > _LONGEST_SENTENCE:
                out += [(at + match.start(), at + match.end()) for match in _LENGTH_OF_SENTENCE.finditer(stripped)]
            else:
                out.append((at, at + len(stripped)))
    return out


def ends_no_sentence(word: str, following: str) -> bool:
    """Tell whether the full stop after ``word`` belongs to an abbreviation and the sentence goes on."""
    low = word.lower()
    if low in _ABBREVIATIONS and (word != low or low not in _CAPITALISED_ONLY or (low in _NUMBERED and following[:1].isdecimal())):
        return True
    if len(word) == 1 and word.isupper() and word != "I":
        return True
    if word.isdecimal() and len(word) <= 2 and _GERMAN_MONTH.match(following):  # am 3. September
        return True
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):  # U.S. a.m.: the sentence goes on unless a clear opener follows
        return re.match(r"(?:The|This|That|It|He|She|They|We|In|On|But|And|A|An|As|At|For|If|His|Her|Its|Their|“|\")\b", following) is None
    return False


def tokenize(text: str) -> tuple[str, ...]:
    """The tokens of a text, split as a story's tokens are: for looking names and phrases up.

    >>> tokenize("People’s Daily")
    ('People', '’s', 'Daily')
    """
    return tuple(_TOKEN.findall(text))


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
        if len(spans) > 1 and _WIDE_STOP.search(text):
            for low, high in spans:
                for token in _TOKEN.finditer(text, low, high):
                    starts.append(offset + token.start())
                    ends.append(offset + token.end())
                    words.append(token.group())
                bounds.append(len(starts))
        else:  # no token reaches over the white space between two sentences: the block is split at once
            pieces = _PIECE.findall(text)
            own = list(map(str.rstrip, pieces))
            begins = list(accumulate(map(len, pieces), initial=offset + spans[0][0]))
            begins.pop()
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
    lowers = list(map(str.lower, words))
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
