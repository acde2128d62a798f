"""A run's private folder, and one staged batch worked on there: all that a worker process needs, so that it starts soon."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import polars as pl

from flows.batch import process_records
from flows.knowledge import load_knowledge
from flows.settings import Settings
from flows.stages import stage_versions

SEEN_SCHEMA = pl.Schema({"input_uri": pl.String, "path": pl.String, "stage": pl.String, "seen": pl.Int64})


class Run(NamedTuple):
    """A run under way: its id, the warehouse it grows, and its private folder beside it."""

    run_id: str
    warehouse: Path
    work: Path
    started_at: dt.datetime
    flow_run_id: str | None = None

    @property
    def staged(self) -> Path:
        """The folder of the rows that the run will add."""
        return self.work / "staged"

    @property
    def site_furniture(self) -> Path:
        """What the sites repeat, as known when the run began to read; no file where nothing was learned yet."""
        return self.work / "site_furniture.parquet"


class BatchCounts(NamedTuple):
    """What became of a batch: rows by table and seconds by stage."""

    name: str
    rows: dict[str, int]
    seconds: dict[str, float]


def process_batch(run: Run, name: str, settings: Settings) -> BatchCounts:
    """Clean and enrich a staged batch and stage the rows of every table beside it."""
    folder = run.staged / name
    records = pl.read_parquet(folder / "records.parquet")
    if records.is_empty():
        return BatchCounts(name, {}, {})
    knowledge = load_knowledge(settings.reference_folder())
    lines = pl.read_parquet(run.site_furniture) if run.site_furniture.exists() else None
    batch = process_records(records, knowledge, loaded_at=run.started_at, run_id=run.run_id, site_furniture=lines)
    versions = stage_versions(settings.reference_folder(), settings.tagger)
    pages = batch.pages.with_columns(pl.lit(version).alias(f"{stage}_version") for stage, version in versions.items())
    for table, frame in {**batch.tables, "pages": pages}.items():
        if len(frame):
            frame.write_parquet(folder / f"{table}.parquet", compression="lz4", statistics=False)
    ledger = pl.read_parquet(folder / "ledger.parquet").filter(pl.col("outcome") == "loaded")
    seen = records.select("document_id").join(ledger, on="document_id", how="left").group_by("input_uri").len("seen")
    seen.select("input_uri", pl.lit(None).alias("path"), pl.lit("clean").alias("stage"), "seen").cast(SEEN_SCHEMA).write_parquet(  # type: ignore[arg-type]
        folder / "seen-clean.parquet"
    )
    batch.failed.write_parquet(folder / "failed.parquet")
    (folder / "records.parquet").unlink()
    return BatchCounts(name, {table: len(frame) for table, frame in batch.tables.items()}, batch.seconds)
