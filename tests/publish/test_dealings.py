"""Who deals with whom: the marts and the dashboard answer alike, of events that are made up here."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from flows.cookbook import parameters_of, read_cookbook, run_question
from flows.warehouse import connect_reader
from tests.dashboard.test_queries import answer

Party = tuple[str, str, str | None]  # entity, role, country
DAY = dt.date(1972, 5, 3)


def tell(sample: Path, folder: Path, *events: dict[str, object]) -> Path:
    """A copy of the samples' warehouse with these events in the place of its own, all of one article that has a day."""
    path = folder / "told.duckdb"
    shutil.copyfile(sample, path)
    with duckdb.connect(path) as con:
        row = con.execute("select min(article_id) from marts.current_articles where published_on is not null").fetchone()
        assert row
        con.execute("delete from main.events")
        con.execute("delete from main.event_parties")
        for number, event in enumerate(events, 1):
            whole = {
                "article_id": row[0],
                "event_no": number,
                "status": "happened",
                "starts_on": DAY,
                "ends_on": DAY,
                "sentence_no": 1,
                **event,
            }
            parties = whole.pop("parties", [])
            con.execute(f"insert into main.events ({', '.join(whole)}) values ({', '.join('?' for _ in whole)})", list(whole.values()))
            for party in parties:  # type: ignore[attr-defined]
                con.execute(
                    "insert into main.event_parties by name select ? article_id, ? event_no, ? entity_id, ? as role, ? country",
                    [row[0], number, *party],
                )
    return path  # fmt: skip


@pytest.mark.parametrize(
    ("quad", "parties", "pairs"),
    [
        pytest.param("material conflict", [("a", "actor", "USA"), ("b", "actor", "GBR"), ("c", "recipient", "RUS")], {"GBRRUS", "RUSUSA"}, id="two act on a third"),
        pytest.param("verbal conflict", [("a", "actor", "USA"), ("b", "actor", "GBR"), ("c", "recipient", None)], set(), id="two act on one of no country"),
        pytest.param("verbal conflict", [("a", "actor", "USA"), ("b", "actor", "GBR")], set(), id="two condemn"),
        pytest.param("verbal cooperation", [("a", "actor", "USA"), ("b", "actor", "GBR")], {"GBRUSA"}, id="two sign"),
        pytest.param("material conflict", [("a", "actor", "IRN"), ("b", "recipient", "IRQ"), ("c", "recipient", "KWT")], {"IRNIRQ", "IRNKWT"}, id="two suffer"),
        pytest.param("verbal cooperation", [("a", "participant", "USA"), ("b", "participant", "GBR"), ("c", "participant", "RUS"), ("d", "participant", "USA")],
                     {"GBRUSA", "GBRRUS", "RUSUSA"}, id="three meet"),
        pytest.param("material conflict", [("a", "participant", "IRN"), ("b", "participant", "IRQ")], {"IRNIRQ"}, id="two fight"),
        pytest.param("verbal conflict", [("a", "actor", "USA"), ("b", "recipient", "USA")], set(), id="one country alone"),
        pytest.param(None, [("a", "participant", "USA"), ("b", "participant", "GBR")], set(), id="neither cooperation nor conflict"),
    ],
)  # fmt: skip
def test_an_event_joins_those_who_act_with_those_who_receive(
    quad: str | None, parties: list[Party], pairs: set[str], sample_warehouse: Path, tmp_path: Path
) -> None:
    path = tell(sample_warehouse, tmp_path, {"kind": "x", "quad": quad, "intensity": -8.0, "parties": parties})
    with connect_reader(path) as con:
        rows = con.execute("select first_country || second_country, event_count, happened_on from marts.country_pairs").fetchall()
    assert sorted(rows) == [(pair, 1, DAY) for pair in sorted(pairs)]
    found = answer(path, "which_countries_deal_with_each_other")
    assert sorted(found["first_country"] + found["second_country"]) == sorted(pairs) and set(found["event_count"]) <= {1}


def test_the_mean_intensity_is_of_those_that_have_one(sample_warehouse: Path, tmp_path: Path) -> None:
    sides = [("a", "actor", "USA"), ("b", "recipient", "RUS")]
    hostile = {"kind": "x", "quad": "verbal conflict", "parties": sides}
    unweighed = {**hostile, "starts_on": dt.date(1972, 5, 4), "ends_on": dt.date(1972, 5, 4)}
    unclassed = {"kind": "x", "quad": None, "intensity": None, "parties": sides}
    path = tell(
        sample_warehouse,
        tmp_path,
        {**hostile, "intensity": -4.0},
        hostile,
        {**unweighed, "intensity": -7.0},
        unweighed,
        unweighed,
        unclassed,
    )
    question = next(each for each in read_cookbook() if each.name == "friends_and_foes")
    with connect_reader(path) as con:
        told = run_question(question, parameters_of(question, {}), con)
    assert told.select("event_count", "conflict_count", "mean_intensity").rows() == [(5, 5, -5.5)]
    shown = answer(path, "which_countries_deal_with_each_other")
    assert shown.select("event_count", "conflict_count", "mean_intensity").rows() == [(5, 5, -5.5)]
