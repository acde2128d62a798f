"""Which of the places of one name is meant, and whether a capital stands for the city or for its government."""

import math
from typing import NamedTuple

from flows.enrich.names_parse import Piece
from flows.enrich.story import Story
from flows.reference.names import Gazetteer, Sense, Spot
from flows.reference.spelling import slug

MOST_KEPT = 200_000  # names whose small towns are kept unpacked from one article to the next
FAME = 1.0  # how much a name in many languages tells for a city, in powers of ten of its people

_PEOPLED = frozenset({"city", "town", "county"})
_NATION = frozenset({"name", "demonym", "people", "prefix", "weak name", "capital"})


class Surroundings(NamedTuple):
    """Where an article is: weights of countries and of states (``US.TX``), the outlet's country, and the town in its name.

    ``admins`` counts how well a state holds the places named: a name adds to each state the share of its people who live
    there, so that "Gainesville" and "Hall County" together point to Georgia though neither does alone.
    """

    countries: dict[str, float]
    capitals: dict[str, float]  # what their capitals' names alone add to countries
    admins: dict[str, float]
    home: str | None
    town: str | None


def spots_of(text: str, senses: tuple[Sense, ...], gazetteer: Gazetteer) -> tuple[Spot, ...]:
    """All places that a name can mean: listed ones, counties of the United States, small towns."""
    spots = spots_listed(senses, gazetteer)
    small = small_spots(text, gazetteer)
    if not small:
        return spots
    listed = {spot.admin1 for spot in spots if spot.kind == "city"}
    return (*spots, *(spot for spot in small if spot.admin1 not in listed))


def spots_listed(senses: tuple[Sense, ...], gazetteer: Gazetteer) -> tuple[Spot, ...]:
    """The countries, regions and cities that a name can mean."""
    return tuple(gazetteer.spots[sense.entity_id] for sense in senses if sense.how != "capital" and sense.entity_id in gazetteer.spots)


def small_spots(text: str, gazetteer: Gazetteer) -> tuple[Spot, ...]:
    """Counties and towns of a name; what was once unpacked is kept."""
    known = gazetteer.unpacked.get(text)
    if known is not None:
        return known
    spots = []
    for state in gazetteer.counties.get(text, ()):
        point = gazetteer.county_points.get((state, text))
        latitude, longitude = point if point else (None, None)
        spots.append(Spot(f"place/{slug(text)}-{state.lower().replace('.', '-')}", "USA", state, latitude, longitude, 40_000, "county"))
    packed = gazetteer.towns.get(text)
    if packed is None and "." in text:
        packed = gazetteer.towns.get(text.replace("St.", "Saint").replace("Mt.", "Mount").replace("Ft.", "Fort"))
    seen = set()
    for town in packed.split(";") if packed else ():
        admin1, latitude_text, longitude_text, people = town.split("|")
        if admin1 not in seen:  # two of one name in one state cannot be told apart: the larger
            seen.add(admin1)
            country = gazetteer.country_of_iso2.get(admin1[:2])
            id = f"place/{slug(text)}-{admin1.lower().replace('.', '-')}"
            spots.append(Spot(id, country, admin1, float(latitude_text), float(longitude_text), int(people), "town"))
    if len(gazetteer.unpacked) >= MOST_KEPT:
        gazetteer.unpacked.clear()
    gazetteer.unpacked[text] = out = tuple(spots)
    return out


def surroundings_of(story: Story, pieces: list[Piece], gazetteer: Gazetteer) -> Surroundings:
    """Weigh the countries and states that the article names, its dateline and its outlet."""
    countries: dict[str, float] = {}
    admins: dict[str, float] = {}
    spots = gazetteer.spots
    seen: set[str] = set()
    capitals: dict[str, float] = {}
    words, lowers = story.words, story.lowers
    count = len(words)
    locative = gazetteer.cues["locative"]
    for piece in pieces:
        senses = piece.senses
        for sense in senses:
            if sense.how in _NATION and sense.entity_id.startswith("country/"):
                code = sense.entity_id[8:]
                if sense.how == "capital":
                    capitals[code] = min(1.0, capitals.get(code, 0.0) + 0.4)
                else:
                    countries[code] = countries.get(code, 0.0) + (1.0 if len(senses) == 1 else 0.5)
                break
            if sense.how == "place":
                spot = spots[sense.entity_id]
                if spot.country and len(senses) == 1:
                    countries[spot.country] = countries.get(spot.country, 0.0) + 0.7
                    if spot.admin1:
                        admins[spot.admin1] = admins.get(spot.admin1, 0.0) + 1.0
                break
        if piece.guess == "person" or (senses and senses[0].how in ("name", "surname", "demonym", "people")):
            continue
        before = lowers[piece.first - 1] if piece.first else ""
        comma = piece.end < count and words[piece.end] == ","
        after = state_after(story, piece.end, gazetteer, story.text(piece.first, piece.end), senses) if comma else None
        if after is not None:
            admins[after.code] = admins.get(after.code, 0.0) + 1.5
        elif senses or piece.guess == "place" or before in locative:
            text = story.text(piece.first, piece.end)
            if text not in seen:
                seen.add(text)
                _add_shares(spots_of(text, senses, gazetteer), 1.0 if before in locative else 0.4, countries, admins)
    home = home_country(story, gazetteer)
    town = town_of_site(story.site, gazetteer)
    paper = gazetteer.papers.get(story.site or "")
    if paper is not None:
        home = gazetteer.country_of_iso2.get(paper[1][:2], home)
        admins[paper[1]] = admins.get(paper[1], 0.0) + 1.5
    elif town is not None:
        home = home or "USA"  # a town's name and no country's ending: most such papers are American
        _add_shares(spots_of(town, gazetteer.singles.get(town, ()), gazetteer), 1.0, countries, admins)
    if home:
        countries[home] = countries.get(home, 0.0) + 0.5
    if story.dateline_place:
        name = story.dateline_place
        _add_shares(spots_of(name, gazetteer.singles.get(name, ()), gazetteer), 1.0, countries, admins)
    return Surroundings(countries, capitals, admins, home, town)


