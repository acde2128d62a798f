"""Names as they are printed: the capitalised chunks of each sentence, cut into known names, titles and unknown names.

Nothing is decided here that needs the whole article; ``names`` does that over the pieces.
"""

from itertools import compress
from operator import ne
from typing import NamedTuple

from flows.enrich.story import Sentence, Story
from flows.reference.names import Gazetteer, Sense, Title, Words

_HYPHENS = frozenset("-–‐‑")
_ABBREVIATED = frozenset({"St", "Mt", "Ft", "Jr", "Sr", "Ste"})
_CLOSING = frozenset(".?!…”\"’)")
_WORTH = frozenset({"name", "demonym", "people", "surname"})  # what a common word that opens a sentence may be
_NO_SENSES: tuple[Sense, ...] = ()


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
    heading = sentence.role in ("headline", "subhead", "deck") or words[sentence.end_token - 1] not in _CLOSING
    return "title" if heading else "normal"


def pieces_of(story: Story, gazetteer: Gazetteer) -> list[Piece]:
    """All pieces of a story in order."""
    words = story.words
    capitals = list(compress(range(len(words)), map(ne, words, story.lowers)))
    pieces: list[Piece] = []
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
        _Parser(story, gazetteer, view, index, casing, pieces).run(here)
    return pieces


def _unshout(word: str, gazetteer: Gazetteer) -> str:
    """A word of a sentence in capitals as it would stand elsewhere: names of capitals (NATO, US) are kept."""
    if "." in word or (word in gazetteer.singles and word.capitalize() not in gazetteer.singles):
        return word
    return word.capitalize()


