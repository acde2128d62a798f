"""A run, step by step, as plain functions: read → batches → rows → one private warehouse → published.

Between the steps stand Parquet files in a folder beside the warehouse, so steps pass names, not frames, and a batch
can be worked on in any process. ``flows.pipeline`` makes Prefect tasks of these steps; ``run_directly`` calls them in
order.
"""

import datetime as dt
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from flows import __version__, site_furniture, warehouse
from flows.batch import FAILED_SCHEMA
from flows.errors import CheckFailed
from flows.load.identity import Place, document_id, find_place, names_page
from flows.load.inputs import Input
from flows.load.pages import records_frame
from flows.load.readers import read_inputs
from flows.load.records import Record, Reject
from flows.progress import Reading, shown
from flows.publish.growth import Added, add_staged, mark_checked
from flows.publish.ledger import find_alarms, site_counts
from flows.publish.models import Check, describe_tables, run_checks
from flows.schemas import OPS_TABLES, polars_schema
from flows.settings import Settings
from flows.staged import SEEN_SCHEMA, BatchCounts, Run

LEDGER_SCHEMA = polars_schema({name: kind for name, kind in OPS_TABLES["ledger"].items() if name != "run_id"})


class Summary(NamedTuple):
    """What a run did, for a person: pages seen, new, there already and rejected, articles and facts found, checks."""

    run_id: str
    warehouse: Path
    seen: int
    new: int
    present: int
    rejected: int
    rows: dict[str, int]
    seconds: dict[str, float]
    checks: list[Check]
    documents: int
    articles: int
    alarms: list[str]
    forgotten: int = 0


def begin(path: Path, *, flow_run_id: str | None = None) -> Run:
    """Name a run and make its private folder; what a run that died left there goes."""
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    path = path.absolute()
    run_id = f"{now:%Y%m%dT%H%M%S}-{now.microsecond:06d}"
    folder = path.with_name(f".{path.name}.work")
    shutil.rmtree(folder, ignore_errors=True)
    work = folder / run_id  # its own name, so that a worker that outlives a killed run by a moment writes into no other's
    (work / "staged").mkdir(parents=True)
    return Run(run_id, path, work, now, flow_run_id)


def end(run: Run) -> None:
    """Remove the run's private folder."""
    shutil.rmtree(run.work.parent, ignore_errors=True)


class Held(NamedTuple):
    """What a warehouse holds: ids of its documents, of those that it was told to forget, and by origin (``find_place``) those of both."""

    documents: set[str]
    forgotten: set[str]
    origins: dict[str, str]


def held_documents(path: Path) -> Held:
    """What a warehouse holds; nothing when there is no warehouse yet."""
    if not path.exists():
        return Held(set(), set(), {})
    with warehouse.connect_reader(path) as con:
        documents = {row[0] for row in con.execute("select document_id from main.documents").fetchall()}
        forgotten = con.execute("select document_id, origin from pipeline.forgotten").fetchall()
        origins = con.execute("select origin, document_id from pipeline.pages where origin is not null").fetchall()
    return Held(documents, {row[0] for row in forgotten}, dict(origins) | {origin: key for key, origin in forgotten if origin})


