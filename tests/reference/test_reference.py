"""The bundled reference files hold together, and a user's folder of files adds to them or says what is wrong with it."""

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from flows.reference import BUNDLED, BadReference, Reference, load_reference, read_rows
from flows.reference.cells import read_date, split_cell
from flows.reference.model import ROLES

COUNTRIES = "iso3,iso2,name,official_name,aliases,demonyms,capital,languages,latitude,longitude,continent,wikidata_id"
PEOPLE = "person_id,name,aliases,country,gender,kind,description,wikidata_id"
OFFICES = "person_id,office,title,country,organization,from,to,source"
ORGANIZATIONS = "org_id,name,aliases,kind,country,description,wikidata_id"
OUTLETS = "org_id,name,aliases,domains,country,language,kind,state_media,wikidata_id"
PLACES = "place_id,name,aliases,kind,country,latitude,longitude,wikidata_id"
ACCORDS = "accord_id,name,aliases,signed_on,parties,description,wikidata_id"
GATHERINGS = "gathering_id,name,aliases,description"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def write(folder: Path, name: str, *lines: str) -> Path:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def named(reference: Reference) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Id, name, aliases and weak aliases of whatever is neither a country, a person nor a city."""
    return [
        *((row.org_id, row.name, row.aliases, row.weak_aliases) for row in reference.organizations),
        *((row.org_id, row.name, row.aliases, row.weak_aliases) for row in reference.outlets),
        *((row.place_id, row.name, row.aliases, row.weak_aliases) for row in reference.places),
        *((row.accord_id, row.name, row.aliases, row.weak_aliases) for row in reference.accords),
        *((row.gathering_id, row.name, row.aliases, row.weak_aliases) for row in reference.gatherings),
    ]


# ---------------------------------------------------------------- what is bundled

LEAST = {
    "countries": 240,
    "people": 900,
    "organizations": 500,
    "outlets": 350,
    "places": 400,
    "accords": 60,
    "gatherings": 40,
    "cities": 25_000,
}


@pytest.mark.parametrize("table, least", LEAST.items(), ids=LEAST.keys())
def test_tables_are_deep_and_their_ids_unique(reference: Reference, table: str, least: int) -> None:
    rows = getattr(reference, table)
    assert len(rows) >= least
    assert [id for id, count in Counter(row[0] for row in rows).items() if count > 1] == []


def test_no_organization_has_the_id_of_an_outlet() -> None:
    organizations = {row["org_id"] for row in read_rows(BUNDLED / "organizations.csv", ("org_id",))}
    assert organizations & {row["org_id"] for row in read_rows(BUNDLED / "outlets.csv", ("org_id",))} == set()


@pytest.mark.parametrize("name", sorted(path.name for path in BUNDLED.glob("*.csv")))
def test_files_are_tidy(name: str) -> None:
    """Ids of lower-case words, no empty value in a cell, none twice, no stray blanks, line ends of Unix."""
    raw = (BUNDLED / name).read_bytes()
    assert b"\r" not in raw and raw.endswith(b"\n")
    with (BUNDLED / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        rows = list(reader)
    assert {len(row) for row in rows} == {len(header)}
    assert [cell for row in rows for cell in row if cell != cell.strip() or "\n" in cell] == []
    many = [n for n, column in enumerate(header) if column in ("aliases", "weak_aliases", "domains", "demonyms", "parties")]
    for row in rows:
        for n in many:
            values = row[n].split("|") if row[n] else []
            assert "" not in values and len(values) == len(set(values)), row[0]


def test_names_and_ids_read_well(reference: Reference) -> None:
    for id, name, aliases, weak_aliases in named(reference):
        assert id == id.lower() and " " not in id and id.isascii(), id
        assert name not in aliases, id
        assert not set(aliases) & set(weak_aliases), id


def test_a_safe_name_means_one_body(reference: Reference) -> None:
    """Names that mean several bodies are weak in all of them."""
    known = {body.org_id for body in reference.organizations} | {outlet.org_id for outlet in reference.outlets}
    bodies = [row for row in named(reference) if row[0] in known]
    count = Counter(each for _, name, aliases, weak in bodies for each in {name, *aliases} - set(weak))
    assert [name for name, n in count.items() if n > 1] == []


def test_a_domain_belongs_to_one_outlet(reference: Reference) -> None:
    count = Counter(domain for outlet in reference.outlets for domain in outlet.domains)
    assert [domain for domain, n in count.items() if n > 1] == []
    assert [domain for domain in count if domain != domain.lower() or "." not in domain or domain.startswith("www.") or "/" in domain] == []


def test_an_office_of_state_has_a_function(reference: Reference) -> None:
    found = {(body.country, body.function): body.name for body in reversed(reference.organizations) if body.function}
    assert found["CHN", "foreign affairs"] == "Ministry of Foreign Affairs of China"
    assert found["RUS", "defense"] == "Ministry of Defense of Russia"
    assert found["USA", "foreign affairs"] == "United States Department of State"
    assert found["GBR", "interior"] == "Home Office"
    ministries = [country for country, function in found if function == "foreign affairs"]
    assert len(ministries) >= 60


def test_places_lie_where_they_belong(reference: Reference) -> None:
    """A place with the code of a state lies near one of that state's cities, even where the state is vast."""
    cities: dict[str, list[tuple[float, float]]] = {}
    for city in reference.cities:
        cities.setdefault(city.admin1, []).append((city.latitude, city.longitude))
    for place in reference.places:
        assert place.latitude is not None and place.longitude is not None, place.place_id
        if place.admin1_code:
            near = [max(abs(lat - place.latitude), abs(lon - place.longitude) / 2) for lat, lon in cities.get(place.admin1_code, [])]
            assert not near or min(near) < 6.5, place.place_id


