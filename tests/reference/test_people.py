"""people.csv and offices.csv hold together: ids, terms, heads of state, names."""

import datetime as dt
import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from flows.reference import BUNDLED, Office, load_reference, read_rows
from flows.reference.cells import read_date, split_cell
from flows.reference.model import ROLES

PEOPLE = read_rows(BUNDLED / "people.csv", ("person_id", "name", "aliases", "country", "gender", "kind", "family", "weak_family"))
OFFICES = read_rows(BUNDLED / "offices.csv", ("person_id", "office", "title", "country", "organization", "from", "to", "rank", "source"))
IDS = {row["person_id"] for row in PEOPLE}
KINDS = {
    *("politician", "official", "spokesperson", "military", "diplomat", "business", "royal", "religious"),
    *("militant", "activist", "journalist", "scientist", "athlete", "artist", "judge"),
}


def test_there_are_enough_people_and_terms() -> None:
    assert len(PEOPLE) >= 5000
    assert len(OFFICES) >= 5500


def test_every_person_has_an_id_of_its_own() -> None:
    assert [id for id, n in Counter(row["person_id"] for row in PEOPLE).items() if n > 1] == []
    assert [id for id in IDS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)] == []


def test_every_office_is_of_a_known_person() -> None:
    assert [row["person_id"] for row in OFFICES if row["person_id"] not in IDS] == []


def test_no_office_is_listed_twice() -> None:
    assert [key for key, n in Counter((row["person_id"], row["office"], row["from"]) for row in OFFICES).items() if n > 1] == []


def test_offices_begin_before_they_end() -> None:
    wrong = []
    for row in OFFICES:
        start, end = read_date(row["from"]), read_date(row["to"], last=True)
        if start is None or (end is not None and start > end):
            wrong.append((row["person_id"], row["office"], row["from"], row["to"]))
    assert wrong == []


def test_every_cell_has_one_of_the_values_allowed() -> None:
    assert {row["kind"] for row in PEOPLE} <= KINDS
    assert {row["gender"] for row in PEOPLE} == {"m", "f"}
    assert {row["weak_family"] for row in PEOPLE} == {"", "y"}
    assert {row["rank"] for row in OFFICES} <= set(ROLES)
    assert [row["name"] for row in PEOPLE if not row["description"]] == []
    assert [row["office"] for row in OFFICES if not row["title"] or not row["source"]] == []


def test_countries_are_three_capital_letters() -> None:
    assert [row["name"] for row in PEOPLE if not re.fullmatch(r"[A-Z]{3}", row["country"])] == []
    assert [row["office"] for row in OFFICES if row["country"] and not re.fullmatch(r"[A-Z]{3}", row["country"])] == []


@pytest.mark.parametrize("name", ["people.csv", "offices.csv"])
def test_no_value_has_stray_white_space(name: str) -> None:
    text = (BUNDLED / name).read_text(encoding="utf-8")
    values = [value for line in text.splitlines() for cell in line.split(",") for value in cell.strip('"').split("|")]
    assert [value for value in values if "  " in value or "\u00a0" in value] == []
    assert [cell for line in text.splitlines() for cell in re.split(r"[,|]", line) if cell.endswith(" ") or cell.startswith("\t")] == []


def test_an_alias_is_nobody_elses_name_or_alias() -> None:
    names = {row["name"]: row["person_id"] for row in PEOPLE}
    owners: dict[str, set[str]] = defaultdict(set)
    for row in PEOPLE:
        for alias in split_cell(row["aliases"]):
            owners[alias].add(row["person_id"])
    assert [alias for alias, ids in owners.items() if len(ids) > 1 or names.get(alias, next(iter(ids))) not in ids] == []
    assert len(names) == len(PEOPLE)


def test_a_family_name_that_stands_alone_means_one_person() -> None:
    strong = Counter(row["family"].lower() for row in PEOPLE if row["family"] and not row["weak_family"])
    assert [family for family, n in strong.items() if n > 1] == []


def heads(country: str | None, offices: tuple[Office, ...]) -> list[Office]:
    """Substantive heads of state of a country; South Vietnam and North Yemen had their own beside the other half's."""
    return [
        office
        for office in offices
        if office.country == country
        and office.role in ("head_of_state", "monarch")
        and not re.search(r"\b[Aa]cting\b|\b[Ii]nterim\b|South Vietnam|North Yemen", office.office)
    ]


