"""What stands beside a name and rules a listed meaning out: no scholar in "Shi'ite", no country in "Nurse Jordan Bell".

Each rule looks at one piece and its neighbours; it drops the piece, takes meanings from it, or makes one name of two.
"""

from flows.enrich.names_parse import Piece
from flows.enrich.places import small_spots, state_after
from flows.enrich.story import Story
from flows.reference.names import Gazetteer, Sense

_APOSTROPHES = frozenset("'’‘ʼ")
_ENDINGS = frozenset({"s", "d", "m", "t", "ll", "re", "ve", "em"})  # of "Biden's", "he'd", "we'll"
_TOWNISH = frozenset({"city", "place", "capital", "weak name", "weak", "weak surname"})


def fitting_pieces(pieces: list[Piece], story: Story, gazetteer: Gazetteer) -> list[Piece]:
    """The pieces with the meanings that their neighbours leave them, in order."""
    out: list[Piece] = []
    count = len(pieces)
    skip = -1
    for n, piece in enumerate(pieces):
        if piece.first < skip:
            continue
        if not piece.senses:
            out.append(piece)
            continue
        after = pieces[n + 1] if n + 1 < count else None
        if _runs_on(piece, story) or _is_letters_of_office(piece, after, story, gazetteer) or _names_a_thing(piece, story, gazetteer):
            continue
        if after is not None and _is_given_name(piece, after, story, gazetteer):
            skip = after.end
            out.append(piece._replace(end=after.end, senses=(), guess="person"))
        elif _is_relative(piece, story, gazetteer):
            out.append(piece._replace(senses=(), guess="person"))
        else:
            out.append(_within_state(piece, story, gazetteer))
    return out


def _runs_on(piece: Piece, story: Story) -> bool:
    """Tell whether the word goes on after an apostrophe: "Shi'ite", "Qur'an"."""
    end = piece.end
    if end + 1 >= len(story.words) or story.words[end] not in _APOSTROPHES:
        return False
    tail = story.words[end + 1]
    touching = story.ends[end - 1] == story.starts[end] and story.ends[end] == story.starts[end + 1]
    return touching and tail == story.lowers[end + 1] and tail.isalpha() and tail not in _ENDINGS


def _is_letters_of_office(piece: Piece, after: Piece | None, story: Story, gazetteer: Gazetteer) -> bool:
    """Tell whether the letters of a body stand before a person as those of an office ("NSA Ajit Doval")."""
    if after is None or after.first != piece.end or story.words[piece.first] not in gazetteer.cues["office letters"]:
        return False
    return after.sentence == piece.sentence and (after.guess == "person" or any(_is_person(sense) for sense in after.senses))


def _is_person(sense: Sense) -> bool:
    return sense.entity_id.startswith("person/") and sense.how == "name"


def _names_a_thing(piece: Piece, story: Story, gazetteer: Gazetteer) -> bool:
    """Tell whether a town's name only names what follows it: "the Azov regiment", "Brent futures", "St. Michael’s cathedral"."""
    if any(sense.how not in _TOWNISH for sense in piece.senses):
        return False
    lowers, cues, end = story.lowers, gazetteer.cues, piece.end
    if end >= story.sentences[piece.sentence].end_token:
        return False
    low = lowers[end]
    if low in cues["named after"]:
        return True
    if lowers[piece.first] not in ("st", "saint"):
        return False
    if low in ("'s", "’s") and end + 1 < len(lowers):
        low = lowers[end + 1]
    return low in cues["named for a saint"]


def _is_given_name(piece: Piece, after: Piece, story: Story, gazetteer: Gazetteer) -> bool:
    """Tell whether a country's or place's name is the given name of someone whose trade or office stands before it."""
    words = story.words
    if after.first != piece.end or piece.end != piece.first + 1 or after.end != after.first + 1 or piece.casing != "normal":
        return False
    if words[piece.first] not in gazetteer.first_names or any(sense.how == "name" for sense in after.senses):
        return False
    surname = words[after.first]
    if surname in gazetteer.org_last or surname in gazetteer.org_suffix or surname in gazetteer.place_last or not surname[1:].islower():
        return False
    low = story.sentences[piece.sentence].first_token
    return piece.title is not None or (piece.first > low and (story.lowers[piece.first - 1],) in gazetteer.titles)


def _is_relative(piece: Piece, story: Story, gazetteer: Gazetteer) -> bool:
    """Tell whether a place's name is a relative's: "his widow, Nancy,", "her daughter Victoria"."""
    lowers = story.lowers
    if piece.end != piece.first + 1 or story.words[piece.first] not in gazetteer.first_names or piece.casing != "normal":
        return False
    at = piece.first - 1
    low = story.sentences[piece.sentence].first_token
    if at > low and lowers[at] == ",":
        at -= 1
    if at <= low or lowers[at] not in gazetteer.cues["relative"]:
        return False
    return lowers[at - 1] in gazetteer.cues["whose relative"] or lowers[at - 2] in gazetteer.cues["whose relative"]


def _within_state(piece: Piece, story: Story, gazetteer: Gazetteer) -> Piece:
    """A country's name without the country where a state that has a town of this name follows: "Lebanon, Ohio"."""
    words, end = story.words, piece.end
    if end + 1 >= len(words) or words[end] != "," or not any(sense.entity_id.startswith("country/") for sense in piece.senses):
        return piece
    text = story.text(piece.first, end)
    town = tuple(sense for sense in piece.senses if sense.entity_id.startswith("place/") and sense.how == "city")
    after = state_after(story, end, gazetteer, text, town)
    if after is None or not after.code.startswith("US."):
        return piece
    admins = {spot.admin1 for spot in small_spots(text, gazetteer)} | {gazetteer.spots[sense.entity_id].admin1 for sense in town}
    listed = after.end < len(words) and words[after.end] in ("and", "or")
    if after.code not in admins or listed or (piece.first and words[piece.first - 1] == ","):
        return piece
    return piece._replace(senses=town, guess="place")
