"""The runner of ``sql/``: marts in the order of their needs, then the checks, and the comments of every table.

A file of ``sql/marts`` is one select and becomes the view ``marts.<file name>``, its leading comment the view's. A
file of ``sql/checks`` is a promise: one select that returns the rows that break it; ``-- severity: warn`` among its
comments lets a run go on.
"""

import csv
import hashlib
from pathlib import Path
from typing import NamedTuple

import duckdb

from flows.warehouse import literal

ROOT = next(folder for folder in (Path(__file__).parents[2] / "sql", Path(__file__).parents[1] / "sql") if folder.is_dir())


class Check(NamedTuple):
    """The outcome of one check: how many rows break its promise, and the first of them for a person to look at."""

    name: str
    severity: str
    failing_rows: int
    example: str | None

    @property
    def passed(self) -> bool:
        """Whether nothing breaks the promise."""
        return self.failing_rows == 0


def leading_comment(sql: str) -> str:
    """The comment lines that a file opens with, as one text without the dashes."""
    lines = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return "\n".join(lines).strip()


def marts_in_order(con: duckdb.DuckDBPyConnection, folder: Path = ROOT / "marts") -> list[tuple[str, str]]:
    """(name, select) of every mart, each after those it reads; raises ValueError on a circle."""
    selects = {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.sql"))}
    needs = {
        name: {
            table.partition(" AS ")[0].removeprefix("marts.")
            for table in con.get_table_names(sql, qualified=True)
            if table.startswith("marts.")
        }
        for name, sql in selects.items()
    }
    ordered: list[tuple[str, str]] = []
    done: set[str] = set()
    while len(done) < len(selects):
        ready = [name for name in selects if name not in done and needs[name] & selects.keys() <= done]
        if not ready:
            raise ValueError(f"marts that need each other: {sorted(selects.keys() - done)}")
        ordered += [(name, selects[name]) for name in ready]
        done.update(ready)
    return ordered


def build_marts(con: duckdb.DuckDBPyConnection, folder: Path = ROOT / "marts") -> list[str]:
    """Make every mart anew as a view, with its comment; returns their names. A view costs a load nothing and is never stale."""
    names = []
    for name, select in marts_in_order(con, folder):
        con.execute(f"create or replace view marts.{name} as {select.rstrip().rstrip(';')}")
        con.execute(f"comment on view marts.{name} is {literal(leading_comment(select))}")
        names.append(name)
    return names


def describe_tables(con: duckdb.DuckDBPyConnection, version: str) -> None:
    """Make the marts and the comments anew when another version of wirehouse, or none, made those that are there."""
    row = con.execute("select described_by from ops.warehouse").fetchone()
    stamp = f"{version} {_digest()}"
    if row and row[0] == stamp:
        return
    build_marts(con)
    comment_tables(con)
    con.execute("update ops.warehouse set described_by = ?", [stamp])


def _digest() -> str:
    """Changes with every file that describes or makes a table."""
    files = [*sorted((ROOT / "marts").glob("*.sql")), ROOT / "columns.csv"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def run_checks(con: duckdb.DuckDBPyConnection, folder: Path = ROOT / "checks") -> list[Check]:
    """Run every check on the documents of ``pipeline.unchecked``; the caller decides what a broken one means."""
    results = []
    for file in sorted(folder.glob("*.sql")):
        select = file.read_text(encoding="utf-8").rstrip().rstrip(";")
        severity = "warn" if "severity: warn" in leading_comment(select) else "error"
        rows = con.execute(select).fetchmany(1)
        failing = 0
        if rows:
            count = con.execute(f"select count(*) from ({select})").fetchone()
            failing = int(count[0]) if count else 0
        results.append(Check(file.stem, severity, failing, str(rows[0])[:300] if rows else None))
    return results


def comment_tables(con: duckdb.DuckDBPyConnection, file: Path = ROOT / "columns.csv") -> None:
    """Give every table and column the comment of ``sql/columns.csv`` (column empty: the table itself)."""
    existing = {(f"{schema}.{table}", column) for schema, table, column in con.execute(
        "select table_schema, table_name, column_name from information_schema.columns").fetchall()}  # fmt: skip
    tables = {table for table, _ in existing}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            table, column, comment = row["table"], row["column"], literal(row["comment"])
            if not column and table in tables:
                con.execute(f"comment on table {table} is {comment}")
            elif (table, column) in existing:
                con.execute(f'comment on column {table}."{column}" is {comment}')
