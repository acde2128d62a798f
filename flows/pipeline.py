"""The tasks in the data's order, then the flows; the only module that imports Prefect.

A task takes the name of a batch, works on files beside the warehouse, and returns counts: frames never cross a task's
border, where Prefect would hash them.
"""

import time
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.context import get_run_context
from prefect.futures import as_completed
from prefect.task_runners import ProcessPoolTaskRunner

from flows import runs, warehouse
from flows.fetch import Manners
from flows.load.inputs import find_inputs
from flows.poll import Polled, poll, read_feed_list
from flows.progress import Reading, lines
from flows.runs import Summary
from flows.settings import Settings, load_settings
from flows.staged import BatchCounts, Run, process_batch

_ON_ALL_CORES = cast(Any, ProcessPoolTaskRunner(max_workers=load_settings().worker_count()))


@task(name="read pages", cache_policy=NO_CACHE)
def read_pages(run: Run, paths: list[str], settings: Settings) -> list[str]:
    """Read the inputs and stage their new pages; returns the names of the batches."""
    return list(runs.read_batches(run, find_inputs(paths), settings))


@task(name="clean and enrich", task_run_name="clean and enrich {name}", cache_policy=NO_CACHE, retries=1)
def clean_and_enrich(run: Run, name: str, settings: Settings) -> BatchCounts:
    """Work on one batch of pages; returns its counts."""
    return process_batch(run, name, settings)


@task(name="publish", cache_policy=NO_CACHE)
def publish(run: Run, batches: list[BatchCounts], load_seconds: float) -> Summary:
    """Add the batches to the warehouse, check every promise, swap the file in."""
    return runs.publish(run, batches, load_seconds=load_seconds)


@flow(name="load pages", validate_parameters=False, task_runner=_ON_ALL_CORES)
def load_pages(paths: list[str], warehouse_path: str = "news.duckdb", settings: Settings | None = None) -> Summary:
    """Load, clean and enrich pages into a warehouse: the main job.

    Shows its progress and, at the end, the counts of the run as artifacts.
    """
    settings = settings or load_settings()
    logger = get_run_logger()
    path = Path(warehouse_path)
    flow_run = getattr(get_run_context(), "flow_run", None)

    def tell(line: str) -> None:
        warehouse.say(line)
        logger.warning("%s", line)

    with warehouse.only_writer(path, wait=settings.wait, on_wait=tell) as path:
        run = runs.begin(path, flow_run_id=str(flow_run.id) if flow_run else None)
        try:
            clock = time.perf_counter()
            names = read_pages(run, paths, settings)
            load_seconds = time.perf_counter() - clock
            progress = create_progress_artifact(progress=0.0, key="pages", description=f"{len(names)} batches of pages to clean and enrich")
            batches = _work_through(run, names, settings, cast(UUID, progress))
            summary = publish(run, batches, load_seconds)
        finally:
            runs.end(run)
    create_table_artifact(table=summary_rows(summary), key="run", description=f"What run {summary.run_id} did to {summary.warehouse.name}")
    for alarm in summary.alarms:
        logger.warning("%s", alarm)
    logger.info("%s new pages, %s rejected, %s articles in all", summary.new, summary.rejected, summary.articles)
    return summary


@task(name="poll feeds", cache_policy=NO_CACHE)
def ask_feeds(feeds: str, warehouse_path: str, full: bool) -> Polled:
    """Ask the feeds of a list for what is new, and load it."""
    settings = load_settings()
    manners = Manners(max_bytes=settings.max_page_bytes)
    return poll(Path(warehouse_path), read_feed_list(Path(feeds)).feeds, settings, full=full, manners=manners)


@flow(name="poll feeds", validate_parameters=False)
def poll_feeds(feeds: str = "feeds.opml", warehouse_path: str = "news.duckdb", full: bool = False) -> Polled:
    """Load what feeds have that is new since the last poll; a failing feed is a warning, not a failure."""
    polled = ask_feeds(feeds, warehouse_path, full)
    logger = get_run_logger()
    logger.info(
        "%s feeds with news, %s unchanged, %s put off, %s pages fetched", polled.new, polled.unchanged, polled.put_off, polled.pages
    )
    for url, why in polled.failures:
        logger.warning("%s could not be fetched: %s", url, why)
    for alarm in polled.summary.alarms if polled.summary else []:
        logger.warning("%s", alarm)
    return polled


def _work_through(run: Run, names: list[str], settings: Settings, progress: UUID) -> list[BatchCounts]:
    """Work on the batches, on all cores when there are several; a single batch stays in this process."""
    reading = Reading.of_equal(names)
    if len(names) < 2 or settings.worker_count() < 2:
        results = (clean_and_enrich(run, name, settings) for name in names)
    else:
        futures = [clean_and_enrich.submit(run, name, settings) for name in names]
        results = (future.result() for future in as_completed(futures))
    advance = lines(reading, get_run_logger().info)
    done = []
    for counts in results:
        done.append(counts)
        reading.finish(counts.name)
        advance(counts.rows.get("documents", 0))
        update_progress_artifact(progress, progress=100.0 * len(done) / len(names))
    return sorted(done)


def summary_rows(summary: Summary) -> list[dict[str, object]]:
    """A run's counts as rows of a table, for the artifact and the terminal."""
    counts: dict[str, object] = {
        "pages seen": summary.seen,
        "new": summary.new,
        "there already": summary.present,
        "rejected": summary.rejected,
        **{table: count for table, count in summary.rows.items() if count and table != "documents"},
        "checks passed": f"{sum(check.passed for check in summary.checks)} of {len(summary.checks)}",
        **{f"{stage} seconds": round(value, 2) for stage, value in summary.seconds.items()},
    }
    return [{"what": name, "count": value} for name, value in counts.items()]
