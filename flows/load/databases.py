"""A table or view of another database as an input: ``sqlite:old.db#articles``, ``duckdb:other.duckdb#main.pages``.

Which of the two a file is, its first bytes tell. It is opened to read only, and only the columns are read that say something
of a page. Rows are streamed: a view that sorts spills to the disk, not into memory.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from flows import warehouse
from flows.load.columns import has_content, no_columns, pick_mended, telling_columns
from flows.load.records import Record, Reject
from flows.settings import Settings

_ROWS = 200  # in memory at a time


class Table(NamedTuple):
    """A table or view as SQL writes it, and the names and types of its columns; a SQLite column has no type."""

    quoted: str
    columns: dict[str, str]


class BadDatabase(ValueError):
    """A file is no database, cannot be opened, or lacks the table."""


def read_database(path: Path, table: str, uri: str, settings: Settings) -> Iterator[Record | Reject]:
    """One record a row of a table or view, in its own order."""
    number = 0
    try:
        with _open(path) as con:
            found = _find_table(con, path, table)
            if not has_content(found.columns, settings.text_column):
                yield no_columns(uri, list(found.columns))
                return
            names = telling_columns(list(found.columns), settings.text_column)
            listed = ", ".join(_selected(name, found.columns[name]) for name in names)
            rows = con.execute(f"select {listed} from {found.quoted}")
            while batch := rows.fetchmany(_ROWS):
                for row in batch:
                    number += 1
                    fields = dict(zip(names, row, strict=True))
                    yield pick_mended(fields, file_uri=uri, record_no=number, encoding="utf-8", text_column=settings.text_column)
    except BadDatabase as error:
        yield Reject(uri, 1, "bad_table", str(error))
        return
    except (sqlite3.Error, duckdb.Error, UnicodeDecodeError) as error:
        yield Reject(uri, number + 1, "bad_table", _why(error))
        return
    if number == 0:
        yield Reject(uri, 1, "empty", "a table without rows")


def table_names(path: Path) -> list[str]:
    """The tables and views of a database, those of another schema than ``main`` with its name before theirs.

    Raises BadDatabase, in one line, when the file is none or cannot be opened.
    """
    with _open(path) as con:
        return list(_list_tables(con))


def _open(path: Path) -> Any:
    """A connection that can only read and closes itself."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise BadDatabase(f"cannot be read ({error.strerror})") from None
    try:
        if head[8:12] == b"DUCK":
            return warehouse.connect_input(path)
        if head.startswith(b"SQLite format 3"):
            return _Sqlite(path)
    except (duckdb.Error, sqlite3.Error) as error:
        raise BadDatabase(_why(error)) from None
    raise BadDatabase("neither a DuckDB nor a SQLite database" if head.strip(b"\0") else "an empty file, no database")


class _Sqlite:
    """A SQLite connection that closes itself at the end of a ``with``, as DuckDB's do."""

    def __init__(self, path: Path) -> None:
        self._con = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        self._con.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        self._con.execute("pragma query_only = true")

    def __enter__(self) -> sqlite3.Connection:
        return self._con

    def __exit__(self, *_: object) -> None:
        self._con.close()


def _list_tables(con: Any) -> dict[str, str]:
    """Every table and view by the name a person gives, with its name as SQL writes it."""
    if isinstance(con, sqlite3.Connection):
        found = con.execute("select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' order by name")
        return {name: _quoted(name) for (name,) in found.fetchall()}
    found = con.execute(
        "select schema_name, table_name from duckdb_tables() where not internal union all "
        "select schema_name, view_name from duckdb_views() where not internal order by all"
    )
    return {
        name if schema == "main" and "." not in name else f"{schema}.{name}": f"{_quoted(schema)}.{_quoted(name)}"
        for schema, name in found.fetchall()
    }


def _find_table(con: Any, path: Path, wanted: str) -> Table:
    known = _list_tables(con)
    same = {name.lower(): quoted for name, quoted in known.items()}
    bare = wanted.lower()
    if bare not in same:
        bare = bare.replace('"', "")
    quoted = same.get(bare) or same.get(bare.removeprefix("main.")) or same.get(f"main.{bare}")
    if quoted is None:
        told = f"it has {', '.join(list(known)[:20])}{' …' if len(known) > 20 else ''}" if known else "it has no tables"
        raise BadDatabase(f"{path.name} has no table {wanted!r}; {told}")
    if isinstance(con, sqlite3.Connection):
        return Table(quoted, {row[1]: "" for row in con.execute(f"pragma table_info({quoted})").fetchall()})
    return Table(quoted, {row[0]: row[1] for row in con.execute(f"describe {quoted}").fetchall()})


def _selected(name: str, kind: str) -> str:
    """A column of a select; moments with a zone come as text, for DuckDB hands them over through a package that may be missing."""
    return f"{_quoted(name)}::varchar" if kind == "TIMESTAMP WITH TIME ZONE" else _quoted(name)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _why(error: Exception) -> str:
    """The first line of an error, in words that say what to do where that is known."""
    first = next(iter(str(error).strip().splitlines()), "")
    if "set lock" in first or "database is locked" in first:
        return f"another program has it open for writing; close it there and try again ({first[:200]})"
    if "external access" in first or "Permission Error" in first:
        return f"a view that reads other files, which is not allowed here ({first[:200]})"
    if "storage version" in first or "newer version of DuckDB" in first:
        return f"written by another version of DuckDB ({first[:200]})"
    if "malformed" in first or "corrupt" in first.lower() or "checksum" in first.lower():
        return f"the file is damaged ({first[:200]})"
    return first[:300]