def test_known_rows(reference: Reference) -> None:
    outlets = {outlet.org_id: outlet for outlet in reference.outlets}
    assert outlets["kcna"].name == "Korean Central News Agency" and "KCNA" in outlets["kcna"].aliases and outlets["kcna"].state_media
    assert "Time" in outlets["time-magazine"].weak_aliases and "Time magazine" in outlets["time-magazine"].aliases
    accords = {accord.accord_id: accord for accord in reference.accords}
    assert accords["jcpoa"].signed_on == dt.date(2015, 7, 14) and "IRN" in accords["jcpoa"].parties
    places = {place.place_id: place for place in reference.places}
    assert places["texas"].admin1_code == "US.TX"
    cities = {(city.country, city.name) for city in reference.cities}
    assert {("DEU", "Frankfurt"), ("SYR", "Raqqa"), ("IRQ", "Fallujah"), ("USA", "New York City"), ("UKR", "Kyiv")} <= cities
    countries = {country.iso3: country for country in reference.countries}
    assert countries["GEO"].ambiguous and countries["SUN"].successor == "RUS"


# ---------------------------------------------------------------- a user's folder


def test_a_row_of_the_user_adds_or_replaces(tmp_path: Path) -> None:
    write(
        tmp_path,
        "outlets.csv",
        OUTLETS,
        "tass,TASS (ours),,tass.example,RUS,ru,agency,y,",
        "harbour-post,Harbour Post,,harbourpost.example,,en,newspaper,,",
    )
    write(tmp_path, "places.csv", PLACES, "grey-quay,Grey Quay,The Quay|Quayside,landmark,GBR,51.2,-1.5,")
    mine = load_reference(tmp_path)
    outlets = {outlet.org_id: outlet for outlet in mine.outlets}
    assert outlets["tass"].name == "TASS (ours)" and outlets["tass"].aliases == ()
    assert outlets["harbour-post"].domains == ("harbourpost.example",) and outlets["harbour-post"].country is None
    assert mine.places[-1].name == "Grey Quay" and mine.places[-1].aliases == ("The Quay", "Quayside")
    assert mine.places[-1].weak_aliases == () and mine.places[-1].admin1_code is None
    assert len(mine.outlets) == len(load_reference().outlets) + 1


def test_an_outlet_of_the_user_replaces_an_organization(tmp_path: Path) -> None:
    write(tmp_path, "outlets.csv", OUTLETS, "nato,NATO Newsroom,,nato.example,,en,online,,")
    mine = load_reference(tmp_path)
    assert "nato" not in {body.org_id for body in mine.organizations}


def test_a_place_of_the_user_replaces_a_city(tmp_path: Path) -> None:
    city = load_reference().cities[0].city_id
    write(tmp_path, "places.csv", PLACES, f"{city},Our Town,,region,,1,2,")
    assert city not in {each.city_id for each in load_reference(tmp_path).cities}


def test_offices_of_one_person(tmp_path: Path) -> None:
    write(
        tmp_path,
        "offices.csv",
        OFFICES + ",rank",
        "ann-able,Minister of Tides,Tides Minister,GBR,,2001-02,2004,made up,minister",
        "ann-able,Minister of Tides,Tides Minister,GBR,,2006-05-01,,made up,minister",
    )
    first, second = load_reference(tmp_path).offices[-2:]
    assert (first.starts_on, first.ends_on, first.rank) == (dt.date(2001, 2, 1), dt.date(2004, 12, 31), ROLES["minister"])
    assert (second.starts_on, second.ends_on) == (dt.date(2006, 5, 1), None)


