"""The gazetteer: every name that the reference files and lexica hold, laid out so that a story's tokens can be looked up in it.

Names are split by the story's own tokeniser and keyed by their words, case kept. What a name can mean is a tuple of
``Sense``; which one is meant is decided by the article (``flows.enrich``).
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.enrich.sentences import tokenize
from flows.enrich.story import Entity
from flows.reference.cells import split_cell
from flows.reference.gazetteer import FAMILY_FIRST, Gazetteer, Sense, Spot, Term, Title, Weights, Words
from flows.reference.model import Country, Office, Organization, Outlet, Person, Reference
from flows.reference.spelling import plain, slug
from flows.reference.towns import load_counties, load_towns

__all__ = ["FAMILY_FIRST", "Gazetteer", "Sense", "Spot", "Term", "Title", "Weights", "Words", "load_gazetteer", "plain", "slug"]

LEXICON = Path(__file__).parent / "lexicon"
LEAST_PEOPLE_OF_OTHER_NAMES = 1_000_000  # a smaller city's name in another language may be something else's
_PAPER_COUNTRIES = frozenset({"USA", "GBR", "CAN", "AUS", "IRL", "NZL", "ZAF", "IND"})


def spellings(name: str) -> Iterator[Words]:
    """The token tuples under which a name is looked up: as given, without accents, both apostrophes.

    >>> sorted(spellings("People's Daily"))
    [('People', "'s", 'Daily'), ('People', '’s', 'Daily')]
    """
    forms = {name, plain(name)}
    for form in list(forms):
        if "'" in form or "’" in form:
            forms |= {form.replace("'", "’"), form.replace("’", "'")}
    for form in forms:
        if form.isalpha():
            yield (form,)
        else:
            words = tokenize(form)
            if words:
                yield words


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a lexicon file; none when it is missing."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_gazetteer(reference: Reference, *, lexicon: Path = LEXICON) -> Gazetteer:
    """Lay the reference data and the lexica of names out for lookup. Pure but for reading ``lexicon``."""
    build = _Build()
    _add_countries(build, reference.countries)
    _add_places(build, reference)
    bodies: list[Organization | Outlet] = [*reference.organizations, *reference.outlets]
    _add_organizations(build, bodies)
    team_names, team_towns, team_sports = _add_teams(build, lexicon.parent)
    nationalities = _add_nationalities(build, reference.countries, lexicon)
    codes = _state_codes(lexicon)
    for code, admin1 in codes.items():
        if "." in code[0] or code == ("DC",):  # N.Y., D.C.; the others stand for a state only after a comma
            place = next((id for id, spot in build.spots.items() if spot.admin1 == admin1 and spot.kind not in ("city", "county")), None)
            if place:
                build.names(place, ("".join(code),), "place")
    for accord in reference.accords:
        id = f"accord/{accord.accord_id}"
        build.entity(Entity(id, "accord", accord.name, None, accord.description, accord.wikidata_id))
        build.names(id, (accord.name, *accord.aliases), "name")
        build.names(id, accord.weak_aliases, "weak")
    for gathering in reference.gatherings:
        id = f"gathering/{gathering.gathering_id}"
        build.entity(Entity(id, "gathering", gathering.name, None, gathering.description, gathering.wikidata_id))
        build.names(id, (gathering.name, *gathering.aliases), "name")
        build.names(id, gathering.weak_aliases, "weak")
    common_words = [row["word"] for row in read_rows(lexicon / "common_words.csv")]
    common = frozenset(word for word in common_words if " " not in word)
    _add_people(build, reference.people, common)
    terms, by_country = _terms(reference.offices)
    titles = {tuple(tokenize(row["title"])): Title(row["kind"], row["gender"]) for row in read_rows(lexicon / "titles.csv")}
    words = {(row["position"], row["word"]): row["kind"] for row in read_rows(lexicon / "org_words.csv")}
    land = {(row["position"], row["word"]): row["kind"] for row in read_rows(lexicon / "place_words.csv")}
    other = _other_names(reference)
    references = {row["word"]: (row["sort"], row["means"]) for row in read_rows(lexicon / "reference_nouns.csv")}
    singles, phrases, lengths, particles = build.tables()
    common_phrases: dict[str, list[Words]] = defaultdict(list)
    for each in common_words:
        if " " in each:
            split = tokenize(each)
            common_phrases[split[0]].append(split)
    return Gazetteer(
        entities=build.entities,
        singles=singles,
        phrases=phrases,
        lengths=lengths,
        particles=particles,
        nationalities=nationalities,
        team_names=team_names,
        team_towns=team_towns,
        team_sports=team_sports,
        sport_words={row["word"]: row["sport"] for row in read_rows(lexicon / "sport_words.csv")},
        other_names=other,
        other_lengths=_lengths(words for words in other if len(words) > 1),
        run_lengths=_lengths(tuple(words[0]) for words in other if len(words) == 1 and not words[0].isascii()),
        spots=build.spots,
        titles=titles,
        title_lengths=_lengths(titles),
        title_starts=frozenset(words[0] for words in titles),
        title_ends=frozenset(words[-1] for words in titles),
        title_ends_or_stop=frozenset((".", *(words[-1] for words in titles))),
        cues=_cues(lexicon),
        weights=_weights(lexicon),
        first_names=_first_names(reference.people, lexicon),
        org_last={word: kind for (position, word), kind in words.items() if position == "last"},
        org_first={word: kind for (position, word), kind in words.items() if position == "first"},
        org_suffix={word: kind for (position, word), kind in words.items() if position == "suffix"},
        place_last={word: kind for (position, word), kind in land.items() if position == "last"},
        place_first={word: kind for (position, word), kind in land.items() if position == "first"},
        common=common,
        common_phrases={word: tuple(sorted(each, key=len, reverse=True)) for word, each in common_phrases.items()},
        genders={f"person/{p.person_id}": p.gender for p in reference.people if p.gender},
        body_kinds={f"org/{body.org_id}": body.kind for body in bodies},
        references=references,
        triggers=frozenset((*references, *(words[-1] for words in titles), "“", "”", '"')),
        terms=terms,
        terms_of_country=by_country,
        functions=_functions(reference.organizations),
        function_words={tuple(tokenize(row["phrase"])): row["function"] for row in read_rows(lexicon / "ministries.csv")},
        state_codes=codes,
        place_of_admin={spot.admin1: spot.place_id for spot in reversed(build.spots.values()) if spot.admin1 and spot.kind != "city"},
        capitals=build.capitals,
        outlet_of_domain={domain: (f"org/{o.org_id}", o.country) for o in reference.outlets for domain in o.domains},
        country_of_iso2={c.iso2: c.iso3 for c in reference.countries if c.iso2},
        towns=load_towns(),
        counties=load_counties(),
        county_points=_county_points(lexicon),
        joined_cities={plain(c.name).lower().replace(" ", ""): c.name for c in reversed(reference.cities) if c.country in _PAPER_COUNTRIES},
        unpacked={},
        papers={row["domain"]: (row["town"], row["admin1"]) for row in read_rows(lexicon / "local_papers.csv")},
        site_towns={},
        judged={},
    )


class _Build:
    """What is collected while the gazetteer is laid out."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.spots: dict[str, Spot] = {}
        self.capitals: dict[str, str] = {}
        self.senses: dict[Words, list[Sense]] = {}

    def entity(self, entity: Entity) -> None:
        self.entities[entity.entity_id] = entity

    def names(self, entity_id: str, names: Iterable[str], how: str) -> None:
        sense = Sense(entity_id, how)
        for name in names:
            if "," in name or " in " in name:  # "Washington, D.C.", "the Great Hall in Beijing": two names
                continue
            if name.startswith("the ") or (name.startswith("The ") and entity_id.startswith("org/")):
                name = name[4:]
            for words in spellings(name):
                here = self.senses.setdefault(words, [])
                if all(other.entity_id != entity_id for other in here):
                    here.append(sense)

    def tables(
        self,
    ) -> tuple[dict[str, tuple[Sense, ...]], dict[Words, tuple[Sense, ...]], dict[str, tuple[int, ...]], dict[str, tuple[Words, ...]]]:
        singles: dict[str, tuple[Sense, ...]] = {}
        phrases: dict[Words, tuple[Sense, ...]] = {}
        particles: dict[str, set[Words]] = defaultdict(set)
        for words, senses in self.senses.items():
            if len(words) == 1:
                singles[words[0]] = tuple(senses)
                continue
            phrases[words] = tuple(senses)
            if words[0].islower():
                at = next((n for n, word in enumerate(words) if word != word.lower()), 0)
                if at:
                    particles[words[at]].add(words[:at])
        return singles, phrases, _lengths(phrases), {word: tuple(each) for word, each in particles.items()}


