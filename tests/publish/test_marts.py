"""Each mart has one row for each of its grain, and says of the samples what they say."""

from pathlib import Path

import pytest

from flows.publish.models import ROOT
from flows.warehouse import connect_reader

GRAINS = {
    "country_pairs": "happened_on, happened_until, first_country, second_country",
    "coverage": "topic, country, published_on",
    "current_articles": "article_id",
    "data_quality": "site, run_id",
    "entity_days": "entity_id, published_on",
    "furniture": "site, role, reason",
    "meetings": "article_id, event_no",
    "outlets": "outlet",
    "sourcing": "outlet, published_on, source_id",
    "speakers": "entity_id",
    "timeline": "article_id, event_no",
    "unknowns": "unknown",
    "utterances": "article_id, quote_no",
}


def test_every_mart_has_a_grain_here() -> None:
    assert {file.stem for file in (ROOT / "marts").glob("*.sql")} == GRAINS.keys()


@pytest.mark.parametrize("mart", sorted(GRAINS))
def test_one_row_for_each_of_the_grain(mart: str, sample_warehouse: Path) -> None:
    with connect_reader(sample_warehouse) as con:
        again = con.execute(f"select {GRAINS[mart]}, count(*) from marts.{mart} group by {GRAINS[mart]} having count(*) > 1").fetchall()
        wide = con.execute("select column_name from duckdb_columns() where table_name = ? and data_type = 'HUGEINT'", [mart]).fetchall()
    assert (again, wide) == ([], [])


@pytest.mark.parametrize(
    ("mart", "promise"),
    [
        ("country_pairs", "first_country < second_country and cooperation_count + conflict_count <= event_count"),
        ("coverage", "article_count between 1 and day_article_count"),
        ("data_quality", "title_share between 0 and 1 and day_share <= bounds_share"),
        ("current_articles", "display_title <> '' and word_count >= 0"),
        ("entity_days", "article_count between 1 and mention_count and outlet_count <= article_count"),
        ("furniture", "document_count between 1 and block_count and character_count > 0"),
        ("meetings", "len(parties) > 0 and report_count >= 1 and len(sides) >= len(coalesce(countries, []))"),
        ("outlets", "own_text_share between 0 and 1 and article_count > 0"),
        ("sourcing", "source <> '' and mention_count >= article_count and article_count > 0"),
        ("speakers", "quote_count + statement_count > 0"),
        ("timeline", "starts_on is not null and sentence <> ''"),
        ("utterances", "text <> '' and char_end - char_start = length(text) and (speaker_id is null) = (speaker is null)"),
        ("unknowns", "unknown_count <= total_count"),
    ],
)
def test_rows_keep_their_promise(mart: str, promise: str, sample_warehouse: Path) -> None:
    with connect_reader(sample_warehouse) as con:
        assert con.execute(f"select * from marts.{mart} where not ({promise})").fetchall() == []


def test_a_meeting_tells_its_sides(sample_warehouse: Path) -> None:
    with connect_reader(sample_warehouse) as con:
        found = con.execute("select sides, report_count from marts.meetings where parties = ['Mao Zedong', 'Richard Nixon']").fetchall()
    assert found == [(["CHN: Mao Zedong", "USA: Richard Nixon"], 1)]


def test_every_mart_promises_something() -> None:
    promised = {each[0] for mark in test_rows_keep_their_promise.pytestmark if mark.name == "parametrize" for each in mark.args[1]}  # type: ignore[attr-defined]
    assert promised >= GRAINS.keys()
