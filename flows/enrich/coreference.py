"""Pronouns and phrases that stand for a name of the article: "he", "the Chinese leader", "the ministry", "the company".

The article is read once, keeping who was spoken of and where. A pronoun takes the best candidate of the last sentences:
a subject before an object, the nearest before the farther, of the right gender, on the same side of quotation marks.
"""

import datetime as dt
from bisect import bisect_left
from typing import NamedTuple

from flows.enrich.names_people import gender_of, holder
from flows.enrich.story import Entity, Mention, Story
from flows.reference.names import Gazetteer, Words

_OPENING, _CLOSING, _STRAIGHT = "“", "”", '"'
_POSSESSIVE = frozenset({"’s", "'s"})
_PREPOSITIONS = frozenset(
    {"with", "of", "to", "by", "for", "from", "against", "than", "like", "on", "about", "between", "at", "behind", "and", "&"}
)
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_MODIFIERS = frozenset(
    {"former", "late", "current", "new", "outgoing", "incoming", "acting", "own", "long-time", "longtime", "embattled", "veteran", "then"}
)
FARTHEST_SENTENCES = 5  # back to which a pronoun is followed
FARTHEST_NAMES = 300  # back to which the holder of an office is sought
LEAST_POINTS = -3.0  # that a candidate must have


class _Heard(NamedTuple):
    """Someone spoken of: ``leads`` when the name is the subject of its sentence or clause."""

    token: int
    end: int
    sentence: int
    entity_id: str
    kind: str
    leads: bool
    quoted: bool


def entity_at(mentions: list[Mention], first_token: int, end_token: int) -> Mention | None:
    """The mention that heads a phrase: of those inside ``first_token:end_token`` the last person, else the last name.

    A person counts before a body or a country, so that "Kremlin spokesman Dmitry Peskov" is Peskov; ``mentions`` are in order.
    """
    at = bisect_left(mentions, first_token, key=lambda mention: mention.first_token)
    best: Mention | None = None
    while at < len(mentions) and mentions[at].first_token < end_token:
        mention = mentions[at]
        if mention.end_token <= end_token and (best is None or mention.kind == "person" or best.kind != "person"):
            best = mention
        at += 1
    return best


def resolve_references(
    story: Story, mentions: list[Mention], entities: dict[str, Entity], gazetteer: Gazetteer, *, on: dt.date | None = None
) -> list[Mention]:
    """The mentions with those by pronoun and phrase added (method ``coreference``), in order.

    ``on`` is the article's day, on which "the Chinese leader" held office; a holder that the article does not name is added
    to ``entities``. A phrase with a country in it overlaps the country's mention; the article "the" is not part of it.
    """
    if story.language not in (None, "en"):
        return mentions
    triggers = [(at, story.lowers[at]) for at in story.where(gazetteer.triggers)]
    if not triggers:
        return mentions
    found = _Reader(story, mentions, entities, gazetteer, on).read(triggers)
    return sorted([*mentions, *found], key=lambda mention: (mention.char_start, -mention.char_end)) if found else mentions


