"""Where sentences end, and what a token is: a block's text cut into both."""

import re
import sys
from itertools import accumulate, chain

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
WIDE_STOP = re.compile(r"[。！？]")  # a sentence that ends so needs no white space after it
_WORD_BEFORE = re.compile(r"[^\W_][\w.’']*$")
_ABBREVIATIONS = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "maj", "capt", "sgt", "cpl", "adm", "cmdr", "hon", "rev",
    "fr", "st", "sr", "jr", "vs", "etc", "no", "nos", "vol", "pp", "fig", "inc", "ltd", "co", "corp", "dept", "univ", "assn", "bros",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat",
    "sun", "ave", "blvd", "rd", "mt", "ft", "pres", "amb", "brig", "pvt", "supt", "messrs", "mme", "mlle", "calif", "fla", "ill",
    "mass", "mich", "minn", "ariz", "colo", "conn", "pa", "va", "tenn", "tex", "wash", "wis", "okla", "ore", "nev", "ind", "approx",
    "est", "cf", "viz", "al", "ca",
))  # fmt: skip
_LONGEST_ABBREVIATION = max(map(len, _ABBREVIATIONS))
# Common words when in lower case: "He sat." ends a sentence, "Sat. 3 May" does not.
_CAPITALISED_ONLY = frozenset(["sat", "sun", "mar", "no", "al", "ca", "ill", "mass", "miss", "wash", "ind", "ore", "pa"])
_NUMBERED = frozenset(("no", "ca"))  # abbreviations in lower case where a number follows
_GERMAN_MONTH = re.compile(r"(?:J[aä]n|Feb|März|April|Mai|Juni|Juli|August|Sept|Okt|Nov|Dez)")
_MOST_KEPT = 200_000  # words and runs of letters whose tokens are kept from one story to the next
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
    end_of_text = len(text.rstrip())
    if start < end_of_text:
        spans.append((start, end_of_text))
    out = []
    for low, high in spans:  # none of them ends in white space
        at = high - len(text[low:high].lstrip())
        if high - at > _LONGEST_SENTENCE:
            out += [(at + match.start(), at + match.end()) for match in _LENGTH_OF_SENTENCE.finditer(text[at:high])]
        else:
            out.append((at, high))
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


class _Split(dict[str, tuple[str, ...]]):
    """The tokens of what stands between two white spaces; a process meets the same again and again."""

    def __missing__(self, printed: str) -> tuple[str, ...]:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[printed] = tuple(map(sys.intern, _TOKEN.findall(printed)))
        return found


class _Steps(dict[str, tuple[int, ...]]):
    """How far it is from each token to the next where one white space follows the last."""

    def __missing__(self, printed: str) -> tuple[int, ...]:
        if len(self) >= _MOST_KEPT:
            self.clear()
        *steps, last = map(len, _SPLIT[printed])
        found = self[printed] = (*steps, last + 1)
        return found


class _Lower(dict[str, str]):
    """Words in small letters."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[word] = sys.intern(word.lower())
        return found


_SPLIT, _STEPS, _LOWER = _Split(), _Steps(), _Lower()


def split_tokens(text: str, start: int) -> tuple[list[str], list[int]]:
    """The tokens of a text that stands at ``start`` of its page and opens with no white space, and where each starts.

    A token never holds white space, so that each run of other characters is split once and kept.

    >>> split_tokens("He said:  no.", 100)
    (['He', 'said', ':', 'no', '.'], [100, 103, 107, 110, 112])
    """
    text = text.rstrip()
    runs = text.split()
    if sum(map(len, runs)) + len(runs) - 1 == len(text):
        words = list(chain.from_iterable(map(_SPLIT.__getitem__, runs)))
        starts = list(accumulate(chain.from_iterable(map(_STEPS.__getitem__, runs)), initial=start))
    else:
        pieces = _PIECE.findall(text)
        words = list(map(sys.intern, map(str.rstrip, pieces)))
        starts = list(accumulate(map(len, pieces), initial=start))
    starts.pop()
    return words, starts


def lowered(words: list[str]) -> list[str]:
    """The words in small letters."""
    return list(map(_LOWER.__getitem__, words))
