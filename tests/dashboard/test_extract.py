"""The extract: the same answers as the file gives, new ones after a load, and a word where there is no warehouse."""

import shutil
from pathlib import Path

import pytest

from flows.dashboard.extract import Keeper, make_extract
from flows.errors import WarehouseUnusable
from flows.warehouse import SharedReader, connect_reader
from tests.dashboard.test_reader import replace_with_a_smaller


@pytest.fixture
def copy(sample_warehouse: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(sample_warehouse, tmp_path / "news.duckdb"))


def test_it_counts_as_the_file_does(copy: Path) -> None:
    extract = make_extract(SharedReader(copy))
    with connect_reader(copy) as con:
        for told, taken in (
            ("select count(*) from marts.current_articles", "select count(*) from extract.articles"),
            ("select sum(event_count)::bigint from marts.country_pairs", "select count(*) from extract.pairs join extract.events using (article_id, event_no) where status not in ('denied', 'cancelled') and quad is not null"),
            ("select count(*) from main.mentions semi join marts.current_articles using (article_id)", "select sum(times)::bigint from extract.mentions"),
            ("select list(article_id order by article_id) from marts.current_articles", "select article_id from extract.articles order by article_id"),
        ):  # fmt: skip
            row = con.execute(told).fetchone()
            found = extract.ask(taken, {})
            assert row and row[0] == (found["article_id"].to_list() if "article_id" in found.columns else found.item())


def test_a_new_file_is_taken_in(copy: Path) -> None:
    keeper = Keeper(SharedReader(copy))
    assert keeper.current().ask("select count(*) from extract.mentions", {}).item() > 0
    replace_with_a_smaller(copy)
    assert keeper.current().ask("select count(*) from extract.mentions", {}).item() == 0


def test_the_one_before_answers_while_a_new_one_is_made(copy: Path) -> None:
    keeper = Keeper(SharedReader(copy), patience_seconds=0)
    before = keeper.current()
    replace_with_a_smaller(copy)
    assert keeper.current() is before
    keeper.start().join()
    assert keeper.current() is not before


def test_without_a_warehouse_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(WarehouseUnusable, match="no such warehouse"):
        Keeper(SharedReader(tmp_path / "none.duckdb")).current()
