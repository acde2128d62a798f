"""Names as they are printed: the capitalised chunks of each sentence, cut into known names, titles and unknown names.

Nothing is decided here that needs the whole article; ``names`` does that over the pieces.
"""

from itertools import compress
from operator import ne
from typing import NamedTuple

from flows.enrich.names_forms import HYPHENS, NO_SENSES, Forms
from flows.enrich.story import Sentence, Story
from flows.reference.names import Gazetteer, Sense, Title, Words

_ABBREVIATED = frozenset({"St", "Mt", "Ft", "Jr", "Sr", "Ste"})
_CLOSING = frozenset('.?!…”"’)')
_SMALL = frozenset(("OF", "THE", "AND", "FOR", "ON", "TO", "AT", "BY", "WITH", "FROM", "AS", "BUT", "OVER", "AFTER"))
_WORTH = frozenset({"name", "demonym", "people", "surname"})  # what a common word that opens a sentence may be


class Piece(NamedTuple):
    """A name as printed: its tokens, what it can mean (``senses``, empty when unknown), and what its form says.

    ``guess`` is ``person``, ``organization``, ``place``, ``short form`` (a common word that can only be a surname) or None; ``title`` the title before it; ``casing`` that of its
    sentence (``normal``, ``title`` or ``upper``); ``opens`` whether it stands where any word would be capitalised.
    """

    first: int
    end: int
    senses: tuple[Sense, ...]
    guess: str | None
    title: Title | None
    title_words: Words
    sentence: int
    casing: str
    opens: bool


def casing_of(story: Story, sentence: Sentence, capitals: list[int]) -> str:
    """How a sentence uses capitals: ``upper`` throughout, ``title`` (nearly every longer word), else ``normal``."""
    if len(capitals) * 3 < sentence.end_token - sentence.first_token:
        return "normal"
    words, lowers = story.words, story.lowers
    long = [i for i in range(sentence.first_token, sentence.end_token) if len(words[i]) > 3 and words[i].isalpha()]
    if len(long) < 3:
        long = [i for i in range(sentence.first_token, sentence.end_token) if words[i].isalpha()]
        if len(long) < 4:
            return "upper" if len(long) > 1 and all(words[i].isupper() for i in long) else "normal"
    raised = [i for i in long if words[i] != lowers[i]]
    if sum(words[i].isupper() for i in raised) >= 0.8 * len(long):
        return "upper"
    if len(raised) < 0.75 * len(long):
        return "normal"
    if sum(words[i][0].isdigit() for i in range(sentence.first_token, sentence.end_token)) > 1:
        return "normal"  # a line of results: "134 Nick Price (Zimbabwe) 68 66"
    heading = sentence.role in ("headline", "subhead", "deck") or words[sentence.end_token - 1] not in _CLOSING
    return "title" if heading else "normal"


def pieces_of(story: Story, gazetteer: Gazetteer) -> list[Piece]:
    """All pieces of a story in order."""
    words = story.words
    capitals = list(compress(range(len(words)), map(ne, words, story.lowers)))
    parser = _Parser(story, gazetteer)
    at = 0
    count = len(capitals)
    sentence_of = story.sentence_of
    while at < count:
        index = sentence_of[capitals[at]]
        sentence = story.sentences[index]
        stop = at
        while stop < count and capitals[stop] < sentence.end_token:
            stop += 1
        here = capitals[at:stop]
        at = stop
        casing = casing_of(story, sentence, here)
        view = words
        if casing == "upper":
            view = words[:]
            for i in here:
                view[i] = _unshout(words[i], gazetteer)
        parser.read(index, casing, view, here)
    return parser.pieces


def _unshout(word: str, gazetteer: Gazetteer) -> str:
    """A word of a sentence in capitals as it would stand elsewhere: names of capitals (NATO, US) are kept."""
    if word in _SMALL:
        return word.lower()
    if "." in word or (word in gazetteer.singles and word.capitalize() not in gazetteer.singles):
        return word
    return word.capitalize()