def read_batches(run: Run, inputs: list[Input], settings: Settings, reading: Reading | None = None) -> Iterator[str]:
    """Read the inputs and stage their new records batch by batch; yields each batch's name as soon as it stands.

    Beside the records, each batch gets its part of the ledger: what became of every record that was read. ``reading`` is kept
    up to date on the way.
    """
    reading = reading or Reading(inputs)
    known, forgotten, origins = held_documents(run.warehouse)
    records: list[Record] = []
    ids: list[str] = []  # of the records
    places: list[Place] = []
    lines = site_furniture.known_lines(run.warehouse)
    if lines is not None:
        lines.write_parquet(run.site_furniture)
    ledger: list[tuple[str, str, int, int, str, str | None]] = []
    seen: dict[Input, int] = {}
    rejects: list[tuple[None, int, str, str, str]] = []
    held = number = seen_no = 0

    def stage() -> str:
        nonlocal held, number
        number += 1
        name = f"batch-{number:06d}"
        folder = run.staged / name
        folder.mkdir()
        pl.DataFrame(ledger, schema=LEDGER_SCHEMA, orient="row").write_parquet(folder / "ledger.parquet")
        pl.DataFrame(rejects, schema=FAILED_SCHEMA, orient="row").write_parquet(folder / "load-rejects.parquet")
        counted = [(each.uri, each.place, "load", count) for each, count in seen.items()]
        pl.DataFrame(counted, schema=SEEN_SCHEMA, orient="row").write_parquet(folder / "seen-load.parquet")
        records_frame(records, ids, places).write_parquet(folder / "records.parquet")
        seen.clear()
        for each in (records, ids, places, ledger, rejects):
            each.clear()
        held = 0
        reading.stage(name)
        return name

    for each in inputs:
        reading.start(each)
        latest: dict[str, tuple[str, str]] = {}  # of each address in this input, what was read last and its document
        replaced: set[str] = set()  # what an address said in this input before it said something else
        for found in read_inputs([each], settings, count=reading.count):
            seen[each] = seen.get(each, 0) + 1
            seen_no += 1
            if isinstance(found, Reject):
                rejects.append((None, seen_no, found.stage, found.reason, found.detail))
                ledger.append((each.uri, found.source_uri, found.record_no, seen_no, "rejected", None))
            else:
                place = find_place(each, found)
                told = document_id(found)
                key = origins.setdefault(place.origin, told) if place.origin else told
                if found.url and names_page(found.url):
                    before, its_key = latest.get(found.url, ("", ""))
                    if told == before:
                        key = its_key
                    elif told in replaced:  # an address that goes back to what it said is a version of its own
                        key = document_id(found, by_place=True)
                    if before and told != before:
                        replaced.add(before)
                    latest[found.url] = told, key
                outcome = "forgotten" if key in forgotten else "present" if key in known else "loaded"
                ledger.append((each.uri, found.source_uri, found.record_no, seen_no, outcome, key))
                if outcome == "loaded":
                    known.add(key)
                    records.append(found)
                    ids.append(key)
                    places.append(place)
                    held += len(found.content)
            if len(records) >= settings.batch_pages or held >= settings.batch_bytes or len(ledger) >= 50_000:
                yield stage()
    if ledger:
        yield stage()


def publish(run: Run, batches: list[BatchCounts], *, load_seconds: float) -> Summary:
    """Add all staged batches to the warehouse's private file in one transaction, check it, and swap it in.

    Raises CheckFailed when a promise of ``sql/checks`` is broken: then the tables stay as they were, and only the run
    and its checks are recorded.
    """
    started = time.perf_counter()
    seconds = {stage: sum(batch.seconds.get(stage, 0.0) for batch in batches) for stage in ("load", "clean", "enrich")}
    seconds["load"] += load_seconds
    pl.DataFrame({"run_id": [run.run_id], "started_at": [run.started_at]}).write_parquet(run.staged / "run.parquet")
    con, next_path = warehouse.open_next(run.warehouse, run.work, catch_up)
    try:
        con.execute("begin")
        added = add_staged(con, run.staged)
        describe_tables(con, __version__)
        checks = run_checks(con)
        broken = [check for check in checks if check.severity == "error" and not check.passed]
        if broken:
            con.execute("rollback")
            con.execute("begin")
            for folder in run.staged.glob("batch-*"):
                shutil.rmtree(folder)
            add_staged(con, run.staged)
        seconds["publish"] = time.perf_counter() - started
        alarms = [] if broken else _watch(con, run)
        _record(con, run, added, checks, seconds, state="failed" if broken else "completed")
        mark_checked(con)
        con.execute("commit")
        totals = con.execute("select (select count(*) from main.documents), (select count(*) from main.articles)").fetchone() or (0, 0)
    except BaseException:
        con.close()
        raise
    warehouse.publish(con, next_path, run.warehouse, run.staged)
    if broken:
        first = broken[0]
        raise CheckFailed(
            f"{len(broken)} of {len(checks)} checks failed, so nothing was added to {run.warehouse}. First: {first.name}, "
            f'{first.failing_rows} rows, such as {first.example}. See: wirehouse sql "select * from ops.checks where not passed"'
        )
    counts = added.outcomes
    return Summary(
        run.run_id,
        run.warehouse,
        seen=sum(counts.values()),
        new=counts.get("loaded", 0),
        present=counts.get("present", 0),
        rejected=counts.get("rejected", 0),
        rows=added.rows,
        seconds=seconds,
        checks=checks,
        documents=totals[0],
        articles=totals[1],
        alarms=alarms,
        forgotten=counts.get("forgotten", 0),
    )


