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


MARCH = {"starts_on": dt.date(1972, 3, 1), "ends_on": dt.date(1972, 3, 31)}
FIRST_OF_MARCH = {"starts_on": dt.date(1972, 3, 1), "ends_on": dt.date(1972, 3, 1)}
TWO = [("person/richard-nixon", "participant", "USA"), ("person/leonid-brezhnev", "participant", "RUS")]


def test_a_month_is_no_day(sample_warehouse: Path, tmp_path: Path) -> None:
    talks = {"kind": "meet", "quad": "verbal cooperation", "intensity": 1.0, "parties": TWO}
    path = tell(sample_warehouse, tmp_path, {**talks, **MARCH}, {**talks, **FIRST_OF_MARCH})
    pair = {"first": "RUS", "second": "USA"}
    for grain, counted in (("day", 1), ("month", 2), ("year", 2)):
        assert answer(path, "how_much_happened", grain=grain)["event_count"].to_list() == [counted]
        assert answer(path, "how_do_two_countries_deal", grain=grain, **pair)["cooperation_count"].to_list() == [counted]
    days = answer(path, "when_were_the_meetings").sort("starts_on", nulls_last=True)
    assert days.select("starts_on", "report_count").rows() == [(MARCH["starts_on"], 1), (None, 1)]
    with connect_reader(path) as con:
        spans = con.execute("select happened_on, happened_until, event_count from marts.country_pairs order by all").fetchall()
        assert spans == [(*FIRST_OF_MARCH.values(), 1), (*MARCH.values(), 1)]
        for name, column, told in (
            ("who_met_whom", "ends_on", [FIRST_OF_MARCH["ends_on"], MARCH["ends_on"]]),
            ("who_meets_whom_most", "meeting_days", [1]),
            ("told_by_one_alone", "ends_on", [FIRST_OF_MARCH["ends_on"], MARCH["ends_on"]]),
        ):
            question = next(each for each in read_cookbook() if each.name == name)
            assert run_question(question, parameters_of(question, {}), con)[column].to_list() == told


def test_reports_of_a_month_are_not_those_of_its_first_day(sample_warehouse: Path, tmp_path: Path) -> None:
    path = tell(sample_warehouse, tmp_path, {"kind": "meet", "parties": TWO, **FIRST_OF_MARCH}, {"kind": "meet", "parties": TWO, **MARCH})
    with duckdb.connect(path) as con:
        con.execute("update main.events set article_id = (select max(article_id) from marts.current_articles) where event_no = 2")
        con.execute("update main.event_parties set article_id = (select max(article_id) from marts.current_articles) where event_no = 2")
        assert con.execute("select report_count from marts.meetings").fetchall() == [(1,), (1,)]
        con.execute("update main.events set ends_on = starts_on")
        assert con.execute("select report_count from marts.meetings").fetchall() == [(2,), (2,)]


@pytest.mark.parametrize(
    ("outlets", "first"),
    [
        pytest.param({"one": (None, 1), "two": ("late", 2)}, None, id="the earliest names no outlet"),
        pytest.param({"one": ("b", 1), "two": ("a", 1)}, "a", id="two on one day"),
        pytest.param({"one": ("undated", None), "two": ("dated", 9)}, "dated", id="one without a day"),
        pytest.param({"one": ("undated", None), "two": ("other", None)}, None, id="none has a day"),
    ],
)
def test_who_reported_first(
    outlets: dict[str, tuple[str | None, int | None]], first: str | None, sample_warehouse: Path, tmp_path: Path
) -> None:
    path = tell(sample_warehouse, tmp_path, {"kind": "meet", "parties": TWO}, {"kind": "meet", "parties": TWO})
    question = next(each for each in read_cookbook() if each.name == "who_met_whom")
    with duckdb.connect(path) as con:
        for number, (name, (outlet, day)) in enumerate(outlets.items(), 1):
            con.execute(
                "insert into main.articles by name select * replace (? as article_id, ? as outlet, ? as published_on) from main.articles limit 1",
                [name, outlet, day and dt.date(1972, 5, day)],
            )
            for table in ("events", "event_parties"):
                con.execute(f"update main.{table} set article_id = ? where event_no = ?", [name, number])
        told = run_question(question, parameters_of(question, {}), con)
    assert told["first_reported_by"].to_list() == [first]


def test_words_at_a_distance_want_no_speaker(sample_warehouse: Path) -> None:
    asked = "select unknown_count, total_count from marts.unknowns where unknown = 'quotes without a speaker'"
    with connect_reader(sample_warehouse) as con:
        meant = con.execute(
            "select count(*) filter (speaker_id is null and speaker_text is null), count(*) from marts.utterances where kind != 'scare'"
        ).fetchall()
        scare = con.execute("select count(*) from marts.utterances where kind = 'scare'").fetchone()
        assert con.execute(asked).fetchall() == meant and scare and scare[0] > 0


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