class _Parser:
    """Reads the sentences of a story into pieces; a class only to keep its many parameters in one place."""

    def __init__(self, story: Story, gazetteer: Gazetteer) -> None:
        self.story = story
        self.gazetteer = gazetteer
        self.forms = Forms(story, gazetteer)
        self.pieces: list[Piece] = []
        self.words = story.words
        self.lowers = story.lowers
        self.particles = gazetteer.cues["particle"]
        self.owners = gazetteer.cues["owner"]
        self.index = 0
        self.casing = "normal"
        self.normal = True
        self.first = 0
        self.end = 0

    def read(self, index: int, casing: str, words: list[str], capitals: list[int]) -> None:
        """Read one sentence: cut it into chunks of capitalised words and read each."""
        sentence = self.story.sentences[index]
        forms = self.forms
        self.index, self.casing, self.normal = index, casing, casing == "normal"
        self.words = forms.words = words
        self.first = forms.first = sentence.first_token
        self.end = forms.end = sentence.end_token
        forms.normal = self.normal
        done = self.first
        at = 0
        count = len(capitals)
        while at < count:
            start = capitals[at]
            if start < done:
                at += 1
                continue
            stop = at + 1
            while stop < count and capitals[stop] - capitals[stop - 1] < 5 and self.joined(capitals[stop - 1], capitals[stop]):
                stop += 1
            done = (self.word(start) if stop == at + 1 else 0) or self.chunk(start, capitals[stop - 1] + 1)
            at = stop

    def word(self, at: int) -> int:
        """Read a chunk of one word where nothing but the word itself need be looked up; 0 when more is to be done."""
        gazetteer = self.gazetteer
        word = self.words[at]
        low = self.lowers[at]
        if word in gazetteer.org_first or word in gazetteer.particles or low in gazetteer.common_phrases or low in gazetteer.title_starts:
            return 0
        senses = gazetteer.singles.get(word, NO_SENSES)
        if word in gazetteer.lengths and self.forms.known(at)[0] > at + 1:
            return 0
        if senses and at + 1 < self.end and self.words[at + 1] in HYPHENS and self.forms.hyphenated(at, at + 1, senses) > at + 1:
            return 0
        if low in gazetteer.common:
            if senses or not self.opening(at):
                return 0
            after = self.lowers[at + 1] if at + 1 < self.end else ""
            if after in gazetteer.cues["saying"] or after in ("’s", "'s"):  # "Young said": if the article knows a Young
                self.pieces.append(Piece(at, at + 1, NO_SENSES, "short form", None, (), self.index, self.casing, True))
            return at + 1
        if (not senses and word.isupper()) or word in self.owners or not word[0].isalpha():
            return 0
        title: Title | None = None
        title_words: Words = ()
        if at > self.first and self.lowers[at - 1] in gazetteer.title_ends_or_stop:
            title, title_words = self.forms.title_before(at)
        guess = "person" if title is not None and title.kind != "role" and not senses else None
        opens = self.opening(at)
        self.pieces.append(Piece(at, at + 1, senses, guess, title, title_words, self.index, self.casing, opens))
        return at + 1

    def joined(self, left: int, right: int) -> bool:
        """Tell whether two capitalised tokens belong to one chunk."""
        gap = right - left
        if gap == 1:
            return True
        if gap > 4:
            return False
        words = self.words
        between = words[left + 1]
        if gap == 2:
            if between in HYPHENS or between in "’'":
                return self.forms.touching(left, right)
            if between == ".":
                return len(words[left]) <= 2 or words[left] in _ABBREVIATED or (self.lowers[left],) in self.gazetteer.titles
            return between == "&" or (between in self.particles and between != "as")  # "on Tuesday as Wall Street"
        if gap == 3:
            if between in self.particles:
                return words[left + 2] in self.particles or (words[left + 2] in HYPHENS and self.forms.touching(left + 1, right))
            return between in HYPHENS and words[left + 2] in self.particles
        return between in HYPHENS and words[left + 2] in self.particles and words[left + 3] in HYPHENS

    def chunk(self, start: int, end: int) -> int:
        """Read the chunk ``start:end``; returns the token after the last one used (a known name may run on)."""
        words, lowers, gazetteer = self.words, self.lowers, self.gazetteer
        opens = self.opening(start)
        title: Title | None = None
        title_words: Words = ()
        if start > self.first and lowers[start - 1] in gazetteer.title_ends_or_stop:
            title, title_words = self.forms.title_before(start)
        at = start
        while at < end:
            word = words[at]
            low = lowers[at]
            if word == low or not word[0].isalpha():
                at += 1
                continue
            if word in ("R", "D", "I") and at + 2 < end and words[at + 1] in HYPHENS:  # R-Texas
                at, opens = at + 2, False
                continue
            skip = self.common_phrase(at) if low in gazetteer.common_phrases else 0
            if skip:
                at, title, opens = skip, None, False
                continue
            stop, senses = self.forms.known(at)
            if stop > at and stop + 1 < end and words[stop] in self.particles and senses[0].entity_id.startswith("person/"):
                stop, senses = self.forms.with_father(at, stop, end, senses)
            before_day = opens and at + 1 < end and low in gazetteer.cues["before weekday"] and words[at + 1] in gazetteer.cues["weekday"]
            if stop <= at + 1 < end and (before_day or self.dated(at, end)):
                at, opens = at + 1, False
                continue
            whole = self.forms.hyphenated(at, stop, senses) if stop < self.end and words[stop] in HYPHENS else stop
            if whole > stop and (whole <= end or words[stop + 1] == lowers[stop + 1]):
                person = senses[0].entity_id.startswith("person/") and (whole - at > 3 or title is not None)
                self.add(at, whole, NO_SENSES, "person" if person else None, title, title_words, opens)
                at, title, title_words, opens = whole, None, (), False
                continue
            if stop >= end and stop > at + 1 and senses[0].how == "name" and low not in gazetteer.title_starts:
                cut = self.before_realm(at, stop, senses)
                self.add(at, cut, senses, None, title, title_words, opens)
                at, title, title_words, opens = cut, None, (), False
                continue
            article = low in ("the", "a", "an", "i") and not (at + 1 < end and words[at + 1] == ".")
            alone = at + 1 == end and word not in gazetteer.org_first and word not in self.owners
            body = at if article or alone else self.forms.body_end(at, end)
            if stop <= at + 1 and body == at and word in gazetteer.cues["direction"] and self.part_of_place(at, end):
                at += 1
                opens = False
                continue
            idle = stop <= at + 1 and body == at and low in gazetteer.common and title is None and (opens or article)
            if idle and not self.worth(at, senses) and self.forms.title_at(at) is None:
                at += 1
                opens = opens and article
                continue
            if body > stop and (stop == at or self.gives_way(senses)):
                split = self.forms.office_of_state(stop) if self.nation(senses) and stop > at else 0
                if split and body <= split:
                    self.add(at, stop, senses, None, None, (), opens)
                    self.add(stop, split, NO_SENSES, "organization", None, (), False)
                    body = split
                else:
                    self.add(at, body, NO_SENSES, "organization", None, (), opens)
                at, title, title_words, opens = body, None, (), False
                continue
            if stop > at:
                if stop < end:
                    found = self.forms.place_end(at, end)
                    if found > stop and self.gives_way(senses):
                        self.add(at, found, NO_SENSES, "place", None, (), opens)
                        at, title, title_words, opens = found, None, (), False
                        continue
                    longer = self.family_first(at, stop, end, senses)
                    if longer == stop:
                        longer = self.forms.person_end(at, end)
                    if longer > stop and self.person_over(stop, longer, senses):
                        longer = self.forms.syllable_end(at, longer)
                        self.add(at, longer, NO_SENSES, "person", title, title_words, opens)
                        at, title, title_words, opens = longer, None, (), False
                        continue
                named = self.forms.title_at(at, opens=opens) if low in gazetteer.title_starts else None
                if named is None or named[0] < stop or any(sense.how == "name" for sense in senses):
                    stop = self.suffix_end(stop, end, senses)
                    first = self.after_title(at, stop, senses)
                    stop = self.before_realm(first, stop, senses)
                    self.add(first, stop, senses, None, title, title_words, opens)
                    at = stop
                    if not self.nation(senses):
                        title, title_words = None, ()
                    opens = False
                    continue
            else:
                named = self.forms.title_at(at, opens=opens) if low in gazetteer.title_starts else None
            if named is not None and word in gazetteer.cues["given title"] and named[0] + 1 == end:
                named = None  # "Earl Tanner", "Dean Martin": more often a given name
            if named is not None:
                if named[0] >= end and at + 1 == named[0] and word in gazetteer.cues["surname title"]:
                    self.pieces.append(Piece(at, at + 1, senses, "short form", None, (), self.index, self.casing, opens))
                at, title, title_words = named
                opens = False
                continue
            found = self.forms.place_end(at, end)
            if found > at and title is None:
                self.add(at, found, NO_SENSES, "place", None, (), opens)
                at, opens = found, False
                continue
            stop = self.forms.unknown_end(at, end)
            guess = None
            if (
                (stop > at + 1 and (word in gazetteer.first_names or self.forms.initial(at)))
                or (title is not None and title.kind != "role" and (low not in gazetteer.common or stop > at + 1))
                or (stop == at + 4 and self.double_surname(at))
            ):
                guess = "person"
            stop = self.forms.syllable_end(at, stop) if guess == "person" else stop
            self.add(at, stop, NO_SENSES, guess, title, title_words, opens)
            at, title, title_words, opens = stop, None, (), False
        return at

    def add(
        self, first: int, end: int, senses: tuple[Sense, ...], guess: str | None, title: Title | None, title_words: Words, opens: bool
    ) -> None:
        """Keep a piece, a lower-case particle before it taken in where a known name has one (al-Assad, de Blasio)."""
        if self.words[first] in self.gazetteer.particles:
            for before in self.gazetteer.particles[self.words[first]]:
                start = first - len(before)
                longer = self.gazetteer.phrases.get(tuple(self.words[start:end])) if start >= self.first else None
                if longer and tuple(self.words[start:first]) == before:
                    first, senses = start, longer
                    break
        self.pieces.append(Piece(first, end, senses, guess, title, title_words, self.index, self.casing, opens))
        if senses and senses[0].entity_id.startswith("gathering/"):  # the body whose summit it is
            for stop in range(end - 1, first, -1):
                inner = self.gazetteer.phrases.get(tuple(self.words[first:stop])) or (
                    stop == first + 1 and self.gazetteer.singles.get(self.words[first])
                )
                if inner and inner[0].how == "name" and inner[0].entity_id.startswith("org/"):
                    self.pieces.append(Piece(first, stop, inner, None, None, (), self.index, self.casing, opens))
                    break

    def dated(self, at: int, end: int) -> bool:
        """Tell whether a weekday or month only says when ("On Friday Biden met", "By January Rubio"), and opens no longer name.

        A name of its own ("Sunday Times Group", "June Carter") is one by its form, or by a month's lack of a word that dates it.
        """
        cues, word = self.gazetteer.cues, self.words[at]
        before = self.lowers[at - 1] if at > self.first else ""
        if word in cues["weekday"]:
            fits = before in cues["before weekday"] or at == self.first
        elif word in cues["month"] or word in cues["month only"]:
            given = word in self.gazetteer.first_names
            fits = before[:1].isdigit() or before in cues["dates month"] or (not given and before in cues["before month"])
        else:
            return False
        return fits and self.forms.body_end(at, end) in (at, self.forms.body_end(at + 1, end))

    def double_surname(self, at: int) -> bool:
        """Tell whether the four tokens from ``at`` are a name with two surnames, one of them known: "Agnes Weiss-Thatcher"."""
        words, gazetteer = self.words, self.gazetteer
        if words[at + 2] not in HYPHENS or any(self.lowers[i] in gazetteer.common for i in (at, at + 1, at + 3)):
            return False
        return any(sense.how in ("surname", "weak surname") for i in (at + 1, at + 3) for sense in gazetteer.singles.get(words[i], ()))

    def opening(self, start: int) -> bool:
        """Tell whether any word would be capitalised at ``start``: at the sentence's head, after a colon or an opening quote."""
        if start == self.first:
            return True
        before = self.words[start - 1]
        return before in '“"‘:•—' or (start - 1 == self.first and not before.isalnum())

    def worth(self, at: int, senses: tuple[Sense, ...]) -> bool:
        """Tell whether a common word that opens a sentence may be a name: a safe one, or a surname with a verb of speech after it."""
        if any(sense.how in _WORTH for sense in senses):
            return True
        weak = any(sense.how == "weak surname" for sense in senses)
        after = self.lowers[at + 1] if at + 1 < self.end else ""
        return weak and (
            after in ("’s", "'s") or after.endswith("ed") or after in self.gazetteer.cues["saying"] or after in self.gazetteer.cues["act"]
        )

    def part_of_place(self, at: int, end: int) -> bool:
        """Tell whether "Northern" or "Greater" only says which part of a known place is meant, and opens no name of a town."""
        if at + 1 >= end:
            return False
        stop, senses = self.forms.known(at + 1)
        if not any(sense.how in ("name", "weak name", "place", "city", "capital") for sense in senses):
            return False
        return stop >= end and self.story.text(at, stop) not in self.gazetteer.towns

    def common_phrase(self, at: int) -> int:
        """End of a phrase that is no name ("World War II", "Oval Office"); 0 when there is none."""
        for phrase in self.gazetteer.common_phrases.get(self.lowers[at], ()):
            if tuple(self.lowers[at : at + len(phrase)]) == phrase:
                return at + len(phrase)
        return 0

    def gives_way(self, senses: tuple[Sense, ...]) -> bool:
        """Tell whether a known name may be part of a longer unknown one ("Chicago Police Department")."""
        return all(sense.how != "name" or sense.entity_id.startswith(("country/", "person/")) for sense in senses)

    def nation(self, senses: tuple[Sense, ...]) -> bool:
        return bool(senses) and senses[0].entity_id.startswith("country/")

    def suffix_end(self, stop: int, end: int, senses: tuple[Sense, ...]) -> int:
        """The end of a known name with Jr or III after a person's, Inc or Corp after a body's."""
        if stop >= end or senses[0].how != "name":
            return stop
        word = self.words[stop]
        if senses[0].entity_id.startswith("org/"):  # Westpac Banking Corp
            for at in range(stop + 1, min(stop + 3, end)):
                if self.words[at] in self.gazetteer.org_suffix and self.words[at] != "&" and self.words[at - 1][0].isupper():
                    return at + 2 if at + 1 < self.end and self.words[at + 1] == "." and len(self.words[at]) < 6 else at + 1
        if word in self.gazetteer.cues["generation"] and senses[0].entity_id.startswith("person/"):
            return stop + 1
        if word in self.gazetteer.org_suffix and word != "&" and senses[0].entity_id.startswith("org/"):
            if stop + 1 < end and self.words[stop + 1] in self.gazetteer.org_suffix and self.words[stop + 1] != "&":
                return stop + 2  # British Petroleum Co Plc
            dotted = stop + 2 < self.end and self.words[stop + 1] == "." and len(word) < 6
            return stop + 2 if dotted else stop + 1
        return stop

    def after_title(self, at: int, stop: int, senses: tuple[Sense, ...]) -> int:
        """The first token of a known person's name without its title ("Pope Francis", "King Hussein")."""
        if senses[0].entity_id.startswith("person/") and self.lowers[at] in self.gazetteer.title_starts:
            named = self.forms.title_at(at)
            if named is not None and named[0] < stop:
                return named[0]
        return at

    def before_realm(self, at: int, stop: int, senses: tuple[Sense, ...]) -> int:
        """The end of a known monarch's name without the country ("Hussein of Jordan")."""
        if stop - at > 2 and senses[0].entity_id.startswith("person/") and self.lowers[at + 1] == "of":
            return at + 1
        return stop

    def family_first(self, at: int, stop: int, end: int, senses: tuple[Sense, ...]) -> int:
        """End of an unknown person's name that opens with a known family name ("Tang Shubei"); ``stop`` where it is none."""
        gazetteer, word = self.gazetteer, self.words[stop]
        if stop != at + 1 or any(sense.how not in ("surname", "weak surname") for sense in senses) or not self.normal:
            return stop
        fits = word.isalpha() and word[1:].islower() and word not in gazetteer.singles and self.lowers[stop] not in gazetteer.common
        fits = fits and word not in gazetteer.org_last and word not in gazetteer.org_suffix and word not in gazetteer.place_last
        return stop + 1 if fits and (stop + 1 == end or self.words[stop + 1] == self.lowers[stop + 1]) else stop

    def person_over(self, stop: int, longer: int, senses: tuple[Sense, ...]) -> bool:
        """Tell whether a place's or weak name is the first part of a person's name ("Sydney Sweeney", "Jordan Peele")."""
        if any(sense.how == "name" or sense.how in ("demonym", "people") for sense in senses):
            return False
        return self.lowers[stop] not in self.gazetteer.common and self.words[longer - 1] not in self.gazetteer.place_last
