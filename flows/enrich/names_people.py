"""Which person a surname, a given name or a title means in an article."""

import datetime as dt
from collections import defaultdict

from flows.enrich.names_parse import Piece
from flows.enrich.story import Entity, Story
from flows.reference.names import FAMILY_FIRST, Gazetteer, Sense, Term
from flows.reference.spelling import plain

_PARTICLES = frozenset({"al", "bin", "de", "von", "van", "der", "la", "le", "di", "da", "del"})
_GENERATIONS = frozenset({"Jr", "Sr", "II", "III", "Jr.", "Sr."})

RECENT = 200  # names back to which the bearer of a shared surname is sought


class Bearers:
    """The persons whom an article names in full, by the short forms that can stand for them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.shorts: dict[str, list[str]] = defaultdict(list)
        self.given: dict[str, list[str]] = defaultdict(list)
        self.entities: dict[str, Entity] = {}

    def note(self, id: str, entity: Entity) -> None:
        """Keep the family name of a person named in full, and all that the lists call him."""
        if id in self.entities:
            return
        self.entities[id] = entity
        full = entity.name.split()
        if "of" in full[1:]:  # Hussein of Jordan
            full = full[: full.index("of")]
        while len(full) > 1 and full[-1] in _GENERATIONS:
            full.pop()
        family = full[0] if entity.country in FAMILY_FIRST and full[0] not in self.gazetteer.first_names else full[-1]
        shorts = [family, full[-1].rsplit("-", 1)[-1]]
        for part in full:
            for sense in self.gazetteer.singles.get(part, ()):
                if sense.entity_id == id:
                    shorts.append(part)
                    break
        for short in dict.fromkeys((*shorts, *(plain(short) for short in shorts))):
            self.shorts[short].append(id)
        if full[0] not in shorts:
            self.given[full[0]].append(id)

    def called(self, word: str) -> str | None:
        """The one person of this given name."""
        known = self.given.get(word)
        return known[0] if known and len(known) == 1 else None

    def titled(self, word: str, piece: Piece) -> str | None:
        """The one person of a given name with a title that goes with it: "Sir Keir", "Prince Harry"."""
        if piece.title_words[-1:] and piece.title_words[-1] in self.gazetteer.cues["given after"]:
            return self.called(word)
        return None

    def bearer(self, word: str, piece: Piece, found: list[tuple[int, int, str, str, bool]]) -> str | None:
        """The person whom a surname means; of several, the one whose gender agrees with the title, else the last one named before."""
        known = self.shorts.get(word) or (self.shorts.get(plain(word)) if not word.isascii() else None)
        if not known:
            return None
        if len(known) == 1:
            return known[0]
        listed = [sense.entity_id for sense in piece.senses if sense.how == "surname" and sense.entity_id in known]
        if len(listed) == 1 and (piece.title is None or self.gender(listed[0]) in (None, piece.title.gender or self.gender(listed[0]))):
            return listed[0]
        if piece.title is not None and piece.title.gender:
            known = [id for id in known if self.gender(id) in (None, piece.title.gender)] or known
            if len(known) == 1:
                return known[0]
        for first, _, id, _, _ in found[: -RECENT - 1 : -1]:
            if id in known and first < piece.first:
                return id
        return known[0]

    def gender(self, id: str) -> str | None:
        return gender_of(id, self.entities.get(id), self.gazetteer)


def gender_of(id: str, entity: Entity | None, gazetteer: Gazetteer) -> str | None:
    """m or f, from the list of people or the given name; None when unknown."""
    known = gazetteer.genders.get(id)
    if known or entity is None:
        return known
    return gazetteer.first_names.get(entity.name.split()[0]) or None


def office_holder(senses: tuple[Sense, ...], piece: Piece, gazetteer: Gazetteer, on: dt.date | None) -> str | None:
    """The known person of a surname who holds, or held last, an office with the title before the name."""
    candidates = [sense.entity_id for sense in senses if sense.entity_id.startswith("person/")]
    title = " ".join(piece.title_words)
    fitting = [id for id in candidates if any(title in term.titles for term in gazetteer.terms.get(id, ()))]
    strong = [sense.entity_id for sense in senses if sense.how == "surname"]
    chosen = fitting or strong
    if piece.title is not None and piece.title.gender:  # "Ms. Epstein" is no known man
        chosen = [id for id in chosen if gazetteer.genders.get(id) in (None, piece.title.gender)]
    return holder(chosen, gazetteer, on) if chosen else None


def holder(ids: list[str], gazetteer: Gazetteer, on: dt.date | None) -> str:
    """Of several known persons, the one in the highest office on the article's day."""
    if len(ids) == 1:
        return ids[0]
    return max(ids, key=lambda id: max((term_weight(term, on) for term in gazetteer.terms.get(id, ())), default=0.0))


def term_weight(term: Term, on: dt.date | None) -> float:
    """How likely a term of office is meant: by its rank, and whether it runs on the day or has ended not long ago."""
    rank = 10.0 - min(9, term.rank)
    if on is None:
        return rank + (1.0 if term.ends_on is None else 0.0)
    if (term.starts_on is None or term.starts_on <= on) and (term.ends_on is None or on <= term.ends_on):
        return rank + 20
    if term.ends_on is not None and term.ends_on < on:
        return rank + 10 - min(10.0, (on - term.ends_on).days / 365)
    return rank


def without_ships(pieces: list[Piece], story: Story, gazetteer: Gazetteer) -> list[Piece]:
    """The pieces without names of ships ("the liner Maxim Gorky", "HMS Kent"), wherever they are printed if no list knows them else."""
    words, lowers = story.words, story.lowers
    vessels, letters = gazetteer.cues["vessel"], gazetteer.cues["ship letters"]
    ships: dict[int, Piece] = {}
    before: Piece | None = None
    for piece in pieces:
        lettered = words[piece.first] in letters and piece.end > piece.first + 1
        if lettered or (piece.first and lowers[piece.first - 1 - len(piece.title_words)] in vessels):
            ships[piece.first] = piece
        elif before is not None and before.end == piece.first and words[before.first] in letters and before.sentence == piece.sentence:
            ships[before.first], ships[piece.first] = before, piece
        before = piece
    if not ships:
        return pieces
    called = {tuple(words[one.first : one.end]) for one in ships.values() if not any(sense.how == "name" for sense in one.senses)}
    called |= {key[1:] for key in called if len(key) > 2 and key[0] in letters}
    called -= {(word,) for word in letters}
    return [one for one in pieces if one.first not in ships and tuple(words[one.first : one.end]) not in called]