def test_other_scripts_marks_and_blank_lines(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(
        b"\xef\xbb\xbf" + (PEOPLE + "\r\n\r\nlayla,ليلى,ライラ| |Layla,EGY,f,,,\r\n").encode()  # a spreadsheet's mark, line ends and blanks
    )
    person = load_reference(tmp_path).people[-1]
    assert (person.name, person.aliases, person.gender) == ("ليلى", ("ライラ", "Layla"), "f")


# file, lines, where, what stands there, what to do
BAD = {
    "missing column": ("people.csv", (PEOPLE.replace(",gender", ""), "a,A,,,,,"), "line 1", "no column 'gender'", "Add it"),
    "empty file": ("accords.csv", ("",), "line 1", "no column 'accord_id', found nothing", "Add it"),
    "bad date": ("accords.csv", (ACCORDS, "a,A,,,,,", "b,B,,14 March 2013,,,"), "line 3", "'14 March 2013'", "Write a date as 2013-03-14"),
    "day that is none": ("accords.csv", (ACCORDS, "b,B,,2013-02-30,,,"), "line 2", "'2013-02-30'", "Write a date"),
    "month that is none": ("offices.csv", (OFFICES, "p,o,,,,2013-13,,"), "line 2", "'from' is '2013-13'", "Write a date"),
    "ends before it begins": ("offices.csv", (OFFICES, "p,o,,,,2014,2013,"), "line 2", "ends (2013-12-31) before it begins", "Correct"),
    "duplicate id": ("places.csv", (PLACES, "a,A,,sea,,1,2,", "a,B,,sea,,1,2,"), "line 3", "'a' stands already in line 2", "change its id"),
    "same office twice": (
        "offices.csv",
        (OFFICES, "p,o,,,,2013,,", "p,o,,,,2013-01-01,,"),
        "line 3",
        "stands already in line 2",
        "change its id",
    ),
    "unknown country": ("organizations.csv", (ORGANIZATIONS, "a,A,,company,ENG,,"), "line 2", "'ENG'", "ISO alpha-3"),
    "unknown party": ("accords.csv", (ACCORDS, "a,A,,,GBR|UK,,"), "line 2", "'parties' has 'UK'", "ISO alpha-3"),
    "two countries": ("outlets.csv", (OUTLETS, "a,A,,,GBR|USA,en,online,,"), "line 2", "2 values", "Write one"),
    "no name": ("gatherings.csv", (GATHERINGS, "a,,,"), "line 2", "'name' is empty", "Every row needs one"),
    "no id": ("countries.csv", (COUNTRIES, ",GB,X,,,,,,,,,"), "line 2", "'iso3' is empty", "Every row needs one"),
    "latitude too large": ("places.csv", (PLACES, "a,A,,sea,,91,2,"), "line 2", "'latitude' is '91'", "from -90 to 90"),
    "latitude in words": ("places.csv", (PLACES, "a,A,,sea,,north,2,"), "line 2", "'north'", "Write a number"),
    "gender": ("people.csv", (PEOPLE, "a,A,,,woman,,,"), "line 2", "'gender' is 'woman'", "Write m or f"),
    "rank": ("offices.csv", (OFFICES + ",rank", "p,o,,,,,,,boss"), "line 2", "'boss'", "Write one of head_of_state"),
    "comma outside quotes": (
        "gatherings.csv",
        (GATHERINGS, "a,A,,of people, of dogs"),
        "line 2",
        "5 cells under a header of 4",
        "double quotes",
    ),
}


@pytest.mark.parametrize("name, lines, where, found, advice", BAD.values(), ids=BAD.keys())
def test_a_bad_file_says_where_what_and_what_to_do(
    tmp_path: Path, name: str, lines: tuple[str, ...], where: str, found: str, advice: str
) -> None:
    with pytest.raises(BadReference) as error:
        load_reference(write(tmp_path, name, *lines))
    message = str(error.value)
    assert str(tmp_path / name) in message and where in message and found in message and advice in message


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "gatherings.csv").write_bytes((GATHERINGS + "\na,Münster,,\n").encode("latin-1"))
    with pytest.raises(BadReference, match=r"not UTF-8.*Save the file as UTF-8"):
        load_reference(tmp_path)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(BadReference, match="no such folder"):
        load_reference(tmp_path / "nowhere")


# ---------------------------------------------------------------- cells

DATES = {
    "day": ("2013-03-14", dt.date(2013, 3, 14), dt.date(2013, 3, 14)),
    "month": ("2013-03", dt.date(2013, 3, 1), dt.date(2013, 3, 31)),
    "February of a leap year": ("2012-02", dt.date(2012, 2, 1), dt.date(2012, 2, 29)),
    "year": ("2013", dt.date(2013, 1, 1), dt.date(2013, 12, 31)),
    "nothing": ("", None, None),
}


@pytest.mark.parametrize("text, first, last", DATES.values(), ids=DATES.keys())
def test_dates_of_a_cell(text: str, first: dt.date | None, last: dt.date | None) -> None:
    assert (read_date(text), read_date(text, last=True)) == (first, last)


CELLS = {"one": ("a", ("a",)), "several": ("a|b c|د", ("a", "b c", "د")), "gaps": ("a||  |b", ("a", "b")), "nothing": ("", ())}


@pytest.mark.parametrize("cell, values", CELLS.values(), ids=CELLS.keys())
def test_values_of_a_cell(cell: str, values: tuple[str, ...]) -> None:
    assert split_cell(cell) == values