def _add_shares(spots: tuple[Spot, ...], weight: float, countries: dict[str, float], admins: dict[str, float]) -> None:
    roots = []
    for spot in spots:
        if spot.kind not in _PEOPLED:
            return
        roots.append(math.sqrt(spot.people + 1))
    total = sum(roots)
    for spot, root in zip(spots, roots, strict=True):
        share = weight * root / total
        if spot.admin1:
            admins[spot.admin1] = admins.get(spot.admin1, 0.0) + share
        if spot.country:
            countries[spot.country] = countries.get(spot.country, 0.0) + 0.3 * share


def town_of_site(site: str | None, gazetteer: Gazetteer) -> str | None:
    """The town that a local paper's domain opens with: columbusdispatch.com → Columbus."""
    if not site:
        return None
    if site in gazetteer.papers:
        return gazetteer.papers[site][0]
    known = gazetteer.site_towns.get(site)
    if known is not None:
        return known or None
    label = site.lower().removeprefix("www.").split(".")[0].replace("-", "").removeprefix("the")
    found = ""
    for length in range(min(len(label), 20), 3, -1):
        name = gazetteer.joined_cities.get(label[:length])
        if name and (length < len(label)):
            found = name
            break
    gazetteer.site_towns[site] = found
    return found or None


_TOP_LEVEL = {"uk": "GBR", "gov": "USA", "mil": "USA", "us": "USA", "eu": None}


def home_country(story: Story, gazetteer: Gazetteer) -> str | None:
    """The outlet's country: from the list of outlets, else from its domain's ending."""
    if not story.site:
        return None
    known = gazetteer.outlet_of_domain.get(story.site)
    if known:
        return known[1]
    ending = story.site.rsplit(".", 1)[-1].lower()
    if ending in _TOP_LEVEL:
        return _TOP_LEVEL[ending]
    return (
        gazetteer.country_of_iso2.get(ending.upper()) if len(ending) == 2 and ending not in ("tv", "io", "co", "me", "ai", "fm") else None
    )


class State(NamedTuple):
    """A state or country named after a place and a comma: its code (US.TX or LBN), its place or country if listed, its tokens."""

    code: str
    place_id: str | None
    country: str | None
    first: int
    end: int


def state_after(story: Story, end: int, gazetteer: Gazetteer, text: str, named: tuple[Sense, ...]) -> State | None:
    """The state or country after the comma at ``end``: "Paris, Texas", "Alexandria, La.", "Tripoli, Lebanon".

    ``text`` is the name before the comma and ``named`` what it can mean, by which Georgia is told from Georgia.
    """
    words = story.words
    if end + 1 >= len(words) or words[end] != "," or story.sentence_of[end] != story.sentence_of[end + 1]:
        return None
    at = end + 1
    word = words[at]
    room = story.sentences[story.sentence_of[at]].end_token - at
    for length in (3, 2, 1):
        code = gazetteer.state_codes.get(tuple(words[at : at + length])) if length <= room else None
        if code:
            stop = at + length
            if length != 2 and stop < len(words) and words[stop] == "." and not word.endswith("."):
                stop += 1
            elif length == 1 and len(word) < 4 and "." not in word and not (word.isupper() and len(word) == 2):
                continue
            return State(code, gazetteer.place_of_admin.get(code), None, at, stop)
    for length in (3, 2):
        senses = gazetteer.phrases.get(tuple(words[at : at + length])) if length <= room else None
        if senses:
            break
    else:
        length, senses = 1, gazetteer.singles.get(word)
    readings: list[State] = []
    for sense in senses or ():
        if sense.how == "place" and (admin1 := gazetteer.spots[sense.entity_id].admin1):
            readings.append(State(admin1, sense.entity_id, None, at, at + length))
        elif sense.how in ("name", "weak name") and sense.entity_id.startswith("country/"):
            readings.append(State(sense.entity_id[8:], None, sense.entity_id, at, at + length))
    if len(readings) > 1:
        holding = {code for spot in spots_of(text, named, gazetteer) for code in (spot.admin1, spot.country)}
        return next((one for one in readings if one.code in holding), readings[0])
    return readings[0] if readings else None


