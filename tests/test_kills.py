"""A run killed at any moment leaves the last good warehouse, and the next run ends as if nothing had happened.

``WIREHOUSE_KILLS`` sets the number of kills (20; ``make soak`` sets 100).
"""

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


def run_in_process(path: Path, pages: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", "--quiet", str(pages), "--warehouse", str(path)]
    return subprocess.Popen(command, env={**os.environ, "WIREHOUSE_WORKERS": "1", "WIREHOUSE_BATCH_PAGES": "2"})


def write_pages(folder: Path, numbers: range) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:03}.txt").write_text(STORY.replace("ten years", f"{number} years"), encoding="utf-8")


def test_a_run_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    rng = random.Random(1)
    pages = tmp_path / "pages"
    write_pages(pages, range(2))
    path = tmp_path / "killed.duckdb"
    load(path, pages)
    started = time.monotonic()
    write_pages(pages, range(2, 6))
    assert run_in_process(tmp_path / "timed.duckdb", pages).wait() == 0
    whole = time.monotonic() - started
    killed = number = 0
    while killed < KILLS and number < 3 * KILLS:
        write_pages(pages, range(6 + number, 7 + number))
        started = time.monotonic()
        process = run_in_process(path, pages)
        # most of a run is start-up, where a kill proves little: three in four fall into its second half
        moment = started + whole * (rng.random() if number % 4 == 0 else rng.uniform(0.5, 1.0))
        while time.monotonic() < moment and process.poll() is None:
            time.sleep(0.005)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        else:  # a busy machine has become a quick one
            whole = time.monotonic() - started
        killed += process.wait() == -signal.SIGKILL
        number += 1
        with connect_reader(path) as con:
            documents, with_blocks = con.execute(
                "select count(*), count(*) filter (document_id in (select document_id from main.blocks)) from main.documents"
            ).fetchone() or (0, 0)
            assert documents == with_blocks >= 2
    assert killed == KILLS
    assert run_in_process(path, pages).wait() == 0
    load(tmp_path / "undisturbed.duckdb", pages)
    assert contents(path) == contents(tmp_path / "undisturbed.duckdb")
