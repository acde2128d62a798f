"""Persons, organisations, countries, places, accords and gatherings of an article, each with its span.

Two passes: ``names_parse`` cuts the sentences into pieces by known names, titles and form; then the whole article decides
what each piece means: full names are gathered first, so that a surname in the headline finds its bearer in the body.
"""

import datetime as dt
from bisect import bisect_left

from flows.enrich.names_other import find_other_names
from flows.enrich.names_parse import Piece, pieces_of
from flows.enrich.names_people import Bearers, holder, office_holder, without_ships
from flows.enrich.names_readings import fitting_pieces
from flows.enrich.names_score import decided, judge_name, least_margin
from flows.enrich.names_teams import is_event, sport_of, team_meant
from flows.enrich.places import (
    Surroundings,
    acts,
    choose_spot,
    governs,
    is_location,
    small_spots,
    spots_listed,
    spots_of,
    state_after,
    surroundings_of,
)
from flows.enrich.story import Entity, Mention, Story
from flows.reference.names import Gazetteer, Sense, Spot
from flows.reference.spelling import slug

_KIND = {"person": "person", "org": "organization", "country": "country", "place": "place", "accord": "accord", "gathering": "gathering"}
_NATION = frozenset({"name", "demonym", "people", "prefix"})
KINDS = ("person", "organization", "place")


def find_names(story: Story, gazetteer: Gazetteer, *, on: dt.date | None = None) -> tuple[list[Mention], dict[str, Entity]]:
    """All names of an article in order, and the entities that they mean.

    ``on`` is the article's day, by which holders of an office are told apart. Mentions do not overlap. Unknown persons and
    bodies get an id made of their full name, the same in every article. In other languages than English only listed names
    are found.
    """
    if story.language not in (None, "en"):
        listed = find_other_names(story, gazetteer)
        return listed, {mention.entity_id: gazetteer.entities[mention.entity_id] for mention in listed}
    pieces = fitting_pieces(without_ships(pieces_of(story, gazetteer), story, gazetteer), story, gazetteer)
    if not pieces:
        return [], {}
    return _Article(story, gazetteer, pieces, on).resolve()


def kind_of(entity_id: str) -> str:
    """The kind of an entity, as its id tells."""
    return _KIND[entity_id.split("/", 1)[0]]