def choose_spot(
    text: str, spots: tuple[Spot, ...], around: Surroundings, after: State | None, *, capital: bool = False
) -> tuple[Spot, float, bool] | None:
    """The likeliest place of a name, how likely (about 0 to 12), and whether what stands after the name confirms it.

    ``capital`` tells that the name is a capital's, which then says nothing for its country.
    """
    best: tuple[Spot, float, bool] | None = None
    for spot in spots:
        if spot.kind == "country":
            score = 7.6
        elif spot.kind in ("city", "town", "county"):
            score = math.log10(spot.people + 10) + FAME * spot.fame
        else:
            score = 6.5
        sure = False
        if after is not None:
            sure = after.code in (spot.admin1, spot.country)
            if sure:
                score += 8
            elif spot.kind in ("city", "town", "county"):
                score -= 4
        if spot.country and spot.kind != "country":
            heard = around.countries.get(spot.country, 0.0) + (0.0 if capital else around.capitals.get(spot.country, 0.0))
            score += min(1.5, 0.75 * heard)
            if spot.country == around.home:
                score += 1.5
        if around.town is not None and text == around.town and spot.kind in ("city", "town"):
            score += 0.5
        if spot.admin1:
            score += min(4.0, 1.6 * around.admins.get(spot.admin1, 0.0))
        if best is None or score > best[1]:
            best = (spot, score, sure)
    return best


def is_location(story: Story, first: int, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a capital's name means the city here ("in Moscow", "a visit to Beijing", "the Beijing parade")."""
    lowers = story.lowers
    sentence = story.sentences[story.sentence_of[first]]
    before = lowers[first - 1] if first > sentence.first_token else ""
    before2 = lowers[first - 2] if first - 1 > sentence.first_token else ""
    after = lowers[end] if end < sentence.end_token else ""
    if before in gazetteer.cues["within"]:
        return True
    if before in ("to", "from", "for") and (
        before2 in gazetteer.cues["travel"] or (first - 3 >= sentence.first_token and lowers[first - 3] in gazetteer.cues["travel"])
    ):
        return True
    if after in gazetteer.cues["happening"]:
        return True
    if after in ("-", "–") and end + 1 < sentence.end_token and lowers[end + 1] in gazetteer.cues["seat"]:
        return True
    return after in (",", "(") and end + 1 < sentence.end_token and story.words[end + 1][0].isupper() and before not in ("and", ",")


def acts(story: Story, first: int, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a country or capital acts here as its government: it is the subject of a verb, or has interests of its own.

    "Beijing has maintained", "Moscow’s actions", "between Washington and Moscow", but not "in Moscow".
    """
    lowers = story.lowers
    sentence = story.sentences[story.sentence_of[first]]
    before = lowers[first - 1] if first > sentence.first_token else ""
    if before in gazetteer.cues["within"] or before in ("in", "of", "from", "to"):
        return False
    at = end
    if at < sentence.end_token and lowers[at] in gazetteer.cues["act"]:
        return True
    if at + 1 < sentence.end_token and lowers[at] in ("and", ",") and is_nation(story.words[at + 1], gazetteer):
        at += 2
        while at < sentence.end_token and (lowers[at] in ("and", ",", "-") or story.words[at][0].isupper()):
            at += 1
        return at < sentence.end_token and lowers[at] in gazetteer.cues["act"]
    return False


def is_nation(word: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a word can name a country or its capital."""
    return any(sense.entity_id.startswith("country/") for sense in gazetteer.singles.get(word, ()))


def governs(story: Story, first: int, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a capital stands for its government without being a subject: possessives of policy, partners, hyphens."""
    lowers = story.lowers
    sentence = story.sentences[story.sentence_of[first]]
    before = lowers[first - 1] if first > sentence.first_token else ""
    after = lowers[end] if end < sentence.end_token else ""
    if after in ("’s", "'s") or (after in ("’", "'") and lowers[end - 1].endswith("s")):
        return not before or before not in gazetteer.cues["within"]
    if after in ("-", "–") and story.ends[end - 1] == story.starts[end]:  # not "MADRID – Officials"
        return True
    if before in ("-", "–") and story.ends[first - 1] == story.starts[first]:
        return True
    return before in gazetteer.cues["partner"]