def _lengths(phrases: Iterable[Words]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for words in phrases:
        lengths.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(each, reverse=True)) for word, each in lengths.items()}


def _add_countries(build: _Build, countries: Iterable[Country]) -> None:
    for country in countries:
        id = f"country/{country.iso3}"
        build.entity(Entity(id, "country", country.name, country.iso3, None, country.wikidata_id, country.latitude, country.longitude))
        safe = [country.name, *country.aliases]
        if country.official_name:
            safe.append(country.official_name)
        build.names(id, safe, "weak name" if country.ambiguous else "name")
        build.names(id, country.weak_aliases, "weak")
        build.names(id, country.demonyms[:1], "demonym")
        build.names(id, country.demonyms[1:], "people")
        build.names(id, country.prefixes, "prefix")
        build.spots[id] = Spot(id, country.iso3, None, country.latitude, country.longitude, 0, "country")
        if country.capital:
            build.names(id, (country.capital, *country.capital_aliases), "capital")


def _add_places(build: _Build, reference: Reference) -> None:
    capital_of = {(c.iso3, name): f"country/{c.iso3}" for c in reference.countries if c.capital for name in (c.capital, *c.capital_aliases)}
    for place in reference.places:
        id = f"place/{place.place_id}"
        build.entity(Entity(id, "place", place.name, place.country, place.kind, place.wikidata_id, place.latitude, place.longitude))
        build.names(id, (place.name, *place.aliases), "place")
        build.names(id, place.weak_aliases, "weak")
        build.spots[id] = Spot(id, place.country, place.admin1_code, place.latitude, place.longitude, 0, place.kind)
    for city in reference.cities:
        id = f"place/{city.city_id}"
        build.entities[id] = Entity(id, "place", city.name, city.country, None, None, city.latitude, city.longitude)
        build.names(id, (city.name, *city.aliases), "city")
        build.spots[id] = Spot(
            id, city.country, city.admin1, city.latitude, city.longitude, city.population, "city", min(1.0, len(city.aliases_other) / 40)
        )
        country = capital_of.pop((city.country, city.name), None)
        if country:
            build.capitals[id] = country