def test_no_country_has_two_heads_of_state_at_once() -> None:
    """Where a day is not known, terms may touch within that month or year."""
    offices = load_reference().offices
    exact = {(row["person_id"], row["office"], row["from"]): row for row in OFFICES}
    assert len(exact) == len(OFFICES)
    coarse_ends = {(row["person_id"], row["office"], read_date(row["from"])): len(row["to"]) for row in OFFICES}
    overlaps = []
    for country in {office.country for office in offices if office.country}:
        terms = sorted(heads(country, offices), key=lambda office: office.starts_on or dt.date.min)
        for earlier, later in combinations(terms, 2):
            end = earlier.ends_on or dt.date.max
            slack = {4: 366, 7: 31}.get(coarse_ends[earlier.person_id, earlier.office, earlier.starts_on], 0)
            if later.starts_on and (end - later.starts_on).days > slack:
                overlaps.append((country, earlier.person_id, later.person_id))
    assert overlaps == []


@pytest.mark.parametrize(
    ("person", "role", "country", "start", "end"),
    [
        ("xi-jinping", "head_of_state", "CHN", "2013-03-14", ""),
        ("vladimir-putin", "head_of_state", "RUS", "2012-05-07", ""),
        ("vladimir-putin", "head_of_government", "RUS", "2008-05-08", "2012-05-07"),
        ("donald-trump", "head_of_state", "USA", "2017-01-20", "2021-01-20"),
        ("donald-trump", "head_of_state", "USA", "2025-01-20", ""),
        ("joe-biden", "deputy", "USA", "2009-01-20", "2017-01-20"),
        ("kim-jong-un", "supreme_leader", "PRK", "2011-12-17", ""),
        ("yuri-ushakov", "aide", "RUS", "2012-05-21", ""),
        ("robert-fico", "head_of_government", "SVK", "2023-10-25", ""),
        ("henry-kissinger", "foreign_minister", "USA", "1973-09-22", "1977-01-20"),
        ("leonid-brezhnev", "party_leader", "SUN", "1964-10-14", "1982-11-10"),
        ("angela-merkel", "head_of_government", "DEU", "2005-11-22", "2021-12-08"),
        ("antonio-guterres", "international", "", "2017-01-01", ""),
        ("elizabeth-ii", "monarch", "GBR", "1952-02-06", "2022-09-08"),
        ("mao-ning", "spokesperson", "CHN", "2022-09-05", ""),
    ],
)
def test_well_known_terms_stand_with_their_days(person: str, role: str, country: str, start: str, end: str) -> None:
    terms = [(row["rank"], row["country"], row["from"], row["to"]) for row in OFFICES if row["person_id"] == person]
    assert (role, country, start, end) in terms


@pytest.mark.parametrize(
    ("spelling", "person"),
    [
        ("Volodymyr Zelenskyy", "volodymyr-zelensky"),
        ("Си Цзиньпин", "xi-jinping"),
        ("Wladimir Putin", "vladimir-putin"),
        ("普京", "vladimir-putin"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("MBS", "mohammed-bin-salman"),
        ("بنيامين نتنياهو", "benjamin-netanyahu"),
        ("Kim Jong-un", "kim-jong-un"),
        ("Ishiba Shigeru", "shigeru-ishiba"),
        ("Gerhard Schroeder", "gerhard-schroder"),
    ],
)
def test_other_spellings_lead_to_the_person(spelling: str, person: str) -> None:
    assert [row["person_id"] for row in PEOPLE if spelling in split_cell(row["aliases"])] == [person]


@pytest.mark.parametrize(
    ("person", "family", "weak"),
    [
        ("donald-trump", "Trump", ""),
        ("eric-trump", "Trump", "y"),
        ("kim-jong-un", "Kim", "y"),
        ("ursula-von-der-leyen", "von der Leyen", ""),
        ("gordon-brown", "Brown", "y"),
        ("he-lifeng", "", ""),
        ("bashar-al-assad", "Assad", ""),
        ("mohammed-bin-salman", "", ""),
    ],
)
def test_family_names_say_when_they_stand_alone(person: str, family: str, weak: str) -> None:
    row = next(row for row in PEOPLE if row["person_id"] == person)
    assert (row["family"], row["weak_family"]) == (family, weak)


def test_the_loader_reads_every_row() -> None:
    reference = load_reference()
    assert len(reference.people) == len(PEOPLE)
    assert len(reference.offices) == len(OFFICES)
    xi = next(person for person in reference.people if person.person_id == "xi-jinping")
    assert xi.family == ("Xi",) and xi.weak_family == ()
