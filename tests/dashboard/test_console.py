"""The console's query: it reads, and whatever else it tries is refused; it ends in time and does not flood the page."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

pytest.importorskip("streamlit")

from flows.dashboard import answers
from flows.dashboard.launch import WAREHOUSE
from flows.dashboard.views.console import defused_csv


@pytest.fixture(autouse=True)
def shown(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(WAREHOUSE, str(sample_warehouse))
    answers.reader.cache_clear()
    yield
    answers.reader().close()
    answers.reader.cache_clear()


@pytest.mark.parametrize("sql", ["select 1", "from articles limit 1", "with a as (select 1) from a", "values (1)", "show all tables", "describe articles", "summarize topics", "explain select 1", "select 1;", "-- only\nselect 1"])  # fmt: skip
def test_it_reads(sql: str) -> None:
    found = answers.ask_own(sql)
    assert not found.problem and found.rows.height


@pytest.mark.parametrize(
    "sql",
    [
        "insert into articles select * from articles",
        "update articles set title = 'x'",
        "delete from articles",
        "drop table articles",
        "create table t (a int)",
        "create temp table t as select 1",
        "create temp macro m() as 1",
        "copy articles to '/tmp/stolen.csv'",
        "copy (select 1) to '/tmp/stolen.parquet'",
        "export database '/tmp/stolen'",
        "import database '/tmp/stolen'",
        "attach '/tmp/other.duckdb'",
        "attach ':memory:' as other",
        "detach news",
        "use marts",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from read_blob('/etc/passwd')",
        "select * from glob('/*')",
        "select * from '/etc/passwd'",
        "select * from 'https://evil.example/a.parquet'",
        "from sniff_csv('/etc/passwd')",
        "from parquet_scan('/tmp/a.parquet')",
        "install httpfs",
        "load httpfs",
        "load '/tmp/evil.duckdb_extension'",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "reset lock_configuration",
        "pragma enable_profiling",
        "pragma memory_limit = '1TB'",
        "pragma temp_directory = '/tmp'",
        "call pragma_version()",
        "checkpoint",
        "vacuum",
        "begin",
        "prepare p as select 1",
        "execute p",
        "create secret s (type s3)",
        "select getenv('HOME')",
        "select 1; select 2",
        "select 1; drop table articles",
        "explain analyze insert into articles select * from articles",
        "with gone as (delete from articles returning *) select * from gone",
        "",
        "   -- nothing",
        "selec 1",
        "select \x00",
    ],
)
def test_it_does_nothing_else(sql: str) -> None:
    found = answers.ask_own(sql)
    assert found.problem and not found.rows.height
    assert answers.ask_own("select count(*) from articles").rows.item() > 20
    assert not Path("/tmp/stolen.csv").exists()


def test_it_is_stopped_in_time() -> None:
    began = time.monotonic()
    found = answers.ask_own("select count(*) from range(1000000000) a, range(1000000) b where a.range % 7 = b.range % 5", seconds=0.5)
    assert "Stopped" in found.problem
    assert time.monotonic() - began < 5


def test_it_takes_no_more_of_the_machine_than_its_share() -> None:
    found = answers.ask_own("select current_setting('memory_limit'), current_setting('max_temp_directory_size')").rows.row(0)
    with answers.reader().cursor() as cursor:
        row = cursor.execute("select value from duckdb_settings() where name = 'memory_limit'").fetchone()
    assert row is not None and row[0] == found[0]
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    amount, unit = found[0].split()
    assert float(amount) * {"MiB": 1 / 1024, "GiB": 1}[unit] <= whole / 4 + 0.1
    assert found[1] in ("7.4 GiB", "8.0 GB")


def test_two_run_at_a_time_in_all() -> None:
    long = "select count(*) from range(1000000000) a, range(1000000) b where a.range % 7 = b.range % 5"
    threads = [threading.Thread(target=answers.ask_own, args=(long,), kwargs={"seconds": 1.5}) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    assert "Others' queries" in answers.ask_own("select 1", seconds=0.1).problem
    for thread in threads:
        thread.join()
    assert answers.ask_own("select 1").rows.item() == 1


def test_it_is_cut() -> None:
    found = answers.ask_own("select range from range(100000000)", rows=100)
    assert found.is_cut and found.rows.height == 100


@pytest.mark.parametrize(
    "sql",
    ["select 1 as a, 2 as a", "select interval 3 days", "select [1, 2], {'a': 1}, map {'k': 1}", "select 170141183460469231731687303715884105727::hugeint", "select 'infinity'::timestamp", "select '1'::bit, uuid(), '\\x00'::blob, time '12:00'", "select 1.5::decimal(38, 10)", "select null"],
)  # fmt: skip
def test_odd_types_are_shown_or_said(sql: str) -> None:
    found = answers.ask_own(sql)
    assert found.problem or found.rows.height == 1
    if not found.problem:
        defused_csv(found.rows)


def test_a_question_of_the_cookbook_takes_its_parameters() -> None:
    assert answers.ask_own("select $a as a, $b as b", params={"a": 1, "b": "x", "c": 0}).rows.rows() == [(1, "x")]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum(a)", "\t=1", " =1", "\r=1"])
def test_no_cell_of_the_file_is_a_formula(cell: str) -> None:
    assert defused_csv(pl.DataFrame({"=a": [cell]})).startswith("'=a\n") and "'" + cell in defused_csv(pl.DataFrame({"=a": [cell]}))


def test_numbers_stay_numbers() -> None:
    assert defused_csv(pl.DataFrame({"a": [-1.5], "b": [["x", "y"]]})) == "a,b\n-1.5,\"['x', 'y']\"\n"
