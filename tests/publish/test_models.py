"""Marts are built in the order of their needs, carry their comments, and the docs tell of every table and column."""

from pathlib import Path

import duckdb
import pytest

from flows.publish.describe import describe
from flows.publish.models import ROOT, build_marts, leading_comment, marts_in_order
from flows.warehouse import connect_reader


def test_a_mart_comes_after_those_it_reads(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("-- A.\nselect * from marts.b")
    (tmp_path / "b.sql").write_text("-- B.\n-- More of B.\nselect 1 as x")
    with duckdb.connect() as con:
        con.execute("create schema marts")
        assert build_marts(con, tmp_path) == ["b", "a"]
        assert con.execute("select comment from duckdb_views() where schema_name = 'marts' order by view_name").fetchall() == [
            ("A.",),
            ("B.\nMore of B.",),
        ]


def test_marts_in_a_circle_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("select * from marts.b")
    (tmp_path / "b.sql").write_text("select * from marts.a")
    with duckdb.connect() as con, pytest.raises(ValueError, match="need each other"):
        marts_in_order(con, tmp_path)


@pytest.mark.parametrize("file", sorted([*(ROOT / "marts").glob("*.sql"), *(ROOT / "checks").glob("*.sql")]), ids=lambda file: file.stem)
def test_every_file_opens_with_its_comment_and_is_lower_case(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert leading_comment(text), "the grain first, then what would surprise a reader"
    assert not any(word in text.split() for word in ("SELECT", "FROM", "WHERE", "JOIN", "GROUP", "ORDER"))


def test_every_table_and_column_of_the_warehouse_has_a_comment(sample_warehouse: Path) -> None:
    with connect_reader(sample_warehouse) as con:
        bare_tables = con.execute(
            "select schema_name, table_name from duckdb_tables() where comment is null and schema_name != 'pipeline'"
        ).fetchall()
        bare_columns = con.execute(
            "select schema_name, table_name, column_name from duckdb_columns() where comment is null and not internal "
            "and schema_name in ('main', 'marts', 'ops', 'ref')"
        ).fetchall()
        bare_tables += con.execute("select schema_name, view_name from duckdb_views() where comment is null and not internal").fetchall()
    assert (bare_tables, bare_columns) == ([], [])


def test_the_docs_tell_of_every_public_table(sample_warehouse: Path) -> None:
    docs = Path(__file__).parents[2] / "docs" / "tables.md"
    assert docs.read_text(encoding="utf-8") == describe(sample_warehouse), "make it anew: wirehouse describe > docs/tables.md"


def test_every_mart_has_rows_on_the_samples(sample_warehouse: Path) -> None:
    with connect_reader(sample_warehouse) as con:
        empty = [
            file.stem
            for file in sorted((ROOT / "marts").glob("*.sql"))
            if con.execute(f"select count(*) from marts.{file.stem}").fetchone() == (0,)
        ]
    assert empty == []
