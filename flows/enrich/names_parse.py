"""Names as they are printed: the capitalised chunks of each sentence, cut into known names, titles and unknown names.

Nothing is decided here that needs the whole article; that is ``names``'s second pass over the pieces.
"""

from typing import NamedTuple

from flows.enrich.story import Sentence, Story
from flows.reference.names import Gazetteer, Sense, Title, Words

PARTICLES = frozenset("al el ul ur as ash bin ben ibn bint abu de da do dos das del della di du la le van von der den ter ten zu y e".split())
_HYPHENS = frozenset("-–‐‑")
_NUMERALS = frozenset("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XX XXI XXIII".split())
_GENERATIONS = frozenset("Jr Sr II III IV".split())
_NO_SENSES: tuple[Sense, ...] = ()


class Piece(NamedTuple):
    """A name as printed: its tokens, what it can mean (``senses``, empty when unknown), and what its form says.

    ``guess`` is ``person``, ``organization``, ``place`` or None; ``title`` the title before it; ``casing`` that of its
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
    return "title" if len(raised) >= 0.75 * len(long) and (sentence.role in ("headline", "subhead", "deck") or len(long) > 3) else "normal"


def pieces_of(story: Story, gazetteer: Gazetteer) -> list[Piece]:
    """All pieces of a story in order."""
    words, lowers = story.words, story.lowers
    capitals = [i for i, (word, low) in enumerate(zip(words, lowers, strict=True)) if word != low]
    pieces: list[Piece] = []
    if not capitals:
        return pieces
    at = 0
    count = len(capitals)
    sentence_of = story.sentence_of
    while at < count:
        index = sentence_of[capitals[at]]
        sentence = story.sentences[index]
        stop = at
        end = sentence.end_token
        while stop < count and capitals[stop] < end:
            stop += 1
        here = capitals[at:stop]
        at = stop
        casing = casing_of(story, sentence, here)
        view = words
        if casing == "upper":
            view = words[:]
            for i in here:
                if len(words[i]) > 3 or words[i] not in gazetteer.singles:
                    view[i] = _unshout(words[i], gazetteer)
        _Parser(story, gazetteer, view, index, casing, pieces).run(here)
    return pieces


def _unshout(word: str, gazetteer: Gazetteer) -> str:
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
        self.pieces = pieces
        sentence = story.sentences[index]
        self.first = sentence.first_token
        self.end = sentence.end_token

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
            while stop < count and self.joined(capitals[stop - 1], capitals[stop]):
                stop += 1
            done = self.chunk(start, capitals[stop - 1] + 1)
            at = stop

    def joined(self, left: int, right: int) -> bool:
        """Tell whether two capitalised tokens belong to one chunk."""
        gap = right - left
        if gap == 1:
            return True
        words = self.words
        between = words[left + 1]
        if gap == 2:
            if between in _HYPHENS or between in "’'":
                return self.touching(left, right)
            if between == ".":
                return len(words[left]) <= 2 or (self.lowers[left],) in self.gazetteer.titles or words[left] in ("St", "Mt", "Ft", "Jr", "Sr", "Ste")
            return between == "&" or between in PARTICLES
        if gap == 3:
            if between in PARTICLES:
                return words[left + 2] in PARTICLES or (words[left + 2] in _HYPHENS and self.touching(left + 1, right))
            return between in _HYPHENS and words[left + 2] in PARTICLES
        return gap == 4 and between in _HYPHENS and words[left + 2] in PARTICLES and words[left + 3] in _HYPHENS

    def touching(self, left: int, right: int) -> bool:
        story = self.story
        return story.starts[right] - story.ends[left] == sum(len(story.words[i]) for i in range(left + 1, right))

    # ------------------------------------------------------------ chunks

    def chunk(self, start: int, end: int) -> int:
        """Read the chunk ``start:end``; returns the token after the last one used (a known name may run on)."""
        words, lowers, gazetteer = self.words, self.lowers, self.gazetteer
        opens = self.opening(start)
        title, title_words = self.title_before(start)
        at = start
        while at < end:
            word = words[at]
            low = lowers[at]
            if word == low or not (word[0].isalpha()):
                at += 1
                continue
            skip = self.common_phrase(at)
            if skip:
                at, title, opens = skip, None, False
                continue
            stop, senses = self.known(at)
            if opens and not title and stop <= at + 1 and low in gazetteer.common and not self.worth(at, senses):
                named = self.title_at(at)
                if named is None:
                    at += 1
                    opens = False
                    continue
            body = self.body_end(at, end)
            if body > stop and (stop == at or self.gives_way(senses)):
                split = self.after_nation(at, stop, senses)
                if split is None or body <= split:
                    if split is not None and split > stop:
                        self.add(at, stop, senses, None, None, (), opens)
                        at = stop
                        self.add(at, split, _NO_SENSES, "organization", None, (), False)
                        at, title, opens = split, None, False
                        continue
                    self.add(at, body, _NO_SENSES, "organization", title, title_words, opens)
                    at, title, opens = body, None, False
                    continue
            if stop > at:
                found = self.place_end(at, end)
                if found > stop and self.gives_way(senses):
                    self.add(at, found, _NO_SENSES, "place", None, (), opens)
                    at, title, opens = found, None, False
                    continue
                longer = self.person_end(at, end)
                if longer > stop and self.person_over(at, stop, longer, senses, title):
                    self.add(at, longer, _NO_SENSES, "person", title, title_words, opens)
                    at, title, opens = longer, None, False
                    continue
                if not (stop == at + 1 and self.title_at(at)):
                    stop = self.generation(stop, end, senses)
                    self.add(at, stop, senses, None, title, title_words, opens)
                    at = max(at + 1, stop)
                    if not self.nation(senses):
                        title, title_words = None, ()
                    opens = False
                    continue
            named = self.title_at(at)
            if named is not None:
                after, title, title_words = named
                at = after
                opens = False
                continue
            found = self.place_end(at, end)
            if found > at and not title:
                self.add(at, found, _NO_SENSES, "place", None, (), opens)
                at, opens = found, False
                continue
            stop = self.unknown_end(at, end)
            guess = None
            if title is not None and title.kind != "role":
                guess = "person"
            elif stop > at + 1 and (word in gazetteer.first_names or self.initial(at)):
                guess = "person"
            self.add(at, stop, _NO_SENSES, guess, title, title_words, opens)
            at, title, title_words, opens = stop, None, (), False
        return at

    def add(self, first: int, end: int, senses: tuple[Sense, ...], guess: str | None, title: Title | None, title_words: Words, opens: bool) -> None:
        self.pieces.append(Piece(first, end, senses, guess, title, title_words, self.index, self.casing, opens))

    def opening(self, start: int) -> bool:
        """Tell whether any word would be capitalised at ``start``: at the sentence's head, after a colon or an opening quote."""
        if start == self.first:
            return True
        before = self.words[start - 1]
        return before in "“\"‘'(—:•*-–…" and (start - 1 == self.first or before in "“\"‘:•—")

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
        if senses is None and self.casing == "normal" and len(word) > 4 and word.isupper():
            senses = gazetteer.singles.get(word.capitalize())
        return (at + 1, senses) if senses else (at, _NO_SENSES)

    def worth(self, at: int, senses: tuple[Sense, ...]) -> bool:
        """Tell whether a common word that opens a sentence may still be a name."""
        return any(sense.how in ("name", "demonym", "people", "surname") for sense in senses)

    def common_phrase(self, at: int) -> int:
        for phrase in self.gazetteer.common_phrases.get(self.lowers[at], ()):
            if tuple(self.lowers[at : at + len(phrase)]) == phrase:
                return at + len(phrase)
        return 0

    def gives_way(self, senses: tuple[Sense, ...]) -> bool:
        """Tell whether a known name may be part of a longer unknown one ("Chicago Police Department")."""
        return all(sense.how not in ("name", "function") or sense.entity_id.startswith(("country/", "person/")) for sense in senses)

    def nation(self, senses: tuple[Sense, ...]) -> bool:
        return bool(senses) and senses[0].entity_id.startswith("country/")

    def after_nation(self, at: int, stop: int, senses: tuple[Sense, ...]) -> int | None:
        """End of a ministry or other office of state named right after a nation ("Russian Defence Ministry")."""
        if stop == at or not self.nation(senses):
            return None
        for length in (5, 4, 3, 2):
            if tuple(self.lowers[stop : stop + length]) in self.gazetteer.function_words and stop + length <= self.end:
                return stop + length
        return None

    def generation(self, stop: int, end: int, senses: tuple[Sense, ...]) -> int:
        if stop < end and self.words[stop] in _GENERATIONS and senses and senses[0].entity_id.startswith("person/"):
            return stop + 1
        return stop

    # ------------------------------------------------------------ titles

    def title_at(self, at: int) -> tuple[int, Title, Words] | None:
        """The longest title that begins at ``at``: the token after it (and its full stop), the title, its words."""
        gazetteer, lowers = self.gazetteer, self.lowers
        for length in gazetteer.title_lengths.get(lowers[at], ()):
            phrase = tuple(lowers[at : at + length])
            title = gazetteer.titles.get(phrase)
            if title is None or at + length > self.end:
                continue
            after = at + length
            if after < self.end and self.words[after] == "." and len(phrase[-1]) < 6:
                after += 1
            return after, title, phrase
        return None

    def title_before(self, start: int) -> tuple[Title | None, Words]:
        """The title in lower case that stands right before ``start`` ("spokesman Dmitry Peskov")."""
        lowers, titles = self.lowers, self.gazetteer.titles
        stop = start
        if stop - 1 > self.first and lowers[stop - 1] == ".":
            stop -= 1
        for length in (4, 3, 2, 1):
            if stop - length >= self.first:
                phrase = tuple(lowers[stop - length : stop])
                title = titles.get(phrase)
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

    def person_over(self, at: int, stop: int, longer: int, senses: tuple[Sense, ...], title: Title | None) -> bool:
        """Tell whether a place's or weak name is the first part of a person's name ("Sydney Sweeney", "Jordan Peele")."""
        if any(sense.how == "name" and not sense.entity_id.startswith("country/") for sense in senses):
            return False
        if any(sense.entity_id.startswith("country/") and sense.how in ("name", "demonym", "people") for sense in senses):
            return False
        word = self.words[longer - 1]
        return self.lowers[stop] not in self.gazetteer.common and word not in self.gazetteer.place_last

    def unknown_end(self, at: int, end: int) -> int:
        """End of a run of words that can be one unknown name."""
        words, lowers, gazetteer = self.words, self.lowers, self.gazetteer
        stop = at + 1
        if self.casing != "normal":
            named = words[at] in gazetteer.first_names and stop < end and lowers[stop] not in gazetteer.common and words[stop].isalpha()
            return stop + 1 if named else stop
        while stop < end:
            word = words[stop]
            if word == lowers[stop]:
                if word in _HYPHENS and not self.touching(stop - 1, stop + 1):
                    break
                stop += 1
                continue
            if word in _NUMERALS and stop > at + 1:
                stop += 1
                continue
            known_stop, senses = self.known(stop)
            if senses and senses[0].how in ("demonym", "people") and stop > at:
                break
            if senses and senses[0].entity_id.startswith("country/") and stop - at > 1:
                break
            if stop - at >= 2 and known_stop - stop >= 2:
                break
            stop += 1
        while stop > at + 1 and words[stop - 1] == lowers[stop - 1]:
            stop -= 1
        return stop

    def body_end(self, at: int, end: int) -> int:
        """End of an organisation's name that begins at ``at`` by its form; ``at`` when there is none."""
        words, gazetteer = self.words, self.gazetteer
        if self.casing != "normal":
            return at
        if words[at] in gazetteer.org_first and at + 2 < self.end and self.lowers[at + 1] in ("of", "for"):
            stop = self.chain_end(at)
            if stop > at:
                return stop
        last = at
        for i in range(at + 1, end):
            word = words[i]
            if (word in gazetteer.org_last or word in gazetteer.org_suffix) and self.words[i] != self.lowers[i]:
                last = i + 1
        if last == at:
            return at
        named = self.title_at(at)
        if named is not None and named[0] < last:
            return at
        if any(self.title_at(i) is not None and words[i] not in gazetteer.org_last and words[i] not in gazetteer.org_first for i in range(at, last)):
            return at
        if words[last - 1] in gazetteer.org_suffix and last < self.end and words[last] == "." and len(words[last - 1]) < 6:
            return last + 1 if last + 1 < self.end and self.words[last + 1] != "”" else last
        if last < end and last + 2 < self.end and self.lowers[last] in ("of", "for"):
            return last
        if last + 1 < self.end and self.lowers[last] in ("of", "for", "on", "and") and words[last - 1] in gazetteer.org_last:
            return self.chain_end(last - 1) or last
        return last

    def chain_end(self, at: int) -> int:
        """End of "Ministry of X and Y", "Center for X", "Committee on the X of Y" whose head is at ``at``; 0 when nothing follows."""
        words, lowers = self.words, self.lowers
        stop = at + 1
        while stop < self.end:
            low = lowers[stop]
            ahead = stop + 1
            if low in ("of", "for", "on", "and", "&"):
                if ahead < self.end and lowers[ahead] == "the":
                    ahead += 1
                if ahead >= self.end or words[ahead] == lowers[ahead]:
                    break
                if low in ("and", "&") and not self.common_words(stop - 1, ahead):
                    break
                if low == "on" and self.lowers[ahead] in self.gazetteer.common and stop == at + 1 and words[at] not in ("Committee", "Commission", "Subcommittee", "Council", "Conference", "Institute", "Center", "Centre"):
                    break
                stop = ahead + 1
            elif words[stop] != low and stop > at + 1:
                if self.title_at(stop) and not words[stop] in self.gazetteer.org_last:
                    break
                stop += 1
            else:
                break
        return stop if stop > at + 1 else 0

    def common_words(self, left: int, right: int) -> bool:
        """Tell whether both words are common nouns, as in "Health and Welfare"; names are joined by "and" as two bodies."""
        singles = self.gazetteer.singles
        return self.words[left] not in singles and self.words[right] not in singles and self.words[right] not in self.gazetteer.org_first

    def place_end(self, at: int, end: int) -> int:
        """End of a place's name that begins at ``at`` by its form (X River, Lake X, Fort X); ``at`` when there is none."""
        words, gazetteer = self.words, self.gazetteer
        if self.casing != "normal":
            return at
        stop = at + 1
        while stop < end and stop - at < 4 and (words[stop] != self.lowers[stop] or words[stop] in _HYPHENS or words[stop] == "."):
            if words[stop] in gazetteer.place_last and words[stop] not in gazetteer.org_last:
                after = stop + 1
                if after < self.end and words[after] == "." and len(words[stop]) < 5:
                    after += 1 if after + 1 < self.end else 0
                return after
            stop += 1
        if words[at] in gazetteer.place_first and gazetteer.place_first[words[at]] in ("water", "land", "site") and at + 1 < end:
            stop = at + 1
            if words[stop] == "." and stop + 1 < end:
                stop += 1
            if words[stop] != self.lowers[stop] and self.lowers[stop] not in gazetteer.common:
                return stop + 1
        return at
