"""What a sentence's words look like: the names, titles and forms of names that begin at a token."""

from flows.enrich.story import Story
from flows.reference.names import Gazetteer, Sense, Title, Words

HYPHENS = frozenset("-–‐‑")
NO_SENSES: tuple[Sense, ...] = ()


class Forms:
    """Looks names and forms up in one sentence after another; a class only to keep the sentence and the lists in one place.

    ``words`` are the story's tokens, those of a sentence in capitals as they would stand elsewhere; ``first`` and ``end`` the
    sentence's tokens; ``normal`` whether it uses capitals for names alone.
    """

    def __init__(self, story: Story, gazetteer: Gazetteer) -> None:
        self.story = story
        self.gazetteer = gazetteer
        self.words = story.words
        self.lowers = story.lowers
        self.first = 0
        self.end = 0
        self.normal = True

    def touching(self, left: int, right: int) -> bool:
        """Tell whether no white space stands between two tokens."""
        story = self.story
        return story.starts[right] - story.ends[left] == sum(len(story.words[i]) for i in range(left + 1, right))

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
        return (at + 1, senses) if senses else (at, NO_SENSES)

    def with_father(self, at: int, stop: int, end: int, senses: tuple[Sense, ...]) -> tuple[int, tuple[Sense, ...]]:
        """A known short name with the father's that follows it: "Crown Prince Mohammed" in "Crown Prince Mohammed bin Salman".

        Whoever has the full name is meant, if a list knows it; a surname is no short name ("Rajoy de Madrid").
        """
        words, gazetteer = self.words, self.gazetteer
        if words[stop] not in gazetteer.cues["son of"] or senses[0].how != "name" or words[stop + 1] == self.lowers[stop + 1]:
            return stop, senses
        named = self.title_at(at) if self.lowers[at] in gazetteer.title_starts else None
        if named is None or named[0] >= stop:
            return stop, senses
        longer, meant = self.known(named[0])
        if longer <= stop:
            longer, meant = stop + 2, senses
        return longer, tuple(sense for sense in meant if sense.entity_id.startswith("person/")) or senses

    def hyphenated(self, at: int, stop: int, senses: tuple[Sense, ...]) -> int:
        """The end of a longer name whose first part is a known person's or place's: "Park Jin-ho", "Anna Weiss-Roe".

        ``stop`` where it is none: pairs of known names ("Nixon-Brezhnev"), nations ("Sino-Russian") and compounds ("Ford-era").
        """
        words, lowers, gazetteer = self.words, self.lowers, self.gazetteer
        if stop + 1 >= self.end or words[stop] not in HYPHENS or not self.touching(stop - 1, stop + 1) or not words[stop + 1].isalpha():
            return stop
        if not senses or senses[0].entity_id.startswith("country/") or senses[0].how in ("demonym", "people", "prefix"):
            return stop
        word = words[stop + 1]
        if word == lowers[stop + 1]:
            return self.syllable_end(at, stop) if senses[0].entity_id.startswith("person/") else stop
        end, known = self.known(stop + 1)
        if end > stop + 2 or any(sense.how in ("name", "demonym", "people", "prefix", "surname", "capital", "city") for sense in known):
            given = at > self.first and words[at - 1] in gazetteer.first_names and (stop - at == 1)
            return stop + 2 if given and end == stop + 2 and words[stop - 1] not in gazetteer.first_names else stop
        return stop + 2 if lowers[stop + 1] not in gazetteer.common else stop

    def syllable_end(self, at: int, stop: int) -> int:
        """The end of a person's name with the second syllable that hangs on it in small letters ("Jin-ho"), else ``stop``."""
        words = self.words
        if stop - at < 2 or stop + 1 >= self.end or words[stop] not in HYPHENS or not self.touching(stop - 1, stop + 1):
            return stop
        word = words[stop + 1]
        fits = word == self.lowers[stop + 1] and word.isalpha() and len(word) < 7 and len(words[stop - 1]) < 7 and words[stop - 1].isalpha()
        return stop + 2 if fits and word not in self.gazetteer.common and not word.endswith(("ed", "ing")) else stop

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

    def office_of_state(self, at: int) -> int:
        """End of a ministry or other office of state that is named at ``at`` by its function; 0 when there is none."""
        for length in (5, 4, 3, 2):
            if at + length <= self.end and tuple(self.lowers[at : at + length]) in self.gazetteer.function_words:
                return at + length
        return 0

    def initial(self, at: int) -> bool:
        return len(self.words[at]) == 1 and at + 1 < self.end and self.words[at + 1] == "."

    def person_end(self, at: int, end: int) -> int:
        """End of a person's name that begins with a given name or initials at ``at``; ``at`` when there is none."""
        words, gazetteer = self.words, self.gazetteer
        if words[at] not in gazetteer.first_names and not self.initial(at):
            return at
        stop = self.unknown_end(at, end)
        return stop if stop - at > 1 and words[stop - 1] not in gazetteer.org_last else at

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
                if word in HYPHENS and not self.touching(stop - 1, stop + 1):
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
            if (word in gazetteer.org_suffix and (lowers[i],) not in gazetteer.titles) or (
                word in gazetteer.org_last and self.heads(at, i)
            ):
                last = i + 1
        if last == at:
            return at
        named = self.title_at(at) if lowers[at] in gazetteer.title_starts else None
        royal = lowers[at] in gazetteer.cues["royal"]  # the King David Hotel
        if named is not None and named[0] < last - 1 and words[last - 1] not in gazetteer.org_suffix and not royal:
            return at
        for i in range(at + 1, last - 1):
            if lowers[i] in gazetteer.title_starts and words[i] not in gazetteer.org_last and self.title_at(i) is not None:
                return at
        if words[last - 1] in gazetteer.org_suffix:
            if last + 1 < self.end and lowers[last] == "of" and words[last] == "of" and self.nation_at(last + 1):
                return self.known(last + 1)[0]  # Trading Corp of Pakistan
            return last + 1 if last + 1 < self.end and words[last] == "." and len(words[last - 1]) < 6 else last
        if last + 1 < self.end and lowers[last] in ("of", "for", "on"):
            return self.chain_end(last - 1) or last
        return last

    def nation_at(self, at: int) -> bool:
        """Tell whether a country's name, or a large place's, begins at ``at``."""
        return any(sense.how in ("name", "weak name") and sense.entity_id.startswith("country/") for sense in self.known(at)[1])

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
        while stop < end and stop - at < 4 and (words[stop] != lowers[stop] or words[stop] in HYPHENS or words[stop] == "."):
            if words[stop] in gazetteer.place_last and words[stop] not in gazetteer.org_last:
                after = stop + 1
                return after + 1 if after + 1 < self.end and words[after] == "." and len(words[stop]) < 5 else after
            stop += 1
        if gazetteer.place_first.get(words[at]) in ("water", "land", "site") and at + 1 < end:
            stop = at + 2 if words[at + 1] == "." and at + 2 < end else at + 1
            if words[stop] != lowers[stop] and lowers[stop] not in gazetteer.common:
                return stop + 1
        return at