class _Article:
    """The second pass over one article's pieces; a class only to share what is known of the article."""

    def __init__(self, story: Story, gazetteer: Gazetteer, pieces: list[Piece], on: dt.date | None) -> None:
        self.story = story
        self.gazetteer = gazetteer
        self.pieces = pieces
        self.on = on
        self.entities: dict[str, Entity] = {}
        self.people = Bearers(gazetteer)
        self.bodies: dict[str, str] = {}  # short form or abbreviation → organisation of the article
        self.full: dict[tuple[str, ...], str] = {}  # words of a full name → entity
        self.found: list[tuple[int, int, str, str, bool]] = []  # first token, end, entity, method, acts
        self.around: Surroundings = surroundings_of(story, pieces, gazetteer)
        self.keys = [tuple(story.words[piece.first : piece.end]) for piece in pieces]
        self.judged: dict[tuple[str, ...], str | None] = {}
        self.sure = [decided(piece, story, gazetteer) for piece in pieces]
        self.months = gazetteer.cues["month"]
        self.firsts = [piece.first for piece in pieces]
        self.safe: set[str] | None = None  # entities that the article names by a safe name
        self.lower_words = frozenset(story.words)  # asked with words in small letters alone
        self.sport = sport_of(story, gazetteer)
        self.done = 0  # the token after the state that a place's mention took with it ("Alexandria, La.")

    def resolve(self) -> tuple[list[Mention], dict[str, Entity]]:
        self.gather()
        self.judge()
        for piece, key in zip(self.pieces, self.keys, strict=True):
            self.settle(piece, key)
        mentions: list[Mention] = []
        story = self.story
        taken = -1  # the token after the last one used
        for first, end, entity_id, method, active in sorted(self.found):
            if first < taken and not (entity_id.startswith("gathering/") and end > taken):  # "SCO" in "SCO summit" stays
                continue
            taken = max(taken, end)
            sentence = story.sentences[story.sentence_of[first]]
            last = mentions[-1] if mentions else None
            adjoins = last is not None and last.end_token == first and last.sentence_no == sentence.sentence_no
            if adjoins and mentions[-1].entity_id == entity_id and entity_id.startswith("person/"):
                mentions[-1] = mentions[-1]._replace(char_end=story.ends[end - 1], end_token=end)
                continue
            if adjoins and entity_id.startswith("org/") and story.words[first - 1] in self.gazetteer.cues["short owner"]:
                first = mentions.pop().first_token  # the U.N. Special Commission
            if entity_id not in self.entities:
                self.entities[entity_id] = self.gazetteer.entities[entity_id]
            start, stop = story.starts[first], story.ends[end - 1]
            kind = kind_of(entity_id)
            mentions.append(Mention(entity_id, kind, sentence.block_no, start, stop, sentence.sentence_no, method, first, end, active))
        used = {mention.entity_id for mention in mentions}
        return mentions, {id: entity for id, entity in self.entities.items() if id in used}

    # ------------------------------------------------------------ first: what unknown names are

    def judge(self) -> None:
        """Score every name that no list decides, all its places in the article together (one sense an article)."""
        story, gazetteer = self.story, self.gazetteer
        groups: dict[tuple[str, ...], list[Piece]] = {}
        shorts = self.people.shorts
        for piece, key, is_sure in zip(self.pieces, self.keys, self.sure, strict=True):
            if not is_sure and piece.casing == "normal" and not (len(key) == 1 and key[0] in shorts):
                if key in groups:
                    groups[key].append(piece)
                else:
                    groups[key] = [piece]
        if not groups:
            return
        for key, pieces in groups.items():
            scores = judge_name(key, pieces, story, gazetteer, self.lower_words)
            top = max(scores)
            best = scores.index(top)
            least = least_margin(key, pieces[0], best, gazetteer)
            self.judged[key] = KINDS[best] if top > least else None
            if top > least and best < 2 and not pieces[0].senses:
                self.note_unknown(pieces[0], key, KINDS[best])

    def gather(self) -> None:
        """Note the full names of persons and bodies that need no judgement, from which short forms are understood."""
        gazetteer = self.gazetteer
        for piece, key, is_sure in zip(self.pieces, self.keys, self.sure, strict=True):
            for sense in piece.senses:
                if sense.how == "name":
                    if sense.entity_id.startswith("person/"):
                        self.people.note(sense.entity_id, gazetteer.entities[sense.entity_id])
                    elif sense.entity_id.startswith("org/") and (short := self.abbreviation_after(piece)):
                        self.bodies[short] = sense.entity_id
                    break
            if piece.guess in KINDS and not piece.senses and (is_sure or piece.casing != "normal"):
                self.note_unknown(piece, key, piece.guess)

    def note_unknown(self, piece: Piece, key: tuple[str, ...], kind: str) -> None:
        """Note the full name of a person or body that no list has."""
        if kind == "person":
            if self.name_length(piece) > 1:
                id = self.person_of(piece)
                self.people.note(id, self.entities.get(id) or self.gazetteer.entities[id])
                self.full.setdefault(key, id)
        elif kind == "organization":
            self.note_body(piece)

    def name_length(self, piece: Piece) -> int:
        words, lowers = self.story.words, self.story.lowers
        return sum(len(words[i]) > 1 and words[i][0].isalpha() and words[i] != lowers[i] for i in range(piece.first, piece.end))

    def note_body(self, piece: Piece) -> None:
        """An abbreviation in brackets after the name, or the name without its company form: the GHF, Boeing."""
        words = self.story.words
        end = piece.end
        if short := self.abbreviation_after(piece):
            self.bodies[short] = self.body_of(piece)
        last = end - 2 if words[end - 1] == "." else end - 1
        if words[last] in self.gazetteer.org_suffix and last == piece.first + 1:
            self.bodies.setdefault(words[piece.first], self.body_of(piece))

    def abbreviation_after(self, piece: Piece) -> str | None:
        """The abbreviation in brackets right after a name: the Iraqi News Agency (INA)."""
        words, end = self.story.words, piece.end
        if end + 2 < len(words) and words[end] == "(" and words[end + 2] == ")" and words[end + 1].isupper() and len(words[end + 1]) > 1:
            return words[end + 1]
        return None

    # ------------------------------------------------------------ then: every piece

    def settle(self, piece: Piece, key: tuple[str, ...]) -> None:
        """Decide what one piece means, and keep it when it means anything."""
        if piece.first < self.done or (len(key) == 1 and key[0] in self.months and self.is_date(piece)):
            return
        if len(piece.senses) == 1 and self.settle_plain(piece, piece.senses[0]):
            return
        if self.sport is not None and self.settle_team(piece, key):
            return
        loud = piece.casing == "upper" and len(key) == 1 and key[0].capitalize() in self.people.shorts and not self.is_nation(piece)
        if piece.senses and piece.guess != "short form" and not loud and not (piece.senses[0].how == "weak" and self.is_office(piece)):
            self.settle_known(piece, key)
            return
        single = len(key) == 1
        word = key[0]
        if piece.guess == "short form":
            bearer = self.people.bearer(word.capitalize() if piece.casing == "upper" else word, piece, self.found)
            if bearer:
                self.keep(piece, bearer, "coreference")
            return
        if single:
            if piece.casing == "upper" and (bearer := self.people.bearer(word.capitalize(), piece, self.found)):
                self.keep(piece, bearer, "coreference")
                return
            if word in self.bodies:
                self.keep(piece, self.bodies[word], "coreference")
                return
            bearer = self.people.bearer(word, piece, self.found) or self.people.titled(word, piece)
            if bearer is None and word not in self.gazetteer.common and piece.guess is None:
                bearer = self.people.called(word)
            if bearer and piece.guess not in ("organization", "place"):
                self.keep(piece, bearer, "coreference")
                return
        elif len(key) < 4 and key[0].lower() in self.gazetteer.cues["particle"] and key[-1] in self.people.shorts:
            self.keep(piece, self.people.shorts[key[-1]][0], "coreference")  # "De Klerk"
            return
        elif key in self.full:
            self.keep(piece, self.full[key], "pattern" if piece.guess == "person" else "model")
            return
        if self.is_office(piece) and not single:
            country = self.country_before(piece)
            if country or not piece.senses:
                self.keep(piece, self.body_of(piece), "pattern")
            else:
                self.settle_known(piece, key)
            return
        kind = self.judged.get(key, piece.guess)
        stated = kind != "place" and piece.title is None and self.before_comma(piece)
        text = self.story.text(piece.first, piece.end)
        if stated and state_after(self.story, piece.end, self.gazetteer, text, piece.senses) and self.settle_place(piece, key):
            return
        method = "pattern" if kind == piece.guess else "model"
        if kind == "person":
            self.keep(piece, self.person_of(piece), method)
        elif kind == "organization":
            self.keep(piece, self.body_of(piece), method)
        elif (
            kind == "place"
            and not self.settle_place(piece, key)
            and not (single and self.story.lowers[piece.first] in self.gazetteer.common)
        ):
            self.keep(piece, self.local(piece, "place", "place"), method)

    def settle_team(self, piece: Piece, key: tuple[str, ...]) -> bool:
        """In a story of sport, keep a name that stands for a team; False when it does not."""
        if self.sport is None or (self.judged.get(key) == "person" and key not in self.gazetteer.team_towns) or piece.guess == "person":
            return False
        if is_event(self.story, piece, self.gazetteer):
            return bool(piece.senses)
        team = team_meant(self.story, piece, key, self.sport, self.gazetteer, self.safe_names())
        if team is None:
            return False
        self.keep(piece, team or self.local(piece, "org", "organization"), "gazetteer" if team else "pattern")
        return True

    def safe_names(self) -> set[str]:
        if self.safe is None:
            self.safe = {each.entity_id for other in self.pieces for each in other.senses if each.how == "name"}
        return self.safe

    def settle_plain(self, piece: Piece, sense: Sense) -> bool:
        """Keep a name that can mean one thing only and needs no context; False when it does."""
        if sense.how == "demonym":
            self.found.append((piece.first, piece.end, sense.entity_id, "gazetteer", False))
            return True
        if sense.how == "name" and piece.title is None and piece.guess is None and not sense.entity_id.startswith("country/"):
            self.found.append((piece.first, piece.end, sense.entity_id, "gazetteer", False))
            return True
        return False

    def is_nation(self, piece: Piece) -> bool:
        return any(sense.entity_id.startswith("country/") for sense in piece.senses)

    def is_office(self, piece: Piece) -> bool:
        """Tell whether the name is that of an office that every state has ("Foreign Ministry")."""
        return tuple(self.story.lowers[piece.first : piece.end]) in self.gazetteer.function_words

    def before_comma(self, piece: Piece) -> bool:
        words = self.story.words
        return piece.end < len(words) and words[piece.end] == ","

    def is_date(self, piece: Piece) -> bool:
        """Tell whether May, April, June or August is the month here."""
        lowers = self.story.lowers
        before = lowers[piece.first - 1] if piece.first else ""
        after = lowers[piece.end] if piece.end < len(lowers) else ""
        return before in self.gazetteer.cues["before month"] or after[:1].isdigit() or before[:1].isdigit()

    def settle_known(self, piece: Piece, key: tuple[str, ...]) -> None:
        """A known name: which of its senses is meant, if any."""
        story = self.story
        senses = piece.senses
        single = len(key) == 1
        kinds = {sense.how for sense in senses}
        if piece.title is not None and piece.title.kind != "role" and single and not kinds & _NATION:
            people = self.people
            bearer = (
                people.bearer(key[0], piece, self.found)
                or people.titled(key[0], piece)
                or office_holder(senses, piece, self.gazetteer, self.on)
            )
            if bearer:
                self.keep(piece, bearer, "coreference" if key[0] in self.people.shorts else "gazetteer")
                return
            if not kinds & {"name", "place", "city", "capital"} or piece.title.kind == "honorific":
                self.keep(piece, self.person_of(piece), "pattern")
                return
        for sense in senses:
            if sense.how == "name" and not sense.entity_id.startswith("country/"):
                self.keep(piece, sense.entity_id, "gazetteer")
                return
        before = story.lowers[piece.first - 1] if piece.first else ""
        located = before in self.gazetteer.cues["within"] and bool(kinds & {"city", "place", "weak name", "capital"})
        if single and key[0] in self.people.shorts and not located and not kinds & _NATION:
            bearer = self.people.bearer(key[0], piece, self.found)
            if bearer:
                self.keep(piece, bearer, "gazetteer" if any(s.entity_id == bearer for s in senses) else "coreference")
                return
        surname = [sense.entity_id for sense in senses if sense.how == "surname"]
        if surname and not kinds & {"name", "place"} and not located:
            self.keep(piece, holder(surname, self.gazetteer, self.on), "gazetteer")
            return
        for sense in senses:
            if sense.entity_id.startswith("country/") and sense.how in _NATION:
                active = sense.how in ("name", "people") and acts(story, piece.first, piece.end, self.gazetteer)
                self.keep(piece, sense.entity_id, "gazetteer", active)
                return
        if not self.settle_place(piece, key):
            self.settle_weak(piece, key)

    def settle_place(self, piece: Piece, key: tuple[str, ...]) -> bool:
        """A place's name, perhaps a capital that stands for its government; False when it is no place here."""
        story, gazetteer = self.story, self.gazetteer
        senses = piece.senses
        capital = next((sense for sense in senses if sense.how == "capital"), None)
        text = story.text(piece.first, piece.end)
        after = state_after(story, piece.end, gazetteer, text, senses) if self.before_comma(piece) else None
        if capital is not None and after is None and not is_location(story, piece.first, piece.end, gazetteer):
            active = acts(story, piece.first, piece.end, gazetteer)
            if active or governs(story, piece.first, piece.end, gazetteer):
                self.keep(piece, capital.entity_id, "gazetteer", active)
                return True
        best = choose_spot(text, spots_of(text, senses, gazetteer), self.around, after, capital=capital is not None)
        if best is None:
            return False
        if best[0].kind in ("town", "county") and not self.town_holds(piece, best[0], best[2]):
            best = choose_spot(text, spots_listed(senses, gazetteer), self.around, after, capital=capital is not None)
            if best is None:
                return False
        spot, likely, sure = best
        judged = self.judged.get(key, "place")  # a name that is decided is not judged
        if judged == "person" and (spot.kind not in ("city", "town", "county") or self.is_local(piece, spot)):
            judged = "place"  # Georgia is a given name, and Trenton many a family's, but not here
        if judged == "person" and self.is_beaten(piece):
            judged = "place"
        sure = sure or self.is_dateline(piece)
        if not sure and spot.kind != "country" and judged != "place" and not self.is_large(piece, spot, likely):
            return False
        if not sure and piece.casing != "normal" and spot.kind == "city" and (likely < 6 or story.lowers[piece.first] in gazetteer.common):
            return False
        if spot.kind in ("town", "county") and spot.place_id not in gazetteer.entities:
            self.entities[spot.place_id] = Entity(
                spot.place_id, "place", text, spot.country, spot.kind, None, spot.latitude, spot.longitude
            )
        self.keep(piece, spot.place_id, "gazetteer", spot.kind == "country" and acts(story, piece.first, piece.end, gazetteer))
        if after is not None and sure and after.country is None:
            self.done = after.end
            if after.place_id is not None:
                self.found.append((after.first, after.end, after.place_id, "gazetteer", False))
        return True

    def town_holds(self, piece: Piece, spot: Spot, sure: bool) -> bool:
        """Tell whether a small town or county is meant: a state after it, or other places of its state in the article."""
        if sure:
            return True
        key = tuple(self.story.words[piece.first : piece.end])
        judged = self.judged.get(key)
        common = len(key) == 1 and self.story.lowers[piece.first] in self.gazetteer.common
        if common or (judged != "place" and piece.guess != "place"):
            return False
        support = self.around.admins.get(spot.admin1 or "", 0.0)
        least = 0.4 if spot.kind == "county" else 1.0
        return support >= least or len(small_spots(self.story.text(piece.first, piece.end), self.gazetteer)) == 1

    def is_large(self, piece: Piece, spot: Spot, likely: float) -> bool:
        """Tell whether a place is so large or likely that its name needs no sign beside it."""
        if likely >= 9:
            return True
        word, low = self.story.words[piece.first], self.story.lowers[piece.first]
        return spot.people >= 300_000 and low not in self.gazetteer.common and word not in self.gazetteer.first_names

    def is_local(self, piece: Piece, spot: Spot) -> bool:
        """Tell whether the article is about a town's state and speaks of the town as of a place."""
        lowers = self.story.lowers
        after = lowers[piece.end] if piece.end < len(lowers) else ""
        before = lowers[piece.first - 1] if piece.first else ""
        cues = self.gazetteer.cues
        if self.around.admins.get(spot.admin1 or "", 0.0) < 1.5 or piece.title is not None:
            return False
        return before in cues["within"] or after in cues["happening"] or self.story.text(piece.first, piece.end) == self.around.town

    def is_beaten(self, piece: Piece) -> bool:
        """Tell whether a town is beaten by another: "Chicago beat Dallas"."""
        at = bisect_left(self.firsts, piece.first) - 1
        if at < 0 or self.pieces[at].end != piece.first - 1 or self.story.lowers[piece.first - 1] not in self.gazetteer.cues["team before"]:
            return False
        return any(sense.how in ("city", "capital", "place") for sense in self.pieces[at].senses)

    def is_dateline(self, piece: Piece) -> bool:
        """Tell whether a place opens a paragraph in capitals ("MOSCOW (Reuters) —", "ANKARA, Turkey —")."""
        story = self.story
        sentence = story.sentences[piece.sentence]
        if piece.first != sentence.first_token or piece.casing != "normal" or piece.end >= sentence.end_token:
            return False
        if not story.words[piece.first].isupper() or len(story.words[piece.first]) < 3:
            return False
        after = story.words[piece.end]
        dated = len(after) == 4 and after.isdigit() and piece.end + 1 < sentence.end_token and story.words[piece.end + 1] == "-"
        return after in "(—–-,:" or dated  # "LONDON 1996-08-30"

    def settle_weak(self, piece: Piece, key: tuple[str, ...]) -> None:
        """A name that is often something else: a body's weak alias, a surname that many bear, a place that is none here."""
        judged = self.judged.get(key)
        for sense in piece.senses:
            if sense.how == "weak" and not sense.entity_id.startswith("person/") and self.weak_holds(sense, piece, judged):
                self.keep(piece, sense.entity_id, "gazetteer")
                return
        if judged == "person":
            self.keep(piece, self.person_of(piece), "model")
        elif judged == "organization" or (len(key) > 1 and self.gazetteer.org_last.get(key[-1]) in ("party", "government", "body")):
            self.keep(piece, self.body_of(piece), "model" if judged else "pattern")

    def weak_holds(self, sense: Sense, piece: Piece, judged: str | None) -> bool:
        """Tell whether a weak name of a body is meant: its full name stands in the article, or its country is spoken of."""
        if sense.entity_id in self.safe_names():
            return True
        if piece.opens or piece.casing != "normal":
            return False
        entity = self.gazetteer.entities[sense.entity_id]
        if judged == "organization" and not entity.is_outlet and self.story.lowers[piece.first] not in self.gazetteer.common:
            return True
        before = self.story.lowers[piece.first - 1] if piece.first else ""
        return entity.country is not None and self.around.countries.get(entity.country, 0.0) >= 1.0 and before in ("the", "’s", "'s")

    # ------------------------------------------------------------ entities

    def person_of(self, piece: Piece) -> str:
        """The person of a full name: a known one (initials aside), or a local one with an id made of the name."""
        story, gazetteer = self.story, self.gazetteer
        words = story.words[piece.first : piece.end]
        if piece.casing == "upper":
            words = [word.capitalize() if len(word) > 2 else word for word in words]
        bare = tuple(word for word in words if word != "." and (len(word) > 1 or not word.isalpha()))
        if len(bare) < len(words):
            for sense in gazetteer.phrases.get(bare, ()):
                if sense.entity_id.startswith("person/"):
                    return sense.entity_id
        name = " ".join(words) if piece.casing == "upper" else " ".join(story.text(piece.first, piece.end).split())
        id = f"person/{slug(name)}"
        if id not in gazetteer.entities and id not in self.entities:
            self.entities[id] = Entity(id, "person", name)
        return id

    def body_of(self, piece: Piece) -> str:
        """The organisation of a name known by form alone; ministries are found by the country spoken of."""
        gazetteer = self.gazetteer
        function = gazetteer.function_words.get(tuple(self.story.lowers[piece.first : piece.end]))
        country = self.country_before(piece) if function else None
        if function and country:
            known = gazetteer.functions.get((country, function))
            if known:
                return known
            name = f"{self.story.text(piece.first, piece.end)} of {gazetteer.entities['country/' + country].name}"
            id = f"org/{slug(name)}"
            if id not in gazetteer.entities:
                self.entities.setdefault(id, Entity(id, "organization", name, country))
            return id
        return self.local(piece, "org", "organization")

    def country_before(self, piece: Piece) -> str | None:
        """The country whose ministry is meant: named right before, else the one most spoken of."""
        at = bisect_left(self.firsts, piece.first) - 1
        if at >= 0 and piece.first - self.pieces[at].end <= 2 and self.pieces[at].sentence == piece.sentence:
            for sense in self.pieces[at].senses:
                if sense.entity_id.startswith("country/"):
                    return sense.entity_id[8:]
        ranked = sorted(self.around.countries.items(), key=lambda item: -item[1])
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
            return ranked[0][0]
        return self.around.home

    def local(self, piece: Piece, prefix: str, kind: str) -> str:
        """An entity of the article's own for a name that no list has."""
        name = " ".join(self.story.text(piece.first, piece.end).split())
        id = f"{prefix}/{slug(name)}"
        if id not in self.gazetteer.entities and id not in self.entities:
            self.entities[id] = Entity(id, kind, name)
        return id

    def keep(self, piece: Piece, entity_id: str, method: str, active: bool = False) -> None:
        self.found.append((piece.first, piece.end, entity_id, method, active))