def _add_teams(build: _Build, folder: Path) -> tuple[dict[Words, tuple[str, ...]], dict[Words, tuple[str, ...]], dict[str, str]]:
    """Clubs under their safe names; nicknames and towns that mean one only in a story of sport are kept apart."""
    names: dict[Words, list[str]] = defaultdict(list)
    towns: dict[Words, list[str]] = defaultdict(list)
    sports: dict[str, str] = {}
    for row in read_rows(folder / "teams.csv"):
        id = f"org/{row['team_id']}"
        weak, own_towns = split_cell(row["weak_aliases"]), split_cell(row["towns"])
        build.entity(Entity(id, "organization", row["name"], row["country"] or None, f"{row['sport']} team"))
        unsafe = {slug(name) for name in (*weak, *own_towns)}
        build.names(id, (name for name in (row["name"], *split_cell(row["aliases"])) if slug(name) not in unsafe), "name")
        sports[id] = row["sport"]
        for name in weak:
            for words in spellings(name):
                names[words].append(id)
        for town in own_towns:
            for words in spellings(town):
                towns[words].append(id)
    return {words: tuple(ids) for words, ids in names.items()}, {words: tuple(ids) for words, ids in towns.items()}, sports


def _add_nationalities(build: _Build, countries: Iterable[Country], lexicon: Path) -> dict[tuple[str, str], str]:
    """Adjectives and names of peoples, each an entity that lies where its country or region does: Russian, European."""
    words: dict[str, list[str]] = {}
    for country in countries:
        own = {country.name, *country.aliases, *country.weak_aliases}
        words[f"country/{country.iso3}"] = [word for word in (*country.demonyms, *country.prefixes) if word not in own]
    for row in read_rows(lexicon / "region_adjectives.csv"):
        id = f"place/{row['place_id']}"
        if id in build.entities:
            build.names(id, (row["adjective"],), "place")
            words.setdefault(id, []).append(row["adjective"])
    found: dict[tuple[str, str], str] = {}
    for id, adjectives in words.items():
        if adjectives:
            nation = f"nationality/{id.split('/', 1)[1]}"
            build.entity(build.entities[id]._replace(entity_id=nation, kind="nationality", name=adjectives[0], wikidata_id=None))
            for word in adjectives:
                found[word, id] = found[word.upper(), id] = nation
    return found


def _add_organizations(build: _Build, organizations: Iterable[Organization | Outlet]) -> None:
    for body in organizations:
        id = f"org/{body.org_id}"
        outlet = isinstance(body, Outlet)
        about = body.kind if isinstance(body, Outlet) else body.description or body.kind
        build.entity(Entity(id, "organization", body.name, body.country, about, body.wikidata_id, is_outlet=outlet))
        build.names(id, body.weak_aliases, "weak")  # first, since a name that stands among the weak ones is weak
        build.names(id, (body.name, *body.aliases), "name")
        for name in (body.name, *body.aliases):
            if name.startswith("The ") and name[4:] in body.weak_aliases:  # "The Hill" is safe where "Hill" is not
                build.senses.setdefault(tokenize(name), []).append(Sense(id, "name"))


