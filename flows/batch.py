"""One batch of pages through load, clean and enrich: frames in, frames out, nothing else touched.

The same function serves every way of running: in this process, in a pool, or on any Prefect task runner.
"""

import datetime as dt
import time
from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from flows.clean import clean_pages
from flows.enrich.articles import enrich_articles
from flows.knowledge import Knowledge
from flows.limits import TookTooLong, at_most
from flows.load.pages import LINE_EVIDENCE, pages_from_records
from flows.schemas import PRIVATE_TABLES, TABLES, polars_schema
from flows.settings import load_settings
from flows.tagger import load_tagger


class Batch(NamedTuple):
    """The rows of a batch, a frame a table of the contract; ``failed`` are the records that a stage broke on.

    ``pages`` holds what cleaning needed of each page beside its text, so that it can be done again without the input.
    """

    tables: dict[str, pl.DataFrame]
    failed: pl.DataFrame
    seconds: dict[str, float]
    pages: pl.DataFrame


_LONG = 300_000  # bytes; a longer page is worked on apart from the others
_STAGES = ("load", "clean", "enrich")
# ``seen_no`` is the place in the ledger of a record that could not be read; what a stage broke on has its document_id instead
FAILED_SCHEMA = pl.Schema({"document_id": pl.String, "seen_no": pl.Int64, "stage": pl.String, "reason": pl.String, "detail": pl.String})
_KEPT = [name for name in PRIVATE_TABLES["pages"] if not name.endswith("_version")]
KEPT_SCHEMA = pl.Schema({name: LINE_EVIDENCE if name == "markup" else pl.String for name in _KEPT})


def process_records(
    records: pl.DataFrame, knowledge: Knowledge, *, loaded_at: dt.datetime, run_id: str, site_furniture: pl.DataFrame | None = None
) -> Batch:
    """Rows of every table for a frame of records (``flows.load.pages.RECORD_SCHEMA``).

    A page that a stage breaks on is found by halving the batch and ends in ``failed``; the others are not lost for it. So
    does a page that takes longer than ``_seconds_for`` allows: it is met sooner, for long pages are worked on one by one.
    """

    def work(part: pl.DataFrame) -> Batch:
        started = time.perf_counter()
        pages = pages_from_records(part, hints=knowledge.hints)
        pages = pages.with_columns(pl.lit(loaded_at).cast(pl.Datetime("us")).alias("loaded_at"), pl.lit(run_id).alias("run_id"))
        loaded = time.perf_counter() - started
        batch = _process(pages, knowledge, site_furniture)
        return batch._replace(seconds={**batch.seconds, "load": loaded})

    return _careful(records.with_columns(pl.col("content").str.len_bytes().alias("size")), work)


def process_pages(pages: pl.DataFrame, knowledge: Knowledge, *, site_furniture: pl.DataFrame | None = None) -> Batch:
    """The same for pages that a warehouse holds (``PAGE_SCHEMA`` with loaded_at, run_id and record_no), load left out."""
    return _careful(
        pages.with_columns(pl.col("text").str.len_bytes().alias("size")), lambda part: _process(part, knowledge, site_furniture)
    )


def enrich_again(pages: pl.DataFrame, blocks: pl.DataFrame, articles: pl.DataFrame, knowledge: Knowledge) -> Batch:
    """The facts of pages that a warehouse holds, with their blocks and articles as they were cleaned; those stay as they are."""

    def work(part: pl.DataFrame) -> Batch:
        started = time.perf_counter()
        own = part.select("document_id")
        found = enrich_articles(
            part,
            blocks.join(own, on="document_id", how="semi"),
            articles.join(own, on="document_id", how="semi"),
            knowledge=knowledge,
            tagger=load_tagger(load_settings().tagger),
        )
        return _batch(part, found)._replace(seconds={"load": 0.0, "clean": 0.0, "enrich": time.perf_counter() - started})

    return _careful(pages.with_columns(pl.col("text").str.len_bytes().alias("size")), work)


def _careful(rows: pl.DataFrame, work: Callable[[pl.DataFrame], Batch]) -> Batch:
    long = rows["size"] > _LONG
    if len(rows) > 1 and long.any():
        parts = [rows.filter(~long), *rows.filter(long).iter_slices(1)]
        return _joined([_careful(part, work) for part in parts if len(part)])
    try:
        with at_most(_seconds_for(rows)):
            return work(rows.drop("size"))
    except (Exception, TookTooLong) as error:  # whatever it is: the page that brings it about is set aside, with its reason
        if len(rows) == 1:
            row = rows.row(0, named=True)
            detail = f"{type(error).__name__}: {error}"[:500]
            failed = [(row["document_id"], None, "clean", "stage_failed", detail)]
            return _empty()._replace(failed=pl.DataFrame(failed, schema=FAILED_SCHEMA, orient="row"))
        size = 1 if isinstance(error, TookTooLong) else (len(rows) + 1) // 2
        return _joined([_careful(part, work) for part in rows.iter_slices(size)])


def _seconds_for(rows: pl.DataFrame) -> float:
    """Seconds of computing that a batch may take: several times what it needs, even of nothing but short stories."""
    return 5 + 0.05 * len(rows) + 4e-6 * int(rows["size"].sum())


def _empty() -> Batch:
    tables = {name: pl.DataFrame(schema=polars_schema(columns)) for name, columns in TABLES.items()}
    return Batch(tables, pl.DataFrame(schema=FAILED_SCHEMA), {}, pl.DataFrame(schema=KEPT_SCHEMA))


def _joined(parts: list[Batch]) -> Batch:
    tables = {name: pl.concat([part.tables[name] for part in parts]) for name in TABLES}
    tables["entities"] = tables["entities"].unique("entity_id", keep="first", maintain_order=True)
    seconds = {stage: sum(part.seconds.get(stage, 0.0) for part in parts) for stage in _STAGES}
    return Batch(tables, pl.concat([part.failed for part in parts]), seconds, pl.concat([part.pages for part in parts]))


def _process(pages: pl.DataFrame, knowledge: Knowledge, site_furniture: pl.DataFrame | None) -> Batch:
    started = time.perf_counter()
    cleaned = clean_pages(pages, wording=knowledge.wording, site_furniture=site_furniture)
    done = time.perf_counter()
    enriched = enrich_articles(
        pages, cleaned["blocks"], cleaned["articles"], knowledge=knowledge, tagger=load_tagger(load_settings().tagger)
    )
    seconds = {"load": 0.0, "clean": done - started, "enrich": time.perf_counter() - done}
    # a page is the first of its item until the warehouse knows of others
    documents = pages.with_columns(pl.lit(1).alias("version"), pl.lit(None).alias("supersedes"), pl.lit(True).alias("is_current"))
    found = {
        "documents": documents,
        "blocks": cleaned["blocks"],
        "authors": cleaned["authors"],
        "related_links": cleaned["related_links"],
        **enriched,
    }
    return _batch(pages, found)._replace(seconds=seconds)


def _batch(pages: pl.DataFrame, found: dict[str, pl.DataFrame]) -> Batch:
    batch = _empty()
    for name in TABLES:
        frame = found.get(name)
        if frame is not None:
            schema = batch.tables[name].schema
            batch.tables[name] = frame.select(schema.names()).cast(schema)  # type: ignore[arg-type]
    return batch._replace(pages=pages.select(_KEPT).cast(KEPT_SCHEMA))  # type: ignore[arg-type]
