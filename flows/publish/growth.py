"""How staged rows become part of a warehouse: the one function that a run, and the catching-up of the spare copy, both use."""

from pathlib import Path
from typing import NamedTuple

import duckdb

from flows.publish.search_index import extend_index
from flows.schemas import TABLES


class Added(NamedTuple):
    """Rows added by table, and records of the run by outcome (loaded, present, rejected)."""

    rows: dict[str, int]
    outcomes: dict[str, int]


def add_staged(con: duckdb.DuckDBPyConnection, staged: Path) -> Added:
    """Add everything that a run staged, in the caller's transaction; the result follows from the rows alone.

    ``staged`` holds a folder a batch, with Parquet files named after tables, and, once the run is over, ``runs.parquet``
    and ``checks.parquet``. An entity that is there already stays as it is, a reject is not repeated. The documents and the
    run are noted in ``pipeline.unchecked`` and ``pipeline.unchecked_runs`` until their checks have passed.
    """

    def files(name: str) -> list[str]:
        return [str(file) for file in sorted(staged.glob(f"batch-*/{name}.parquet"))]

    rows = {table: _append(con, f"main.{table}", files(table)) for table in TABLES if table not in ("entities", "rejects")}
    if found := files("entities"):
        con.execute(
            "insert into main.entities by name select distinct on (entity_id) fresh.* from read_parquet(?) as fresh "
            "anti join main.entities as held on held.entity_id = fresh.entity_id order by all",
            [found],
        )
    if found := files("load-rejects") + files("failed"):
        con.execute(
            "create or replace temp table fresh_rejects as select distinct on (source_uri, record_no) * from read_parquet(?) order by all",
            [found],
        )
        con.execute(
            "insert into main.rejects by name select fresh.*, run.run_id, run.started_at as rejected_at from fresh_rejects as fresh cross join read_parquet(?) as run "
            "anti join main.rejects as held on (held.source_uri, held.record_no, held.reason) = (fresh.source_uri, fresh.record_no, fresh.reason) "
            "order by source_uri, record_no",
            [str(staged / "run.parquet")],
        )
        con.execute(
            "insert into ops.ledger by name select run.run_id, entries.source_uri, entries.record_no, "
            "if(failed.source_uri is null, entries.outcome, 'rejected') as outcome, if(failed.source_uri is null, entries.document_id, null) as document_id "
            "from read_parquet(?) as entries cross join read_parquet(?) as run left join fresh_rejects as failed "
            "on failed.reason = 'stage_failed' and failed.source_uri = entries.source_uri and failed.record_no = entries.record_no",
            [files("ledger"), str(staged / "run.parquet")],
        )
        con.execute("drop table fresh_rejects")
    con.execute("insert into pipeline.unchecked_runs select run_id from read_parquet(?)", [str(staged / "run.parquet")])
    con.execute("insert into pipeline.unchecked select document_id from main.documents semi join pipeline.unchecked_runs using (run_id)")
    for table in ("runs", "checks"):
        _append(con, f"ops.{table}", [str(staged / f"{table}.parquet")] if (staged / f"{table}.parquet").exists() else [])
    extend_index(con, staged / "batch-search")
    con.execute("update ops.warehouse set generation = generation + 1")
    outcomes = con.execute(
        "select outcome, count(*) from ops.ledger semi join pipeline.unchecked_runs using (run_id) group by outcome"
    ).fetchall()
    return Added(rows, dict(outcomes))


def mark_checked(con: duckdb.DuckDBPyConnection) -> None:
    """Forget which documents and runs wait for their checks."""
    con.execute("delete from pipeline.unchecked")
    con.execute("delete from pipeline.unchecked_runs")


def _append(con: duckdb.DuckDBPyConnection, table: str, files: list[str]) -> int:
    if not files:
        return 0
    row = con.execute(f"insert into {table} by name select * from read_parquet(?)", [files]).fetchone()
    return int(row[0]) if row else 0
