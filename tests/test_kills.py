"""A run killed at any moment leaves the last good warehouse, and the next run ends as if nothing had happened.

``WIREHOUSE_KILLS`` sets the number of kills (20; ``make soak`` sets 100), ``WIREHOUSE_KILLS_SEED`` their moments. The runs are
forked from a process that has imported everything, so that a kill falls into reading, cleaning, enriching, publishing or the swap
and not into start-up; every seventh is the command itself with two workers.
"""

import ctypes
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from flows.warehouse import connect_reader
from tests.test_runs import STORY, contents, load

KILLS = int(os.environ.get("WIREHOUSE_KILLS", "20"))
SEED = int(os.environ.get("WIREHOUSE_KILLS_SEED", "1"))  # of the moments
STEPS = {"read": 0.1, "clean": 0.05, "enrich": 0.1, "publish": 1.0, "swap": 0.1}  # seconds after which a kill comes at the latest


def run_and_tell(path: str, pages: str, step: ctypes.c_int) -> None:
    """A run of two pages a batch that tells which step it has come to."""
    import flows.batch
    import flows.runs
    import flows.warehouse

    def telling(whole, number: int):  # type: ignore[no-untyped-def]
        def told(*args, **more):  # type: ignore[no-untyped-def]
            step.value = max(step.value, number)
            return whole(*args, **more)

        return told

    places = (
        (flows.runs, "read_batches"),
        (flows.batch, "clean_pages"),
        (flows.batch, "enrich_articles"),
        (flows.runs, "publish"),
        (flows.warehouse, "publish"),
    )
    for number, (module, name) in enumerate(places):
        setattr(module, name, telling(getattr(module, name), number))
    from flows.load.inputs import find_inputs
    from flows.settings import Settings

    flows.runs.run_directly(Path(path), find_inputs([pages]), Settings(workers=1, batch_pages=2))


def kill_a_fork(path: Path, pages: Path, step: int, wait_seconds: float) -> str | None:
    """Start a run and kill it so long after it came to a step; returns the step that it died in, None when it was done before."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["flows.runs", "flows.workers", "flows.load.readers", "duckdb", "polars"])
    at = context.RawValue("i", -1)  # without a lock, which a killed process could hold
    process = context.Process(target=run_and_tell, args=(str(path), str(pages), at))
    process.start()
    while at.value < step and process.is_alive():
        time.sleep(0.002)
    process.join(wait_seconds)
    process.kill()
    process.join()
    return list(STEPS)[at.value] if process.exitcode == -signal.SIGKILL else None


def kill_the_command(path: Path, pages: Path, wait_seconds: float) -> str | None:
    """The same with the command and two workers, so long after it took the warehouse."""
    lock = path.with_name(f".{path.name}.lock")
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", "--quiet", str(pages), "--warehouse", str(path)]
    process = subprocess.Popen(command, env={**os.environ, "WIREHOUSE_WORKERS": "2", "WIREHOUSE_BATCH_PAGES": "2"})
    while f"process {process.pid} " not in lock.read_text() and process.poll() is None:
        time.sleep(0.01)
    time.sleep(wait_seconds)
    process.kill()
    return "command" if process.wait() == -signal.SIGKILL else None


def write_pages(folder: Path, numbers: range) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:03}.txt").write_text(STORY.replace("ten years", f"{number} years"), encoding="utf-8")


def test_a_run_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    rng = random.Random(SEED)
    pages = tmp_path / "pages"
    write_pages(pages, range(5))
    path = tmp_path / "killed.duckdb"
    load(path, pages)
    died: list[str] = []
    number = 0
    wanted = {"read", "publish", "command"}  # moments fall where chance lets them, so it goes on until each had its kill
    while (len(died) < KILLS or not wanted <= set(died)) and number < 3 * KILLS:
        write_pages(pages, range(5 + 3 * number, 8 + 3 * number))
        if number % 7 == 6:
            where = kill_the_command(path, pages, rng.uniform(0, 3))
        else:
            step = number % 7 % 4 + rng.randrange(2)
            where = kill_a_fork(path, pages, step, rng.uniform(0, list(STEPS.values())[step]))
        died += [where] if where else []
        number += 1
        with connect_reader(path) as con:
            documents, with_blocks = con.execute(
                "select count(*), count(*) filter (document_id in (select document_id from main.blocks)) from main.documents"
            ).fetchone() or (0, 0)
            assert documents == with_blocks >= 5
    print({where: died.count(where) for where in died})
    assert len(died) >= KILLS and wanted <= set(died)
    load(path, pages)
    load(tmp_path / "undisturbed.duckdb", pages)
    assert contents(path) == contents(tmp_path / "undisturbed.duckdb")
    assert not list(tmp_path.glob(".*.work"))
