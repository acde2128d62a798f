"""Every query of ``sql/dashboard`` says what a row is, runs with and without filters, and answers rightly on the samples."""

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.publish.models import ROOT, leading_comment
from flows.warehouse import connect_reader

FILES = sorted((ROOT / "dashboard").glob("*.sql"))
OPEN: dict[str, Any] = {
    "from": None, "to": None, "countries": [], "people": [], "outlets": [], "rows": 50, "run_id": None, "cue_class": None, "office": None, "via": None,
    "quad": None, "grain": "year", "first": "CHN", "second": "USA", "article": "", "document": "", "words": ["nixon"],
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
    with connect_reader(warehouse) as con:
        wanted = con.extract_statements(sql)[0].named_parameters
        return con.execute(sql, {key: {**OPEN, **given}[key] for key in wanted}).pl()


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


def test_search_is_blind_to_case_and_accents(sample_warehouse: Path) -> None:
    assert (
        answer(sample_warehouse, "which_articles_have_the_words", words=["meridien"]).height
        + answer(sample_warehouse, "which_articles_have_the_words", words=["vienne"]).height
    )
