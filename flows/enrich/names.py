"""Persons, organisations, countries, places, accords and gatherings of an article, each with its span.

Two passes: ``names_parse`` cuts the sentences into pieces by known names, titles and form; then the whole article decides
what each piece means: full names are gathered first, so that a surname in the headline finds its bearer in the body.
"""

import datetime as dt
from collections import defaultdict

from flows.enrich.names_parse import Piece, pieces_of
from flows.enrich.places import LOCATIVE, Surroundings, acts, choose_spot, governs, is_location, state_after, surroundings_of
from flows.enrich.story import Entity, Mention, Story
from flows.reference.names import Gazetteer, Sense, Term, slug

FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "VNM", "TWN", "HKG", "MAC", "KHM", "SGP"})
_KIND = {"person": "person", "org": "organization", "country": "country", "place": "place", "accord": "accord", "gathering": "gathering"}


def find_names(story: Story, gazetteer: Gazetteer, *, on: dt.date | None = None) -> tuple[list[Mention], dict[str, Entity]]:
    """All names of an article in order, and the entities that they mean.

    ``on`` is the article's day, by which holders of an office are told apart. Mentions do not overlap. Unknown persons and
    bodies get an id made of their full name, the same in every article.
    """
    pieces = pieces_of(story, gazetteer)
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
        self.bearers: dict[str, list[str]] = defaultdict(list)  # surname or other short form → persons of the article
        self.full: dict[tuple[str, ...], str] = {}  # words of a full name → entity
        self.bodies: dict[str, str] = {}  # short form or abbreviation → organisation of the article
        self.found: list[tuple[int, int, str, str, bool]] = []  # first token, end, entity, method, acts
        self.around: Surroundings = surroundings_of(story, pieces, gazetteer)
        self.chosen: dict[tuple[str, ...], str | None] = {}

    def resolve(self) -> tuple[list[Mention], dict[str, Entity]]:
        self.gather()
        for piece in self.pieces:
            self.settle(piece)
        mentions = []
        story = self.story
        taken = -1
        for first, end, entity_id, method, active in sorted(self.found):
            if first < taken:
                continue
            taken = end
            sentence = story.sentences[story.sentence_of[first]]
            if entity_id not in self.entities:
                self.entities[entity_id] = self.gazetteer.entities[entity_id]
            mentions.append(
                Mention(
                    entity_id, kind_of(entity_id), sentence.block_no, story.starts[first], story.ends[end - 1], sentence.sentence_no, method, first, end, active
                )
            )
        used = {mention.entity_id for mention in mentions}
        return mentions, {id: entity for id, entity in self.entities.items() if id in used}

    # ------------------------------------------------------------ first: full names

    def gather(self) -> None:
        """Note the full names of persons and bodies, from which short forms are understood."""
        words = self.story.words
        for piece in self.pieces:
            if piece.senses:
                for sense in piece.senses:
                    if sense.how == "name" and sense.entity_id.startswith("person/"):
                        self.note_person(sense.entity_id, self.gazetteer.entities[sense.entity_id])
                        break
                continue
            if piece.guess == "person" and self.name_length(piece) > 1:
                id = self.person_of(piece)
                self.note_person(id, self.entities.get(id) or self.gazetteer.entities[id])
                self.full.setdefault(tuple(words[piece.first : piece.end]), id)
            elif piece.guess == "organization":
                self.note_body(piece)

    def name_length(self, piece: Piece) -> int:
        return sum(len(word) > 1 and word[0].isalpha() and word != low for word, low in zip(self.story.words[piece.first : piece.end], self.story.lowers[piece.first : piece.end], strict=True))

    def note_person(self, id: str, entity: Entity) -> None:
        parts = entity.name.replace("-", " ").split()
        full = entity.name.split()
        shorts = [full[-1]] if full[-1].rstrip(".") not in ("Jr", "Sr", "II", "III") or len(full) < 2 else [full[-2].rstrip(",")]
        if entity.country in FAMILY_FIRST:
            shorts.append(full[0])
        for at, part in enumerate(full[:-1]):
            if at and part.lower() in ("al", "bin", "de", "von", "van", "der", "la", "le", "di", "da", "del"):
                shorts.append(" ".join(full[at:]))
                break
        for sense_word in parts:
            if any(sense.entity_id == id for sense in self.gazetteer.singles.get(sense_word, ())):
                shorts.append(sense_word)
        shorts.append(full[-1].rsplit("-", 1)[-1])
        for short in dict.fromkeys(shorts):
            if id not in self.bearers[short]:
                self.bearers[short].append(id)
        given = full[0]
        if given not in shorts and id not in self.bearers["given " + given]:
            self.bearers["given " + given].append(id)

    def note_body(self, piece: Piece) -> None:
        """An abbreviation in brackets after the name: "Gaza Humanitarian Foundation (GHF)"."""
        words = self.story.words
        end = piece.end
        if end + 2 < len(words) and words[end] == "(" and words[end + 2] == ")" and words[end + 1].isupper() and len(words[end + 1]) > 1:
            self.bodies[words[end + 1]] = self.body_of(piece)

    # ------------------------------------------------------------ then: every piece

    def settle(self, piece: Piece) -> None:
        """Decide what one piece means, and keep it when it means anything."""
        story = self.story
        words = story.words
        single = piece.end == piece.first + 1
        word = words[piece.first]
        if piece.senses:
            self.settle_known(piece)
            return
        if piece.guess == "organization":
            self.keep(piece, self.body_of(piece), "pattern")
        elif piece.guess == "place":
            self.keep(piece, self.local(piece, "place", "place"), "pattern")
        elif piece.guess == "person":
            if single:
                bearer = self.bearer(word, piece)
                if bearer:
                    self.keep(piece, bearer, "coreference")
                    return
            self.keep(piece, self.person_of(piece), "pattern")
        elif single and word in self.bodies:
            self.keep(piece, self.bodies[word], "coreference")
        elif tuple(words[piece.first : piece.end]) in self.full:
            self.keep(piece, self.full[tuple(words[piece.first : piece.end])], "pattern")
        else:
            bearer = self.bearer(words[piece.end - 1] if not single else word, piece) if single else None
            if bearer is None and single and word not in self.gazetteer.common and len(self.bearers.get("given " + word, ())) == 1:
                bearer = self.bearers["given " + word][0]
            if bearer:
                self.keep(piece, bearer, "coreference")
            elif piece.casing == "normal":
                self.settle_unknown(piece)

    def settle_unknown(self, piece: Piece) -> None:
        """A name that no list has: by what stands around it."""
        story, gazetteer = self.story, self.gazetteer
        words, lowers = story.words, story.lowers
        single = piece.end == piece.first + 1
        sentence = story.sentences[piece.sentence]
        if not single and not piece.opens and all(words[i].isalpha() for i in range(piece.first, piece.end)):
            after = lowers[piece.end] if piece.end < sentence.end_token else ""
            if after in ("said", "says", "told", "added", "who", "wrote", "was", "is") and piece.title is not None:
                self.keep(piece, self.person_of(piece), "pattern")
        if single and words[piece.first].isupper() and 2 < len(words[piece.first]) < 7 and lowers[piece.first] not in gazetteer.common and not piece.opens:
            self.keep(piece, self.local(piece, "org", "organization"), "pattern")

    def settle_known(self, piece: Piece) -> None:
        """A known name: which of its senses is meant, if any."""
        story = self.story
        senses = piece.senses
        word = story.words[piece.first]
        single = piece.end == piece.first + 1
        before = story.lowers[piece.first - 1] if piece.first else ""
        kinds = {sense.how for sense in senses}
        if piece.title is not None and piece.title.kind != "role" and not kinds & {"demonym", "people"}:
            if single:
                bearer = self.bearer(word, piece) or self.office_holder(senses, piece)
                if bearer:
                    self.keep(piece, bearer, "coreference" if word in self.bearers else "gazetteer")
                    return
                if piece.title.kind == "honorific" and not kinds & {"name"}:
                    self.keep(piece, self.person_of(piece), "pattern")
                    return
            for sense in senses:
                if sense.entity_id.startswith("person/") and sense.how == "name":
                    self.keep(piece, sense.entity_id, "gazetteer")
                    return
        for sense in senses:
            if sense.how == "name" and not sense.entity_id.startswith("country/"):
                self.keep(piece, sense.entity_id, "gazetteer")
                return
        if single and word in self.bearers and not (before in LOCATIVE and kinds & {"city", "place", "name", "weak name", "capital"}):
            bearer = self.bearer(word, piece)
            if bearer and not any(s.how in ("name", "demonym", "people") and s.entity_id.startswith("country/") for s in senses):
                self.keep(piece, bearer, "coreference" if not any(s.entity_id == bearer for s in senses) else "gazetteer")
                return
        surname = [sense.entity_id for sense in senses if sense.how == "surname"]
        if surname and not kinds & {"name", "place", "city"}:
            self.keep(piece, self.holder(surname), "gazetteer")
            return
        for sense in senses:
            if sense.entity_id.startswith("country/") and sense.how in ("name", "demonym", "people", "prefix"):
                active = sense.how in ("name", "people") and acts(story, piece.first, piece.end)
                self.keep(piece, sense.entity_id, "gazetteer", active)
                return
        self.settle_place(piece)

    def settle_place(self, piece: Piece) -> None:
        """A place's name, perhaps a capital that stands for its government, perhaps no place at all."""
        story, gazetteer = self.story, self.gazetteer
        senses = piece.senses
        capital = next((sense for sense in senses if sense.how == "capital"), None)
        after = state_after(story, piece, gazetteer)
        if capital is not None and not after and not is_location(story, piece.first, piece.end):
            active = acts(story, piece.first, piece.end)
            if active or governs(story, piece.first, piece.end):
                self.keep(piece, capital.entity_id, "gazetteer", active)
                return
        best = choose_spot(senses, self.around, after, gazetteer)
        if best is not None and self.is_place(piece, best[1], best[2], best[0].kind):
            self.keep(piece, best[0].place_id, "gazetteer", best[0].kind == "country" and acts(story, piece.first, piece.end))
            return
        for sense in senses:
            if sense.how == "weak" and self.weak_holds(sense, piece):
                self.keep(piece, sense.entity_id, "gazetteer")
                return

    def is_place(self, piece: Piece, score: float, sure: bool, kind: str) -> bool:
        """Tell whether a name that can be a place's is one here."""
        if sure or kind == "country":
            return True
        story, gazetteer = self.story, self.gazetteer
        low = story.lowers[piece.first]
        before = story.lowers[piece.first - 1] if piece.first > story.sentences[piece.sentence].first_token else ""
        single = piece.end == piece.first + 1
        near = before in LOCATIVE
        if kind != "city":
            return not (single and low in gazetteer.common) or near
        if single and low in gazetteer.common:
            return near and score >= 7.5 and not piece.opens
        if single and story.words[piece.first] in gazetteer.first_names:
            return (near and score >= 6) or score >= 8.5
        if piece.casing != "normal" or piece.opens:
            return score >= 6.0
        return score >= 5.5 or near

    def weak_holds(self, sense: Sense, piece: Piece) -> bool:
        """Tell whether a weak name of a body is meant: its full name stands in the article, or its country is spoken of."""
        if any(other.senses and other.senses[0].entity_id == sense.entity_id and other.senses[0].how == "name" for other in self.pieces):
            return True
        entity = self.gazetteer.entities[sense.entity_id]
        before = self.story.lowers[piece.first - 1] if piece.first else ""
        if piece.opens or piece.casing != "normal":
            return False
        if entity.country:
            return self.around.countries.get(entity.country, 0.0) >= 1.0 and before in ("the", "’s", "'s")
        return False

    # ------------------------------------------------------------ persons

    def bearer(self, word: str, piece: Piece) -> str | None:
        """The person of the article whom a surname means; of several, the one whose title agrees, else the last one named before."""
        known = self.bearers.get(word)
        if not known:
            return None
        if len(known) == 1:
            return known[0]
        if piece.title is not None and piece.title.gender:
            fitting = [id for id in known if self.gender(id) in (None, piece.title.gender)]
            if len(fitting) == 1:
                return fitting[0]
            known = fitting or known
        latest = None
        for first, _, id, _, _ in self.found:
            if id in known and first < piece.first:
                latest = id
        return latest or known[0]

    def gender(self, id: str) -> str | None:
        """m or f, from the list of people or the given name; None when unknown."""
        known = self.gazetteer.genders.get(id)
        if known:
            return known
        entity = self.entities.get(id) or self.gazetteer.entities.get(id)
        return self.gazetteer.first_names.get(entity.name.split()[0]) or None if entity else None

    def office_holder(self, senses: tuple[Sense, ...], piece: Piece) -> str | None:
        """The known person of this surname who holds, or held last, an office with the title before the name."""
        candidates = [sense.entity_id for sense in senses if sense.entity_id.startswith("person/")]
        if not candidates:
            return None
        title = " ".join(piece.title_words)
        fitting = [id for id in candidates if any(title in term.title or title in term.office for term in self.gazetteer.terms.get(id, ()))]
        if fitting:
            return self.holder(fitting)
        strong = [sense.entity_id for sense in senses if sense.how == "surname"]
        return self.holder(strong) if strong else None

    def holder(self, ids: list[str]) -> str:
        """Of several known persons, the one in the highest office on the article's day."""
        if len(ids) == 1:
            return ids[0]
        return max(ids, key=lambda id: max((self.weight(term) for term in self.gazetteer.terms.get(id, ())), default=0.0))

    def weight(self, term: Term) -> float:
        on = self.on
        rank = 10.0 - min(9, term.rank)
        if on is None:
            return rank + (1.0 if term.ends_on is None else 0.0)
        if (term.starts_on is None or term.starts_on <= on) and (term.ends_on is None or on <= term.ends_on):
            return rank + 20
        if term.ends_on is not None and term.ends_on < on:
            return rank + 10 - min(10.0, (on - term.ends_on).days / 365)
        return rank

    def person_of(self, piece: Piece) -> str:
        """The person of a full name: a known one (initials aside), or a local one with an id made of the name."""
        story, gazetteer = self.story, self.gazetteer
        words = story.words[piece.first : piece.end]
        if piece.casing == "upper":
            words = [word.capitalize() if len(word) > 2 else word for word in words]
        bare = tuple(word for at, word in enumerate(words) if word != "." and (len(word) > 1 or not word.isalpha()))
        if len(bare) < len(words):
            senses = gazetteer.phrases.get(bare, ())
            for sense in senses:
                if sense.entity_id.startswith("person/"):
                    return sense.entity_id
        name = story.text(piece.first, piece.end)
        name = " ".join(name.split()) if piece.casing != "upper" else " ".join(words)
        id = f"person/{slug(name)}"
        if id not in gazetteer.entities and id not in self.entities:
            self.entities[id] = Entity(id, "person", name)
        return id

    # ------------------------------------------------------------ bodies and places

    def body_of(self, piece: Piece) -> str:
        """The organisation of a name known by form alone; ministries are found by the country spoken of."""
        lowers = tuple(self.story.lowers[piece.first : piece.end])
        function = self.gazetteer.function_words.get(lowers)
        if function:
            country = self.country_before(piece)
            if country:
                known = self.gazetteer.functions.get((country, function))
                if known:
                    return known
                name = f"{self.story.text(piece.first, piece.end)} of {self.gazetteer.entities['country/' + country].name}"
                id = f"org/{slug(name)}"
                self.entities.setdefault(id, Entity(id, "organization", name, country))
                return id
        return self.local(piece, "org", "organization")

    def country_before(self, piece: Piece) -> str | None:
        """The country whose ministry is meant: named right before, else the one most spoken of."""
        story = self.story
        at = piece.first
        for other in reversed(self.pieces):
            if other.first >= at or other.sentence != piece.sentence:
                continue
            if at - other.end > 2:
                break
            for sense in other.senses:
                if sense.entity_id.startswith("country/"):
                    return sense.entity_id[8:]
            break
        countries = self.around.countries
        if not countries:
            return None
        ranked = sorted(countries.items(), key=lambda item: -item[1])
        if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]:
            return ranked[0][0]
        return self.around.home if story.site else None

    def local(self, piece: Piece, prefix: str, kind: str) -> str:
        """An entity of the article's own for a name that no list has."""
        name = " ".join(self.story.text(piece.first, piece.end).split())
        id = f"{prefix}/{slug(name)}"
        if id not in self.gazetteer.entities and id not in self.entities:
            self.entities[id] = Entity(id, kind, name)
        return id

    def keep(self, piece: Piece, entity_id: str, method: str, active: bool = False) -> None:
        self.found.append((piece.first, piece.end, entity_id, method, active))