class _Parser:
    """Reads one sentence; a class only to keep its many parameters in one place."""

    def __init__(self, story: Story, gazetteer: Gazetteer, words: list[str], index: int, casing: str, pieces: list[Piece]) -> None:
        self.story = story
        self.gazetteer = gazetteer
        self.words = words
        self.lowers = story.lowers
        self.index = index
        self.casing = casing
        self.normal = casing == "normal"
        self.pieces = pieces
        sentence = story.sentences[index]
        self.first = sentence.first_token
        self.end = sentence.end_token
        self.particles = gazetteer.cues["particle"]

    def run(self, capitals: list[int]) -> None:
        """Cut the sentence into chunks of capitalised words and read each."""
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
        senses = gazetteer.singles.get(word, _NO_SENSES)
        if word in gazetteer.lengths and self.known(at)[0] > at + 1:
            return 0
        if low in gazetteer.common:
            if senses or not self.opening(at):
                return 0
            if at + 1 < self.end and self.lowers[at + 1] in gazetteer.cues["saying"]:  # "Young said": if the article knows a Young
                self.pieces.append(Piece(at, at + 1, _NO_SENSES, "short form", None, (), self.index, self.casing, True))
            return at + 1
        if (not senses and word.isupper()) or word in gazetteer.cues["owner"] or not word[0].isalpha():
            return 0
        title: Title | None = None
        title_words: Words = ()
        if at > self.first and self.lowers[at - 1] in gazetteer.title_ends_or_stop:
            title, title_words = self.title_before(at)
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
            if between in _HYPHENS or between in "’'":
                return self.touching(left, right)
            if between == ".":
                return len(words[left]) <= 2 or words[left] in _ABBREVIATED or (self.lowers[left],) in self.gazetteer.titles
            return between == "&" or between in self.particles
        if gap == 3:
            if between in self.particles:
                return words[left + 2] in self.particles or (words[left + 2] in _HYPHENS and self.touching(left + 1, right))
            return between in _HYPHENS and words[left + 2] in self.particles
        return between in _HYPHENS and words[left + 2] in self.particles and words[left + 3] in _HYPHENS

    def touching(self, left: int, right: int) -> bool:
        """Tell whether no white space stands between two tokens."""
        story = self.story
        return story.starts[right] - story.ends[left] == sum(len(story.words[i]) for i in range(left + 1, right))

    # ------------------------------------------------------------ chunks

    def chunk(self, start: int, end: int) -> int:
        """Read the chunk ``start:end``; returns the token after the last one used (a known name may run on)."""
        words, lowers, gazetteer = self.words, self.lowers, self.gazetteer
        opens = self.opening(start)
        title: Title | None = None
        title_words: Words = ()
        if start > self.first and lowers[start - 1] in gazetteer.title_ends_or_stop:
            title, title_words = self.title_before(start)
        at = start
        while at < end:
            word = words[at]
            low = lowers[at]
            if word == low or not word[0].isalpha():
                at += 1
                continue
            skip = self.common_phrase(at) if low in gazetteer.common_phrases else 0
            if skip:
                at, title, opens = skip, None, False
                continue
            stop, senses = self.known(at)
            article = low in ("the", "a", "an", "i")
            body = at if article else self.body_end(at, end)
            if stop <= at + 1 and body == at and word in gazetteer.cues["direction"] and self.part_of_place(at, end):
                at += 1
                opens = False
                continue
            idle = stop <= at + 1 and body == at and low in gazetteer.common and title is None and (opens or article)
            if idle and not self.worth(at, senses) and self.title_at(at) is None:
                at += 1
                opens = opens and article
                continue
            if body > stop and (stop == at or self.gives_way(senses)):
                split = self.office_of_state(stop) if self.nation(senses) and stop > at else 0
                if split and body <= split:
                    self.add(at, stop, senses, None, None, (), opens)
                    self.add(stop, split, _NO_SENSES, "organization", None, (), False)
                    body = split
                else:
                    self.add(at, body, _NO_SENSES, "organization", None, (), opens)
                at, title, title_words, opens = body, None, (), False
                continue
            if stop > at:
                found = self.place_end(at, end)
                if found > stop and self.gives_way(senses):
                    self.add(at, found, _NO_SENSES, "place", None, (), opens)
                    at, title, title_words, opens = found, None, (), False
                    continue
                longer = self.person_end(at, end)
                if longer > stop and self.person_over(stop, longer, senses):
                    self.add(at, longer, _NO_SENSES, "person", title, title_words, opens)
                    at, title, title_words, opens = longer, None, (), False
                    continue
                named = self.title_at(at, opens=opens)
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
                named = self.title_at(at, opens=opens)
            if named is not None and word in gazetteer.cues["given title"] and named[0] + 1 == end:
                named = None  # "Earl Tanner", "Dean Martin": more often a given name
            if named is not None:
                at, title, title_words = named
                opens = False
                continue
            found = self.place_end(at, end)
            if found > at and title is None:
                self.add(at, found, _NO_SENSES, "place", None, (), opens)
                at, opens = found, False
                continue
            stop = self.unknown_end(at, end)
            guess = None
            if (stop > at + 1 and (word in gazetteer.first_names or self.initial(at))) or (title is not None and title.kind != "role" and (low not in gazetteer.common or stop > at + 1)):
                guess = "person"
            self.add(at, stop, _NO_SENSES, guess, title, title_words, opens)
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
                inner = self.gazetteer.phrases.get(tuple(self.words[first:stop])) or (stop == first + 1 and self.gazetteer.singles.get(self.words[first]))
                if inner and inner[0].how == "name" and inner[0].entity_id.startswith("org/"):
                    self.pieces.append(Piece(first, stop, inner, None, None, (), self.index, self.casing, opens))
                    break

    def opening(self, start: int) -> bool:
        """Tell whether any word would be capitalised at ``start``: at the sentence's head, after a colon or an opening quote."""
        if start == self.first:
            return True
        before = self.words[start - 1]
        return before in "“\"‘:•—" or (start - 1 == self.first and not before.isalnum())

    def known(self, at: int) -> tuple[int, tuple[Sense, ...]]:
        """The longest known name that begins at ``at``: its end (``at`` when there is none) and its senses."""
        words, gazetteer = self.words, self.gazetteer
        word = words[at]
        for length in gazetteer.lengths.get(word, ()):
            if at + length <= self.end:
                senses = gazetteer.phrases.get(tuple(words[at : at + length]))
                if senses:
                    return at + length, senses
        senses = gazetteer.singles.get(word)
        if self.normal and word.isupper() and len(word) > 2:
            raised = word.capitalize()
            for length in gazetteer.lengths.get(raised, ()):  # "NEW YORK (AP)"
                if at + length <= self.end and words[at + 1].isupper():
                    longer = gazetteer.phrases.get(tuple(each.capitalize() for each in words[at : at + length]))
                    if longer:
                        return at + length, longer
            if senses is None and len(word) > 3:
                senses = gazetteer.singles.get(raised)
        return (at + 1, senses) if senses else (at, _NO_SENSES)

    def worth(self, at: int, senses: tuple[Sense, ...]) -> bool:
        """Tell whether a common word that opens a sentence may be a name: a safe one, or a surname with a verb of speech after it."""
        if any(sense.how in _WORTH for sense in senses):
            return True
        weak = any(sense.how == "weak surname" for sense in senses)
        after = self.lowers[at + 1] if at + 1 < self.end else ""
        return weak and (after in ("’s", "'s") or after.endswith("ed") or after in self.gazetteer.cues["saying"] or after in self.gazetteer.cues["act"])

    def part_of_place(self, at: int, end: int) -> bool:
        """Tell whether "Northern" or "Greater" only says which part of a known place is meant, and opens no name of a town."""
        if at + 1 >= end:
            return False
        stop, senses = self.known(at + 1)
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

    def office_of_state(self, at: int) -> int:
        """End of a ministry or other office of state that is named at ``at`` by its function; 0 when there is none."""
        for length in (5, 4, 3, 2):
            if at + length <= self.end and tuple(self.lowers[at : at + length]) in self.gazetteer.function_words:
                return at + length
        return 0

    def suffix_end(self, stop: int, end: int, senses: tuple[Sense, ...]) -> int:
        """The end of a known name with Jr or III after a person's, Inc or Corp after a body's."""
        if stop >= end or senses[0].how != "name":
            return stop
        word = self.words[stop]
        if word in self.gazetteer.cues["generation"] and senses[0].entity_id.startswith("person/"):
            return stop + 1
        if word in self.gazetteer.org_suffix and word != "&" and senses[0].entity_id.startswith("org/"):
            dotted = stop + 2 < self.end and self.words[stop + 1] == "." and len(word) < 6
            return stop + 2 if dotted else stop + 1
        return stop

    def after_title(self, at: int, stop: int, senses: tuple[Sense, ...]) -> int:
        """The first token of a known person's name without its title ("Pope Francis", "King Hussein")."""
        if senses[0].entity_id.startswith("person/") and self.lowers[at] in self.gazetteer.title_starts:
            named = self.title_at(at)
            if named is not None and named[0] < stop:
                return named[0]
        return at

    def before_realm(self, at: int, stop: int, senses: tuple[Sense, ...]) -> int:
        """The end of a known monarch's name without the country ("Hussein of Jordan")."""
        if stop - at > 2 and senses[0].entity_id.startswith("person/") and self.lowers[at + 1] == "of":
            return at + 1
        return stop

    # ------------------------------------------------------------ titles

    def title_at(self, at: int, *, opens: bool = False) -> tuple[int, Title, Words] | None:
        """The longest title that begins at ``at``: the token after it (and its full stop), the title, its words.

        Trades and roles ("Analyst") are titles only where any word is capitalised.
        """
        gazetteer, lowers = self.gazetteer, self.lowers
        for length in gazetteer.title_lengths.get(lowers[at], ()):
            phrase = tuple(lowers[at : at + length])
            title = gazetteer.titles.get(phrase)
            if title is None or at + length > self.end or (title.kind == "role" and self.normal and not opens):
                continue
            after = at + length
            if after < self.end and self.words[after] == "." and len(phrase[-1]) < 6:
                after += 1
            return after, title, phrase
        return None

    def title_before(self, start: int) -> tuple[Title | None, Words]:
        """The title in lower case that stands right before ``start`` ("spokesman Dmitry Peskov")."""
        lowers, gazetteer = self.lowers, self.gazetteer
        stop = start
        if stop - 1 > self.first and lowers[stop - 1] == ".":
            stop -= 1
        if stop > self.first and lowers[stop - 1] in gazetteer.title_ends:
            for length in (4, 3, 2, 1):
                if stop - length >= self.first:
                    phrase = tuple(lowers[stop - length : stop])
                    title = gazetteer.titles.get(phrase)
                    if title is not None:
                        return title, phrase
        return None, ()

    # ------------------------------------------------------------ forms

    def initial(self, at: int) -> bool:
        return len(self.words[at]) == 1 and at + 1 < self.end and self.words[at + 1] == "."

    def person_end(self, at: int, end: int) -> int:
        """End of a person's name that begins with a given name or initials at ``at``; ``at`` when there is none."""
        words, gazetteer = self.words, self.gazetteer
        if words[at] not in gazetteer.first_names and not self.initial(at):
            return at
        stop = self.unknown_end(at, end)
        return stop if stop - at > 1 and words[stop - 1] not in gazetteer.org_last else at

    def person_over(self, stop: int, longer: int, senses: tuple[Sense, ...]) -> bool:
        """Tell whether a place's or weak name is the first part of a person's name ("Sydney Sweeney", "Jordan Peele")."""
        if any(sense.how == "name" or sense.how in ("demonym", "people") for sense in senses):
            return False
        return self.lowers[stop] not in self.gazetteer.common and self.words[longer - 1] not in self.gazetteer.place_last

    def unknown_end(self, at: int, end: int) -> int:
        """End of a run of words that can be one unknown name."""
        words, lowers, gazetteer = self.words, self.lowers, self.gazetteer
        stop = at + 1
        if not self.normal:
            given = words[at] in gazetteer.first_names and stop < end and lowers[stop] not in gazetteer.common and words[stop].isalpha()
            return stop + 1 if given else stop
        while stop < end:
            word = words[stop]
            if word == lowers[stop]:
                if word in _HYPHENS and not self.touching(stop - 1, stop + 1):
                    break
                stop += 1
                continue
            known_stop, senses = self.known(stop)
            if senses:
                how = senses[0].how
                if how in ("demonym", "people") or (known_stop - stop > 1 and how == "name"):
                    break
                if how == "name" and senses[0].entity_id.startswith("country/"):
                    break
            if lowers[stop] in gazetteer.title_starts:
                named = self.title_at(stop)
                if named is not None and named[0] < end and named[1].kind != "role" and words[named[0]] != lowers[named[0]]:
                    break
            stop += 1
        while stop > at + 1 and words[stop - 1] == lowers[stop - 1]:
            stop -= 1
        return stop

    def body_end(self, at: int, end: int) -> int:
        """End of an organisation's name that begins at ``at`` by its form; ``at`` when there is none."""
        if not self.normal:
            return at
        words, lowers, gazetteer = self.words, self.lowers, self.gazetteer
        if words[at] in gazetteer.org_first and at + 2 < self.end and lowers[at + 1] in ("of", "for"):
            stop = self.chain_end(at)
            if stop:
                return stop
        last = at
        owner = gazetteer.cues["owner"]
        for i in range(at, end):
            if words[i] in owner and i + 2 < self.end and words[i + 1] in ("’s", "'s") and words[i + 2] in gazetteer.org_last:
                return i + 3
        for i in range(at + 1, end):
            word = words[i]
            if word in gazetteer.org_suffix or (word in gazetteer.org_last and self.heads(at, i)):
                last = i + 1
        if last == at:
            return at
        named = self.title_at(at) if lowers[at] in gazetteer.title_starts else None
        if named is not None and named[0] < last - 1 and words[last - 1] not in gazetteer.org_suffix:
            return at
        for i in range(at + 1, last - 1):
            if lowers[i] in gazetteer.title_starts and words[i] not in gazetteer.org_last and self.title_at(i) is not None:
                return at
        if words[last - 1] in gazetteer.org_suffix:
            return last + 1 if last + 1 < self.end and words[last] == "." and len(words[last - 1]) < 6 else last
        if last + 1 < self.end and lowers[last] in ("of", "for", "on"):
            return self.chain_end(last - 1) or last
        return last

    def heads(self, at: int, i: int) -> bool:
        """Tell whether the word at ``i`` can head a name that begins at ``at``: a team's word only after a town's name."""
        gazetteer = self.gazetteer
        if gazetteer.org_last[self.words[i]] != "team":
            return True
        senses = gazetteer.singles.get(self.words[at]) if i == at + 1 else gazetteer.phrases.get(tuple(self.words[at:i]))
        return any(sense.how in ("city", "place", "capital") for sense in senses or ())

    def chain_end(self, at: int) -> int:
        """End of "Ministry of X and Y", "Center for X", "Committee on the X of Y" whose head is at ``at``; 0 when nothing follows."""
        words, lowers, gazetteer = self.words, self.lowers, self.gazetteer
        stop = at + 1
        while stop < self.end:
            low = lowers[stop]
            ahead = stop + 1
            if low in ("of", "for", "on", "and", "&"):
                if low in ("of", "for") and ahead < self.end and lowers[ahead] == "the":
                    ahead += 1
                if ahead >= self.end or words[ahead] == lowers[ahead]:
                    break
                if low in ("and", "&") and (words[stop - 1] in gazetteer.singles or words[ahead] in gazetteer.singles or stop == at + 1):
                    break
                if low == "on" and stop > at + 1:
                    break
                if low == "on" and (lowers[ahead] in gazetteer.common or words[ahead] in gazetteer.singles):
                    break
                stop = ahead + 1
            elif words[stop] != low and stop > at + 1:
                if lowers[stop] in gazetteer.title_starts and self.title_at(stop) and words[stop] not in gazetteer.org_last:
                    break
                stop += 1
            else:
                break
        return stop if stop > at + 1 else 0

    def place_end(self, at: int, end: int) -> int:
        """End of a place's name that begins at ``at`` by its form (X River, Lake X, Fort X); ``at`` when there is none."""
        if not self.normal:
            return at
        words, lowers, gazetteer = self.words, self.lowers, self.gazetteer
        stop = at + 1
        while stop < end and stop - at < 4 and (words[stop] != lowers[stop] or words[stop] in _HYPHENS or words[stop] == "."):
            if words[stop] in gazetteer.place_last and words[stop] not in gazetteer.org_last:
                after = stop + 1
                return after + 1 if after + 1 < self.end and words[after] == "." and len(words[stop]) < 5 else after
            stop += 1
        if gazetteer.place_first.get(words[at]) in ("water", "land", "site") and at + 1 < end:
            stop = at + 2 if words[at + 1] == "." and at + 2 < end else at + 1
            if words[stop] != lowers[stop] and lowers[stop] not in gazetteer.common:
                return stop + 1
        return at