class _Reader:
    """The state of one reading; a class only to keep it in one place."""

    def __init__(
        self, story: Story, mentions: list[Mention], entities: dict[str, Entity], gazetteer: Gazetteer, on: dt.date | None
    ) -> None:
        self.story = story
        self.mentions = mentions
        self.entities = entities
        self.gazetteer = gazetteer
        self.on = on
        self.heard: list[_Heard] = []
        self.found: list[Mention] = []
        self.genders: dict[str, str | None] = {}
        self.printed: dict[str, set[Words]] | None = None  # person → titles printed with the name
        self.starts = {mention.first_token: mention for mention in mentions}
        self.inside: set[int] = {at for mention in mentions for at in range(mention.first_token, mention.end_token)}

    def read(self, triggers: list[tuple[int, str]]) -> list[Mention]:
        """Go through names and triggers in the order of the text."""
        story, references = self.story, self.gazetteer.references
        waiting = iter(self.mentions)
        coming = next(waiting, None)
        quoted = False
        block = -1
        count = len(story.words)
        for at, low in triggers:
            while coming is not None and coming.first_token < at:
                self.hear(coming, quoted)
                coming = next(waiting, None)
            sentence = story.sentences[story.sentence_of[at]]
            if sentence.block_no != block:
                block, quoted = sentence.block_no, False
            if low == _OPENING:
                quoted = True
            elif low == _CLOSING:
                quoted = False
            elif low == _STRAIGHT:
                quoted = not quoted
            elif at not in self.inside:
                sort, means = references.get(low, ("title", ""))
                if sort == "pronoun":
                    self.pronoun(at, low, means, quoted)
                elif at + 1 < count and at + 1 in self.starts and story.sentence_of[at + 1] == story.sentence_of[at]:
                    continue  # a title before a name
                else:
                    self.phrase(at, sort, means, quoted)
        return self.found

    def hear(self, mention: Mention, quoted: bool) -> None:
        story = self.story
        index = story.sentence_of[mention.first_token]
        first = story.sentences[index].first_token
        leads = False
        if mention.kind in ("person", "organization"):
            before = story.lowers[mention.first_token - 1] if mention.first_token > first else ""
            after = story.lowers[mention.end_token] if mention.end_token < len(story.words) else ""
            leads = before not in _PREPOSITIONS and after not in _POSSESSIVE
            if leads and self.led(index, mention.kind):
                before = self.before_phrase(mention.first_token, first)
                leads = before in (
                    ",",
                    "that",
                    "but",
                    "as",
                    "when",
                    "while",
                    "because",
                    "after",
                    "before",
                    "and",
                    "if",
                    "—",
                    "”",
                    '"',
                    "said",
                    "says",
                )
        self.heard.append(_Heard(mention.first_token, mention.end_token, index, mention.entity_id, mention.kind, leads, quoted))

    def led(self, sentence: int, kind: str) -> bool:
        """Tell whether a name of this kind already leads the sentence."""
        for one in reversed(self.heard):
            if one.sentence != sentence:
                return False
            if one.kind == kind and one.leads:
                return True
        return False

    def before_phrase(self, at: int, first: int) -> str:
        """The word before a name with its titles and country: "met" before "met Polish President Lech Walesa"."""
        lowers, ends, starts = self.story.lowers, self.gazetteer.title_ends, self.gazetteer.title_starts
        while at > first:
            named = self.country_ending(at - 1)
            if named is not None and named.first_token >= first:
                at = named.first_token
            elif lowers[at - 1] in ends or lowers[at - 1] in starts:
                at -= 1
            else:
                return lowers[at - 1]
        return ""

    # ------------------------------------------------------------ pronouns

    def pronoun(self, at: int, low: str, gender: str, quoted: bool) -> None:
        """He, him, his, she, her: the best candidate of the last sentences, if there is one."""
        story = self.story
        index = story.sentence_of[at]
        best: _Heard | None = None
        best_score = LEAST_POINTS
        seen = 0
        subject: str | None = None  # of the verb whose object the pronoun is: not the same person
        for candidate in reversed(self.heard):
            distance = index - candidate.sentence
            if distance > FARTHEST_SENTENCES or seen > 12:
                break
            if candidate.kind != "person" or candidate.entity_id == subject:
                continue
            seen += 1
            is_object = distance == 0 and candidate.leads and (low == "him" or (low == "her" and self.is_object(at)))
            if is_object and not self.clause_between(candidate.end, at):
                subject = candidate.entity_id
                continue
            known = self.gender(candidate.entity_id)
            if known is not None and known != gender:
                continue
            points = (0.7 if known else 0.0) - 1.0 * distance - 0.05 * seen
            if candidate.quoted == quoted:
                points += 1.2 if candidate.leads else 0.0
            else:
                points -= 1.5 if candidate.quoted or candidate.leads else 0.8  # who speaks seldom speaks of himself as he
            if points > best_score:
                best, best_score = candidate, points
        if best is None:
            return
        self.add(at, at + 1, best.entity_id, "person")
        self.heard.append(_Heard(at, at + 1, index, best.entity_id, "person", low in ("he", "she"), quoted))

    def is_object(self, at: int) -> bool:
        """Tell whether "her" is an object: no noun follows it."""
        story = self.story
        if at + 1 >= len(story.words):
            return True
        after = story.lowers[at + 1]
        return not after[0].isalpha() or after in _PREPOSITIONS or after in ("in", "that", "as", "when", "after", "before", "if", "or")

    def clause_between(self, left: int, right: int) -> bool:
        return any(
            low in ("that", "who", "but", "because", "when", "while", ",", "said", "says", "if") for low in self.story.lowers[left:right]
        )

    def gender(self, id: str) -> str | None:
        """m or f, from the lists, the given name, or a title printed before the name."""
        if id not in self.genders:
            gender = gender_of(id, self.entities.get(id), self.gazetteer)
            if gender is None:
                titles = self.gazetteer.titles
                gender = next((titles[words].gender for words in self.titles_of(id) if words in titles and titles[words].gender), None)
            self.genders[id] = gender
        return self.genders[id]

    def titles_of(self, id: str) -> set[Words]:
        """The titles that the article prints before or after a person's name, lower case."""
        if self.printed is None:
            self.printed = {}
            lowers, titles, ends = self.story.lowers, self.gazetteer.titles, self.gazetteer.title_ends
            for mention in self.mentions:
                if mention.kind != "person":
                    continue
                known = self.printed.setdefault(mention.entity_id, set())
                stop = mention.first_token
                if stop and lowers[stop - 1] == ".":
                    stop -= 1
                if stop and lowers[stop - 1] in ends:
                    known.update(
                        tuple(lowers[stop - n : stop]) for n in (1, 2, 3, 4) if stop >= n and tuple(lowers[stop - n : stop]) in titles
                    )
                known |= self.titles_after(mention.end_token)
        return self.printed.get(id, set())

    def titles_after(self, end: int) -> set[Words]:
        """The titles in apposition after a name, without that of the man served: "an aide to the president", "the leader’s sister"."""
        lowers, titles, ends = self.story.lowers, self.gazetteer.titles, self.gazetteer.title_ends
        found: set[Words] = set()
        count = len(lowers)
        if end >= count or lowers[end] != ",":
            return found
        last = count  # the title that is his own begins before it
        for i in range(end + 1, min(end + 7, count)):
            low = lowers[i]
            if low in (",", ".", "who"):
                break
            if low in ("to", "of", "for") and i + 1 < count and lowers[i + 1] in _DETERMINERS:
                last = min(last, i)
            if low in ends and not (i + 1 < count and lowers[i + 1] in _POSSESSIVE):
                starts = range(max(i - 3, 0), min(i + 1, last))
                found.update(tuple(lowers[start : i + 1]) for start in starts if tuple(lowers[start : i + 1]) in titles)
        return found

    # ------------------------------------------------------------ phrases

    def phrase(self, at: int, sort: str, means: str, quoted: bool) -> None:
        """ "The Chinese leader", "the minister", "the president of France", "the company": ``at`` is the noun's token."""
        story = self.story
        lowers = story.lowers
        first = story.sentences[story.sentence_of[at]].first_token
        start = at
        country: str | None = None
        while start > first and at - start < 4:
            start -= 1
            if lowers[start] == "the":
                break
            named = self.country_ending(start)
            if named is not None:
                country = named.entity_id
                start = named.first_token
            elif start in self.inside or not (lowers[start].isalpha() or lowers[start] == "-"):
                return
        if lowers[start] != "the" or (at + 1 < len(lowers) and (lowers[at + 1] in self.gazetteer.title_ends or lowers[at + 1] == "-")):
            return
        end = at + 1
        if end + 1 < len(lowers) and lowers[end] == "of":
            after = self.starts.get(end + 1) or (self.starts.get(end + 2) if lowers[end + 1] == "the" else None)
            if after is None or after.kind != "country":
                return
            country, end = after.entity_id, after.end_token
        if sort != "organization" and (named := self.apposed(end)) is not None:
            self.add(start + 1, end, named.entity_id, "person")
            return
        words = tuple(low for i, low in enumerate(lowers[start + 1 : at + 1], start + 1) if i not in self.inside and low not in _MODIFIERS)
        former = any(low in ("former", "late", "then", "ex") for low in lowers[start + 1 : at])
        if sort == "organization":
            id = self.body(words, means) if country is None else None
            kind = "organization"
        else:
            id = self.officer(words, sort, country[8:] if country else None, former)
            kind = "person"
        if id is not None:
            self.add(start + 1, end, id, kind)
            self.heard.append(_Heard(start + 1, end, story.sentence_of[at], id, kind, lowers[start - 1] not in _PREPOSITIONS, quoted))

    def apposed(self, end: int) -> Mention | None:
        """The person whose name stands in apposition to a phrase: "the French minister, Ann Lind, left"."""
        lowers = self.story.lowers
        if end >= len(lowers) or lowers[end] != ",":
            return None
        named = self.starts.get(end + 1)
        if named is None or named.kind != "person" or self.story.sentence_of[end] != self.story.sentence_of[end + 1]:
            return None
        after = lowers[named.end_token] if named.end_token < len(lowers) else "."
        return named if after in (",", ".", ";", ")", "—", "–") else None  # not "met the minister, Ann Lind said"

    def country_ending(self, at: int) -> Mention | None:
        for back in range(3):
            mention = self.starts.get(at - back)
            if mention is not None:
                return mention if mention.kind == "country" and mention.end_token == at + 1 else None
        return None

    def officer(self, words: Words, sort: str, country: str | None, former: bool) -> str | None:
        """The person of an office: one of the article's, the last named first; else who held it on the article's day."""
        gazetteer = self.gazetteer
        title = gazetteer.titles.get(words)
        while title is None and len(words) > 1 and sort == "title":
            words = words[1:]
            title = gazetteer.titles.get(words)
        if sort == "title" and (title is None or title.kind == "honorific"):
            return None
        text = " ".join(words[-1:] if sort == "leader" else words)
        seen: set[str] = set()
        for candidate in self.heard[: -FARTHEST_NAMES - 1 : -1]:
            id = candidate.entity_id
            if candidate.kind != "person" or id in seen:
                continue
            seen.add(id)
            entity = self.entities.get(id)
            home = entity.country if entity is not None else None
            terms = gazetteer.terms.get(id, ())
            if country is not None and home != country and all(term.country != country for term in terms):
                continue
            if words in self.titles_of(id) or any(text in term.titles or (sort == "leader" and term.rank < 3) for term in terms):
                return id
        if country is None or former or self.on is None:
            return None
        on = self.on
        held = [
            term.person_id
            for term in gazetteer.terms_of_country.get(country, ())
            if (term.starts_on is None or term.starts_on <= on)
            and (term.ends_on is None or on <= term.ends_on)
            and (text in term.titles or (sort == "leader" and term.rank == 1))
        ]
        people = list(dict.fromkeys(held))
        if not people or (len(people) > 1 and sort != "leader"):
            return None
        id = holder(people, gazetteer, on)
        self.entities.setdefault(id, gazetteer.entities[id])
        return id

    def body(self, words: Words, means: str) -> str | None:
        """The last body named that the noun can mean: of the right kind, or with the noun in its name."""
        noun = words[-1]
        kinds = means.split("|")
        index = self.heard[-1].sentence if self.heard else 0
        for candidate in reversed(self.heard):
            if index - candidate.sentence > 3:
                return None
            if candidate.kind != "organization":
                continue
            kind = self.gazetteer.body_kinds.get(candidate.entity_id)
            entity = self.entities.get(candidate.entity_id)
            name = entity.name.lower().replace(".", "").split() if entity is not None else []
            if kind in kinds or noun in name or (kind is None and "company" in kinds and name and self.is_company(name[-1])):
                return candidate.entity_id
        return None

    def is_company(self, word: str) -> bool:
        suffix = self.gazetteer.org_suffix
        return word.capitalize() in suffix or word.upper() in suffix

    def add(self, first: int, end: int, id: str, kind: str) -> None:
        story = self.story
        sentence = story.sentences[story.sentence_of[first]]
        start, stop = story.starts[first], story.ends[end - 1]
        self.found.append(Mention(id, kind, sentence.block_no, start, stop, sentence.sentence_no, "coreference", first, end))
