"""Tables and views of DuckDB and SQLite as inputs: the same records from both, and one clear line for what cannot be read."""

import datetime as dt
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from flows.errors import InputNotFound
from flows.load.inputs import Input, at_place, find_inputs
from flows.load.readers import read_inputs
from flows.load.records import Record, Reject
from flows.settings import Settings

ROWS = [
    (f"p{n}", f"https://news.example/{n}", f"Title {n}", dt.date(1972, 2, 21), f"Körper {n}. Ministers met in Genève.") for n in range(3)
]


def read(given: str, **settings: object) -> list[Record | Reject]:
    return list(read_inputs(find_inputs([given]), Settings(**settings)))  # type: ignore[arg-type]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(
            "create table articles (id varchar, url varchar, title varchar, date date, text varchar, vector float[3], lasts interval)"
        )
        con.executemany("insert into articles values (?, ?, ?, ?, ?, [1, 2, 3], interval 1 day)", ROWS)
        con.execute(
            "create schema archive; create view archive.newest as select id, text, now() as fetched_at from articles order by id desc"
        )
        con.execute("create table numbers (n integer); create table nothing (text varchar)")
        con.execute("create view outside as select content as text from read_text('/etc/hostname')")
    return path


def test_a_table_and_a_view_of_duckdb_and_a_table_of_sqlite(other: Path, tmp_path: Path) -> None:
    found = read(f"duckdb:{other}#articles")
    assert [(r.source_uri, r.url, r.title, r.published, r.content) for r in found if isinstance(r, Record)] == [
        (f"other.duckdb#articles#{key}", url, title, "1972-02-21", text) for key, url, title, _, text in ROWS
    ]
    view = read(f"duckdb:{other}#archive.newest")
    assert [(r.source_uri[-2:], r.fetched_at is not None) for r in view if isinstance(r, Record)] == [
        ("p2", True),
        ("p1", True),
        ("p0", True),
    ]
    con = sqlite3.connect(tmp_path / "other.sqlite")
    con.execute("create table articles (id, url, title, date, text)")
    con.executemany("insert into articles values (?, ?, ?, ?, ?)", [(*row[:3], str(row[3]), row[4]) for row in ROWS])
    con.commit()
    con.close()
    same = read(f"sqlite:{tmp_path / 'other.sqlite'}#Articles")
    assert [(r.title, r.published, r.content) for r in same if isinstance(r, Record)] == [
        (r.title, r.published, r.content) for r in found if isinstance(r, Record)
    ]


@pytest.mark.parametrize(
    ("table", "reason", "told"),
    [
        pytest.param(
            "missing", "bad_table", "has no table 'missing'; it has archive.newest, articles, nothing, numbers, outside", id="no such table"
        ),
        pytest.param("numbers", "no_text", "it has n. Name one with --text-column", id="no text"),
        pytest.param("nothing", "empty", "without rows", id="no rows"),
        pytest.param("outside", "bad_table", "reads other files", id="a view of a file"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_clear_reject(other: Path, table: str, reason: str, told: str) -> None:
    (found,) = read(f"duckdb:{other}#{table}")
    assert isinstance(found, Reject) and found.reason == reason and told in found.detail and "\n" not in found.detail, found


def test_a_database_without_a_table_named_tells_its_tables(other: Path, tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match=r"It has archive\.newest, articles, nothing, numbers, outside"):
        find_inputs([f"duckdb:{other}"])
    with pytest.raises(InputNotFound, match="no such database"):
        find_inputs([f"duckdb:{tmp_path / 'gone.duckdb'}#articles"])
    (tmp_path / "text.duckdb").write_text("No database at all, only some text.")
    with pytest.raises(InputNotFound, match="neither a DuckDB nor a SQLite database"):
        find_inputs([f"duckdb:{tmp_path / 'text.duckdb'}"])
    (bare,) = read(str(other))
    assert isinstance(bare, Reject) and bare.reason == "binary" and "#TABLE" in bare.detail


def test_a_damaged_database_is_one_clear_reject(other: Path) -> None:
    data = bytearray(other.read_bytes())
    data[4096:] = bytes(byte ^ 0x5A for byte in data[4096:])
    other.write_bytes(bytes(data))
    (found,) = read(f"duckdb:{other}#articles")
    assert isinstance(found, Reject) and found.reason == "bad_table" and "damaged" in found.detail and "\n" not in found.detail


def test_a_database_that_is_being_written_is_one_clear_reject(other: Path) -> None:
    hold = f"import duckdb; con = duckdb.connect({str(other)!r}); print('open', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout and holder.stdout.readline() == b"open\n"
        (found,) = read(f"duckdb:{other}#articles")
        holder.communicate(b"\n")
    assert isinstance(found, Reject) and "another program has it open for writing" in found.detail
    assert len(read(f"duckdb:{other}#articles")) == 3


def test_a_table_is_found_again_by_its_place(other: Path) -> None:
    (given,) = find_inputs([f"duckdb:{other}#articles"])
    assert given.place and at_place(given.uri, given.place) == given
    assert at_place("stdin", "") is None or not Input("stdin").place


def test_a_row_that_is_not_utf_8_costs_no_other_row(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    con = sqlite3.connect(path)
    con.execute("create table articles (id text, text text)")
    con.executemany("insert into articles values (?, ?)", [(str(n), f"Ministers met for the day {n}.") for n in range(5)])
    con.execute("update articles set text = cast(? as text) where id = '2'", ("Ministers met in Genève.".encode("cp1252"),))
    con.execute("update articles set text = cast(? as text) where id = '3'", (b"\x01\x02\x03\x04\x05\xff\x06\x07\x08" * 9,))
    con.commit()
    con.close()
    found = read(f"sqlite:{path}#articles")
    assert [each.content[-9:] if isinstance(each, Record) else each.reason for each in found] == [
        "he day 0.",
        "he day 1.",
        "n Genève.",
        "binary",
        "he day 4.",
    ]
    mended = found[2]
    assert isinstance(mended, Record) and mended.encoding == "cp1252" and "cp1252" in (mended.note or "")


def test_names_with_dots_and_number_signs(tmp_path: Path) -> None:
    path = tmp_path / "dotted.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("""create table "a.b" as select 'In main.' as text; create schema a; create table a.b as select 'In a.' as text""")
    told = {given: read(f"duckdb:{path}#{given}")[0] for given in ("a.b", 'main."a.b"', "main.a.b", "A.B")}
    assert {given: each.content for given, each in told.items() if isinstance(each, Record)} == {
        "a.b": "In a.",
        'main."a.b"': "In main.",
        "main.a.b": "In main.",
        "A.B": "In a.",
    }
    for name in ("bad.db", "bad#1.db"):
        con = sqlite3.connect(tmp_path / name)
        con.execute('create table "x#y" (text)')
        con.execute("""insert into "x#y" values ('Talks.')""")
        con.commit()
        con.close()
        (only,) = read(f"sqlite:{tmp_path / name}#x#y")
        assert isinstance(only, Record) and only.content == "Talks."
