"""What a row of each reference file holds, read: tuples for cells of several values, dates parsed, None where unknown."""

import datetime as dt
from typing import NamedTuple

from flows.reference.cities import City

# What kinds of offices there are (the column ``rank`` of offices.csv), and how high each stands.
ROLES = {
    **dict.fromkeys(("head_of_state", "supreme_leader", "monarch"), 1),
    **dict.fromkeys(("head_of_government", "international"), 2),
    **dict.fromkeys(("party_leader", "deputy"), 3),
    **dict.fromkeys(("foreign_minister", "defense_minister", "finance_minister"), 4),
    **dict.fromkeys(("interior_minister", "legislature_leader", "security_adviser", "military_chief", "central_bank"), 5),
    **dict.fromkeys(("minister", "intelligence_chief", "chief_of_staff"), 6),
    **dict.fromkeys(("ambassador", "envoy", "governor"), 7),
    **dict.fromkeys(("spokesperson", "aide"), 8),
    "other": 9,
}


class Country(NamedTuple):
    """A country or territory, or one that is no more (``successor`` is then the country of its capital today).

    ``aliases`` are English names as printed, their case to be kept ("US", not "us"); ``weak_aliases`` need context (Korea,
    Congo: the likelier country first; Poles, the people or the ends of the earth); ``aliases_other`` are the names in other
    languages, not to be looked for in English text (Island is Iceland in German). The first of ``demonyms`` is the
    adjective, the others name its people. ``prefixes`` stand before a hyphen ("Sino-Russian").
    ``ambiguous``: the plain name or demonym often means something else (Georgia, Jordan, Turkey).
    """

    iso3: str
    iso2: str | None
    name: str
    official_name: str | None
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    aliases_other: tuple[str, ...]
    demonyms: tuple[str, ...]
    prefixes: tuple[str, ...]
    ambiguous: bool
    capital: str | None
    capital_aliases: tuple[str, ...]
    languages: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    continent: str | None
    successor: str | None
    wikidata_id: str | None


class Person(NamedTuple):
    """A person in the news; ``gender`` is m, f or None.

    ``family`` is the family name that stands alone for the person (Xi, von der Leyen); ``weak_family`` one that many people
    share or that is a common word (Kim, Brown), which means the person only after the full name. At most one of them is filled.
    """

    person_id: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    gender: str | None
    kind: str | None
    description: str | None
    wikidata_id: str | None
    family: tuple[str, ...] = ()
    weak_family: tuple[str, ...] = ()


class Office(NamedTuple):
    """An office that a person held from ``starts_on`` to ``ends_on``, both days included; None is open.

    Where the source gives a month or a year alone, the bounds are its first and its last day. ``role`` is what kind of office
    it is, one of the words of ``ROLES``, and ``rank`` how high that stands: 1 for whoever leads a country, 9 for the lowest.
    """

    person_id: str
    office: str
    title: str | None
    country: str | None
    organization: str | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    rank: int | None
    source: str | None
    role: str | None = None


class Organization(NamedTuple):
    """A body that acts. ``weak_aliases`` are common words or shared names that need context (Treasury, Congress, Apple).
    Where the name itself stands among them, it needs context too.

    ``function`` is what a government body does (foreign affairs, defense, finance, interior …), the same word in every
    country, so that "China’s Foreign Ministry" can be put together from the country and the function.
    """

    org_id: str
    name: str
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    kind: str
    country: str | None
    function: str | None
    description: str | None
    wikidata_id: str | None


class Outlet(NamedTuple):
    """A publisher, agency or platform; ``domains`` are registrable ones. No organisation has the id of an outlet.

    A name of which the bare form is weak is safe with its article: "The Hill", not "Hill".
    """

    org_id: str
    name: str
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    domains: tuple[str, ...]
    country: str | None
    language: str | None
    kind: str
    state_media: bool
    wikidata_id: str | None


class Place(NamedTuple):
    """A place that is neither a country nor a city of GeoNames; the point is near its middle.

    ``kind`` settlement is a town that cities.py does not have, or has under another name, and that is known far and wide.

    ``admin1_code`` ("US.TX") is the code that its cities carry in ``City.admin1``, country and all.
    """

    place_id: str
    name: str
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    kind: str
    country: str | None
    latitude: float | None
    longitude: float | None
    admin1_code: str | None
    wikidata_id: str | None


class Accord(NamedTuple):
    """A treaty, agreement or communiqué; ``parties`` are ISO alpha-3 codes, empty when too many to list.

    ``signed_on`` is the day it was signed, or adopted where nothing was signed (resolutions, declarations).
    """

    accord_id: str
    name: str
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    signed_on: dt.date | None
    parties: tuple[str, ...]
    description: str | None
    wikidata_id: str | None


class Gathering(NamedTuple):
    """A summit, conference or assembly that is known by its name, whatever the year."""

    gathering_id: str
    name: str
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    description: str | None
    wikidata_id: str | None


class Reference(NamedTuple):
    """Everything that the pipeline knows of the world beforehand."""

    countries: tuple[Country, ...]
    people: tuple[Person, ...]
    offices: tuple[Office, ...]
    organizations: tuple[Organization, ...]
    outlets: tuple[Outlet, ...]
    places: tuple[Place, ...]
    cities: tuple[City, ...]
    accords: tuple[Accord, ...]
    gatherings: tuple[Gathering, ...]
