"""How staged rows become part of a warehouse: the one function that a run, and the catching-up of the spare copy, both use."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

import duckdb

from flows.publish.ledger import add_ledger
from flows.publish.search_index import extend_index
from flows.publish.versions import number_versions
from flows.schemas import TABLES


class Added(NamedTuple):
    """Rows added by table, and records of the run by outcome (loaded, present, rejected, forgotten)."""

    rows: dict[str, int]
    outcomes: dict[str, int]


def add_staged(con: duckdb.DuckDBPyConnection, staged: Path) -> Added:
    """Add everything that a run staged, in the caller's transaction; the result follows from the rows alone.

    ``staged`` holds a folder a batch, with Parquet files named after tables, and, once the run is over, ``runs.parquet``
    and ``checks.parquet``. An entity that is there already stays as it is, a reject is not repeated. The documents and the
    run are noted in ``pipeline.unchecked`` and ``pipeline.unchecked_runs`` until their checks have passed.
    """
    files = partial(staged_files, staged)
    rows = {table: _append(con, f"main.{table}", files(table)) for table in TABLES if table not in ("entities", "rejects")}
    if found := files("entities"):
        con.execute(
            "insert into main.entities by name select distinct on (entity_id) fresh.* from read_parquet(?) as fresh "
            "anti join main.entities as held on held.entity_id = fresh.entity_id order by all",
            [found],
        )
    _append(con, "pipeline.pages", files("pages"))
    if ledger := files("ledger"):
        seen = files("seen-load") + files("seen-clean")
        add_ledger(con, staged, ledger=ledger, rejects=files("load-rejects") + files("failed"), seen=seen)
    con.execute("insert into pipeline.unchecked_runs select run_id from read_parquet(?)", [str(staged / "run.parquet")])
    con.execute("insert into pipeline.unchecked select document_id from main.documents semi join pipeline.unchecked_runs using (run_id)")
    number_versions(con, "select distinct item from pipeline.pages semi join pipeline.unchecked using (document_id)")
    for table in ("runs", "checks", "site_runs", "alarms"):
        _append(con, f"ops.{table}", [str(staged / f"{table}.parquet")] if (staged / f"{table}.parquet").exists() else [])
    extend_index(con, staged / "batch-search")
    con.execute("update ops.warehouse set generation = generation + 1")
    outcomes = con.execute(
        "select outcome, count(*) from ops.ledger semi join pipeline.unchecked_runs using (run_id) group by outcome"
    ).fetchall()
    return Added(rows, dict(outcomes))


def staged_files(staged: Path, name: str) -> list[str]:
    """The Parquet files of one name in all batches of a folder, in order."""
    return [str(file) for file in sorted(staged.glob(f"batch-*/{name}.parquet"))]


def mark_checked(con: duckdb.DuckDBPyConnection) -> None:
    """Forget which documents and runs wait for their checks."""
    con.execute("delete from pipeline.unchecked")
    con.execute("delete from pipeline.unchecked_runs")


def _append(con: duckdb.DuckDBPyConnection, table: str, files: list[str]) -> int:
    if not files:
        return 0
    row = con.execute(f"insert into {table} by name select * from read_parquet(?)", [files]).fetchone()
    return int(row[0]) if row else 0
