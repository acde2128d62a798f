"""Every query of ``sql/dashboard`` says what a row is, runs with and without filters, and answers rightly on the samples."""

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.dashboard.extract import make_extract
from flows.publish.models import ROOT, leading_comment
from flows.warehouse import SharedReader, connect_reader

FILES = sorted((ROOT / "dashboard").glob("*.sql"))
OPEN: dict[str, Any] = {
    "from": None, "to": None, "countries": [], "people": [], "outlets": [], "rows": 50, "cue_class": None, "office": None, "via": None,
    "quad": None, "grain": "year", "first": "CHN", "second": "USA", "article": "", "document": "", "articles": [], "numbers": [],
}  # fmt: skip
NARROW = {
    **OPEN,
    "from": dt.date(1972, 1, 1),
    "to": dt.date(1972, 12, 31),
    "countries": ["CHN"],
    "people": ["person/richard-nixon"],
    "outlets": ["harborherald.example"],
}


def answer(warehouse: Path, name: str, **given: Any) -> pl.DataFrame:
    sql = (ROOT / "dashboard" / f"{name}.sql").read_text(encoding="utf-8")
    reader = SharedReader(warehouse)
    extract = make_extract(reader)
    with reader.cursor() as cursor:
        wanted = cursor.extract_statements(sql)[0].named_parameters
        params = {key: {**OPEN, **given}[key] for key in wanted}
        found = extract.ask(sql, params) if "extract." in sql else cursor.execute(sql, params).pl()
    reader.close()
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_says_what_a_row_is_and_runs(sample_warehouse: Path, file: Path) -> None:
    assert leading_comment(file.read_text(encoding="utf-8")).startswith("One row")
    wide, narrow = answer(sample_warehouse, file.stem), answer(sample_warehouse, file.stem, **NARROW)
    assert wide.columns == narrow.columns and narrow.height <= max(wide.height, 1)


def test_filters_hold_for_meetings_by_their_own_day_and_parties(sample_warehouse: Path) -> None:
    found = answer(sample_warehouse, "which_meetings", **{"from": dt.date(1972, 1, 1), "to": dt.date(1972, 12, 31), "countries": ["CHN"]})
    assert found.height and all(day.year == 1972 for day in found["starts_on"])
    assert all("CHN" in countries for countries in found["countries"])


def test_a_meeting_counts_in_the_calendar_as_in_the_list(sample_warehouse: Path) -> None:
    days = answer(sample_warehouse, "when_were_the_meetings")
    assert days["report_count"].sum() == answer(sample_warehouse, "which_meetings", rows=1000).height


def test_quotes_of_a_person_are_that_persons(sample_warehouse: Path) -> None:
    found = answer(sample_warehouse, "what_was_said", people=["person/ronald-reagan"])
    assert found.height and set(found["speaker"]) == {"Ronald Reagan"}


def test_pairs_of_countries_are_counted_once_an_event(sample_warehouse: Path) -> None:
    with connect_reader(sample_warehouse) as con:
        wanted = dict(
            con.execute("select first_country || second_country, sum(event_count)::bigint from marts.country_pairs group by all").fetchall()
        )
        unclassed = con.execute("select count(*) from main.events where quad is null").fetchone()
    found = dict(
        answer(sample_warehouse, "which_countries_deal_with_each_other")
        .select(pl.col("first_country") + pl.col("second_country"), "event_count")
        .iter_rows()
    )
    assert found and (unclassed != (0,) or found == wanted)
    pair = answer(sample_warehouse, "how_do_two_countries_deal")
    assert 0 < pair.select((pl.col("cooperation_count") + pl.col("conflict_count")).sum()).item() <= found["CHNUSA"]