def _add_people(build: _Build, people: Iterable[Person], common: frozenset[str]) -> None:
    """Persons under their full names and family names; one that is a common word (Young) never stands alone."""
    for person in people:
        id = f"person/{person.person_id}"
        build.entity(Entity(id, "person", person.name, person.country, person.description, person.wikidata_id))
        build.names(id, (person.name, *(alias for alias in person.aliases if " " in alias or "-" in alias)), "name")
        build.names(id, (alias for alias in person.aliases if " " not in alias and "-" not in alias), "surname")
        build.names(id, (name for name in person.family if name.lower() not in common), "surname")
        build.names(id, (name for name in person.family if name.lower() in common), "weak surname")
        build.names(id, person.weak_family, "weak surname")


def _terms(offices: Iterable[Office]) -> tuple[dict[str, tuple[Term, ...]], dict[str, tuple[Term, ...]]]:
    of_person: dict[str, list[Term]] = defaultdict(list)
    of_country: dict[str, list[Term]] = defaultdict(list)
    for office in offices:
        id = f"person/{office.person_id}"
        titles = frozenset((office.title or office.office).lower().split("|"))
        rank = 9 if office.rank is None else office.rank
        term = Term(id, office.office, titles, office.country, office.starts_on, office.ends_on, rank)
        of_person[id].append(term)
        if office.country:
            of_country[office.country].append(term)
    return {k: tuple(v) for k, v in of_person.items()}, {k: tuple(v) for k, v in of_country.items()}


def _functions(organizations: Iterable[Organization]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for body in organizations:
        if body.country and body.function:
            found.setdefault((body.country, body.function), f"org/{body.org_id}")
    return found


def _cues(lexicon: Path) -> dict[str, frozenset[str]]:
    cues: dict[str, set[str]] = defaultdict(set)
    for row in read_rows(lexicon / "name_cues.csv"):
        cues[row["use"]].add(row["word"])
    return {use: frozenset(words) for use, words in cues.items()}


def _weights(lexicon: Path) -> tuple[dict[str, Weights], ...]:
    tables: dict[int, dict[str, Weights]] = defaultdict(dict)
    for row in read_rows(lexicon / "name_weights.csv"):
        tables[int(row["template"])][row["value"]] = (
            float(row["person"]),
            float(row["organization"]),
            float(row["place"]),
        )
    return tuple(tables[n] for n in range(max(tables, default=-1) + 1))


def _first_names(people: Iterable[Person], lexicon: Path) -> dict[str, str]:
    """Given names → m, f or empty: the list's, and those of known persons whose family name comes last."""
    names = {row["name"]: row["gender"] for row in read_rows(lexicon / "first_names.csv")}
    for person in people:
        parts = person.name.split()
        if len(parts) > 1 and parts[0].isalpha() and len(parts[0]) > 2 and person.country not in FAMILY_FIRST:
            names.setdefault(parts[0], person.gender or "")
    return names


def _county_points(lexicon: Path) -> dict[tuple[str, str], tuple[float, float]]:
    """Where a county's seat lies: (US.OH, Licking County) → latitude, longitude."""
    return {
        (row["admin1"], row["county"]): (float(row["latitude"]), float(row["longitude"])) for row in read_rows(lexicon / "us_counties.csv")
    }


def _state_codes(lexicon: Path) -> dict[Words, str]:
    """Short forms of states by their tokens: ("Tex",), ("N.Y.",), ("W", ".", "Va") → US.TX …; the first of two of one form."""
    codes: dict[Words, str] = {}
    for row in read_rows(lexicon / "state_codes.csv"):
        short = row["short"] if row["short"].count(".") > 1 else row["short"].removesuffix(".")
        codes.setdefault(tokenize(short), row["admin1"])
    return codes


def _other_names(reference: Reference) -> dict[Words, str]:
    """Names in other languages: of countries, persons, bodies and great cities; the first of two of one name."""
    names: dict[Words, str] = {}
    for country in reference.countries:
        for name in country.aliases_other:
            names.setdefault(tokenize(name), f"country/{country.iso3}")
    for person in reference.people:
        for name in person.aliases:
            if not name.isascii():
                names.setdefault(tokenize(name), f"person/{person.person_id}")
    bodies: list[Organization | Outlet] = [*reference.organizations, *reference.outlets]
    for body in bodies:
        for name in body.aliases:
            if not name.isascii() or " " in name:  # before a city's: the Casa Branca is no Casablanca
                names.setdefault(tokenize(name), f"org/{body.org_id}")
    for city in reference.cities:
        if city.population >= LEAST_PEOPLE_OF_OTHER_NAMES:
            for name in city.aliases_other:
                names.setdefault(tokenize(name), f"place/{city.city_id}")
    return {words: entity_id for words, entity_id in names.items() if words}
