"""What the gazetteer of names holds, and how ids are made of names. ``flows.reference.names`` fills it."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from flows.enrich.story import Entity

FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "VNM", "TWN", "HKG", "MAC", "KHM", "SGP"})  # where the family name comes first

Words = tuple[str, ...]
Weights = tuple[float, float, float]  # of person, organization and place, against no name


class Sense(NamedTuple):
    """One thing that a name can mean.

    ``how`` is ``name`` (full or safe name), ``weak`` (needs context), ``demonym`` (adjective), ``people`` (plural), ``capital``
    (the city, standing for its government), ``prefix`` (Sino-), ``surname``, ``weak surname``, ``city``, ``place`` or ``function``.
    """

    entity_id: str
    how: str


class Term(NamedTuple):
    """An office that a person held, as the gazetteer needs it for phrases such as "the Russian president"."""

    person_id: str
    office: str
    titles: frozenset[str]  # lower case
    country: str | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    rank: int


class Spot(NamedTuple):
    """A place that a name can mean: where it lies and how large it is (``people`` is 0 when unknown)."""

    place_id: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    people: int
    kind: str
    fame: float = 0.0  # 0 to 1: the share of languages, of forty, that have a name of their own for a city


class Title(NamedTuple):
    """A word or phrase before a person's name: ``kind`` is honorific, office, military, clergy or role; ``gender`` m, f or empty."""

    kind: str
    gender: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything that names are looked up in. ``singles`` holds the names of one token, ``phrases`` the longer ones."""

    entities: dict[str, Entity]
    singles: dict[str, tuple[Sense, ...]]
    phrases: dict[Words, tuple[Sense, ...]]
    lengths: dict[str, tuple[int, ...]]  # first token → lengths of the phrases that open with it, longest first
    particles: dict[str, tuple[Words, ...]]  # first capitalised token → the lower-case tokens that can stand before it (al -)
    nationalities: dict[tuple[str, str], str]  # ("Russians", country/RUS) → nationality/RUS
    team_names: dict[Words, tuple[str, ...]]  # nicknames, meant only in stories of sport ("Indians") → teams
    team_towns: dict[Words, tuple[str, ...]]  # the town or county whose name stands for a team ("Kent beat Essex") → teams
    team_sports: dict[str, str]  # team → its sport
    sport_words: dict[str, str]  # words of sport → of which; empty where of any
    other_names: dict[Words, str]  # names in other languages → what they mean
    other_lengths: dict[str, tuple[int, ...]]
    run_lengths: dict[str, tuple[int, ...]]  # first character → lengths of names in scripts without spaces, longest first
    spots: dict[str, Spot]
    titles: dict[Words, Title]  # lower case
    title_lengths: dict[str, tuple[int, ...]]
    title_starts: frozenset[str]
    title_ends: frozenset[str]
    title_ends_or_stop: frozenset[str]
    cues: dict[str, frozenset[str]]  # use → words (name_cues.csv)
    weights: tuple[dict[str, Weights], ...]  # by template of ``flows.enrich.names_score``
    first_names: dict[str, str]  # → m, f or empty
    org_last: dict[str, str]
    org_first: dict[str, str]
    org_suffix: dict[str, str]
    place_last: dict[str, str]
    place_first: dict[str, str]
    common: frozenset[str]
    common_phrases: dict[str, tuple[Words, ...]]
    genders: dict[str, str]  # person → m, f
    body_kinds: dict[str, str]  # organisation → company, ministry, party …
    references: dict[str, tuple[str, str]]  # word that refers back → its sort, and what it means (reference_nouns.csv)
    triggers: frozenset[str]  # references, last words of titles, and quotation marks: where a reference can stand
    terms: dict[str, tuple[Term, ...]]  # person → offices
    terms_of_country: dict[str, tuple[Term, ...]]
    functions: dict[tuple[str, str], str]  # (country, function) → organisation
    function_words: dict[Words, str]  # lower case: ("foreign", "ministry") → foreign affairs
    state_codes: dict[Words, str]  # ("Tex",), ("TX",), ("W", ".", "Va") → US.TX
    place_of_admin: dict[str, str]  # US.TX → place/texas
    capitals: dict[str, str]  # place → country
    outlet_of_domain: dict[str, tuple[str, str | None]]  # domain → outlet, country
    country_of_iso2: dict[str, str]
    towns: dict[str, str]  # packed, see flows.reference.towns
    counties: dict[str, tuple[str, ...]]
    county_points: dict[tuple[str, str], tuple[float, float]]
    joined_cities: dict[str, str]  # "lakecity" → Lake City, for the names of local papers' sites
    unpacked: dict[str, tuple[Spot, ...]]  # towns and counties of the names looked up so far
    papers: dict[str, tuple[str, str]]  # domain of a local paper → its town and state (local_papers.csv)
    site_towns: dict[str, str]  # other sites looked up so far
    judged: dict[Words, Weights]  # unknown names judged so far