def catch_up(con: duckdb.DuckDBPyConnection, rows: Path) -> None:
    """Bring the spare file to the state of the published one, with the rows that the last run added."""
    add_staged(con, rows)
    mark_checked(con)


def _record(con: duckdb.DuckDBPyConnection, run: Run, added: Added, checks: list[Check], seconds: dict[str, float], *, state: str) -> None:
    """Write the run and its checks to ``ops``, and beside the staged rows for the spare copy."""
    good = state == "completed"
    about = {
        "run_id": run.run_id,
        "flow_run_id": run.flow_run_id,
        "started_at": run.started_at,
        "ended_at": dt.datetime.now(dt.UTC).replace(tzinfo=None),
        "state": state,
        "pipeline_version": __version__,
        "documents_seen": sum(added.outcomes.values()) if good else None,
        "documents_new": added.rows.get("documents", 0) if good else None,
        "articles_new": added.rows.get("articles", 0) if good else None,
        "rejects": added.outcomes.get("rejected", 0) if good else None,
        **{f"{stage}_seconds": value for stage, value in seconds.items()},
    }
    runs = pl.DataFrame([about], schema=polars_schema(OPS_TABLES["runs"]))
    found = pl.DataFrame(
        [(run.run_id, c.name, c.severity, c.failing_rows, c.passed) for c in checks],
        schema=polars_schema(OPS_TABLES["checks"]),
        orient="row",
    )
    for table, frame in (("runs", runs), ("checks", found)):
        _write(con, run, table, frame)


def _watch(con: duckdb.DuckDBPyConnection, run: Run) -> list[str]:
    """Count what the run saw of each site, compare it with the past, write both; returns the alarms, a line each."""
    counts = site_counts(con, run.run_id)
    _write(con, run, "site_runs", counts)
    alarms = find_alarms(con, run.run_id)
    _write(con, run, "alarms", alarms)
    return [
        f"{row['site']}: {row['alarm']}, {row['before']:.2g} → {row['now']:.2g} {row['detail']}" for row in alarms.iter_rows(named=True)
    ]


def _write(con: duckdb.DuckDBPyConnection, run: Run, table: str, frame: pl.DataFrame) -> None:
    file = run.staged / f"{table}.parquet"
    frame.write_parquet(file)
    con.execute(f"insert into ops.{table} by name select * from read_parquet(?)", [str(file)])


def run_directly(path: Path, inputs: list[Input], settings: Settings, *, quiet: bool = True) -> Summary:
    """The whole run without Prefect: the same functions, the same tables; unless quiet, it shows how far it is."""
    from flows.workers import process_all

    with warehouse.only_writer(path, wait=settings.wait) as path:
        run = begin(path)
        try:
            clock = time.perf_counter()
            reading = Reading(inputs)
            with shown(reading, quiet=quiet) as advance:

                def on_batch(counts: BatchCounts) -> None:
                    reading.finish(counts.name)
                    advance(counts.rows.get("documents", 0))

                batches = process_all(run, read_batches(run, inputs, settings, reading), settings, on_batch=on_batch)
                elapsed = time.perf_counter() - clock
                worked = sum(sum(batch.seconds.values()) for batch in batches)
                return publish(run, batches, load_seconds=max(0.0, elapsed - worked))
        finally:
            end(run)
