"""One batch of pages through load, clean and enrich: frames in, frames out, nothing else touched.

The same function serves every way of running: in this process, in a pool, or on any Prefect task runner.
"""

import datetime as dt
import time
from typing import NamedTuple

import polars as pl

from flows.clean import clean_pages
from flows.enrich.articles import enrich_articles
from flows.knowledge import Knowledge
from flows.limits import TookTooLong, at_most
from flows.load.pages import pages_from_records
from flows.schemas import TABLES, polars_schema


class Batch(NamedTuple):
    """The rows of a batch, a frame a table of the contract; ``failed`` are the records that a stage broke on."""

    tables: dict[str, pl.DataFrame]
    failed: pl.DataFrame
    seconds: dict[str, float]


_LONG = 300_000  # bytes; a longer page is worked on apart from the others
FAILED_SCHEMA = pl.Schema({"source_uri": pl.String, "record_no": pl.Int64, "stage": pl.String, "reason": pl.String, "detail": pl.String})


def process_records(records: pl.DataFrame, knowledge: Knowledge, *, loaded_at: dt.datetime, run_id: str) -> Batch:
    """Rows of every table for a frame of records (``flows.load.pages.RECORD_SCHEMA``).

    A page that a stage breaks on is found by halving the batch and ends in ``failed``; the others are not lost for it. So
    does a page that takes longer than ``_seconds_for`` allows: it is met sooner, for long pages are worked on one by one.
    """
    long = records["content"].str.len_bytes() > _LONG
    if len(records) > 1 and long.any():
        parts = [records.filter(~long), *records.filter(long).iter_slices(1)]
        return _joined([process_records(part, knowledge, loaded_at=loaded_at, run_id=run_id) for part in parts if len(part)])
    try:
        with at_most(_seconds_for(records)):
            return _process(records, knowledge, loaded_at=loaded_at, run_id=run_id)
    except (Exception, TookTooLong) as error:  # whatever it is: the page that brings it about is set aside, with its reason
        if len(records) == 1:
            row = records.row(0, named=True)
            detail = f"{type(error).__name__}: {error}"[:500]
            failed = [(row["source_uri"], row["record_no"], "clean", "stage_failed", detail)]
            return Batch({name: pl.DataFrame(schema=polars_schema(columns)) for name, columns in TABLES.items()},
                         pl.DataFrame(failed, schema=FAILED_SCHEMA, orient="row"), {})  # fmt: skip
        size = 1 if isinstance(error, TookTooLong) else (len(records) + 1) // 2
        return _joined([process_records(part, knowledge, loaded_at=loaded_at, run_id=run_id) for part in records.iter_slices(size)])


def _seconds_for(records: pl.DataFrame) -> float:
    """Seconds of computing that a batch may take: several times what it needs, and under 10 for a page of usual length."""
    return 5 + 0.05 * len(records) + 2e-6 * int(records["content"].str.len_bytes().sum())


def _joined(parts: list[Batch]) -> Batch:
    tables = {name: pl.concat([part.tables[name] for part in parts]) for name in TABLES}
    tables["entities"] = tables["entities"].unique("entity_id", keep="first", maintain_order=True)
    seconds = {stage: sum(part.seconds.get(stage, 0.0) for part in parts) for stage in ("load", "clean", "enrich")}
    return Batch(tables, pl.concat([part.failed for part in parts]), seconds)


def _process(records: pl.DataFrame, knowledge: Knowledge, *, loaded_at: dt.datetime, run_id: str) -> Batch:
    started = time.perf_counter()
    pages = pages_from_records(records, hints=knowledge.hints)
    loaded = time.perf_counter()
    cleaned = clean_pages(pages, wording=knowledge.wording)
    done = time.perf_counter()
    enriched = enrich_articles(pages, cleaned["blocks"], cleaned["articles"], knowledge=knowledge)
    seconds = {"load": loaded - started, "clean": done - loaded, "enrich": time.perf_counter() - done}
    documents = pages.with_columns(pl.lit(loaded_at).cast(pl.Datetime("us")).alias("loaded_at"), pl.lit(run_id).alias("run_id"))
    found = {"documents": documents, "blocks": cleaned["blocks"], "related_links": cleaned["related_links"], **enriched}
    tables = {}
    for name, columns in TABLES.items():
        schema = polars_schema(columns)
        frame = found.get(name)
        tables[name] = pl.DataFrame(schema=schema) if frame is None else frame.select(schema.names()).cast(schema)
    return Batch(tables, pl.DataFrame(schema=FAILED_SCHEMA), seconds)
