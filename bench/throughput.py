"""Pages a second, MB/s and peak memory of the main job, and of the afternoon's script beside it, in one run.

    python -m bench.throughput [--pages 2000] [--peer-pages 100] [--workers 0]

The main job runs as ``--direct`` does, on all cores; the script on one, as such scripts do. Start-up (imports, reference data, automata) is measured apart with one page and taken off both;
on a machine that others use too, the ratio of CPU time is the one to trust.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.pages import page, sentences


class Measured(NamedTuple):
    """Wall and CPU seconds of a command and its children, and the peak resident memory of its largest process in MB."""

    wall: float
    cpu: float
    peak_mb: float


def measure(command: list[str], workers: int) -> Measured:
    """Run a command to its end, with so many processes (0: one a core); raises CalledProcessError when it fails."""
    started = time.perf_counter()
    environment = {**os.environ, "WIREHOUSE_WORKERS": str(workers), "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status:
        raise subprocess.CalledProcessError(status, command, stderr=process.stderr.read() if process.stderr else b"")
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def write_pages(path: Path, count: int, kind: str) -> int:
    """Write ``count`` pages as JSON Lines with the field ``kind`` (html or text); returns bytes of content."""
    pool = sentences()
    size = 0
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            content = page(number, pool)[kind == "text"]
            size += len(content.encode())
            out.write(json.dumps({"id": f"p{number}", kind: content}) + "\n")
    return size


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--peer-pages", type=int, default=100)
    parser.add_argument("--workers", type=int, default=0)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wirehouse-bench-"))
    wirehouse = [sys.executable, "-m", "flows.cli", "run", "--direct", "--quiet"]
    print(f"{'':34}{'pages/s':>10}{'MB/s':>8}{'CPU ms/page':>14}{'peak MB':>10}")
    rates: dict[str, float] = {}
    costs: dict[str, float] = {}
    try:
        for name, kind, count, command in (
            ("wirehouse, text", "text", arguments.pages, wirehouse),
            ("wirehouse, HTML", "html", arguments.pages, wirehouse),
            ("trafilatura + spaCy + dateparser", "html", arguments.peer_pages, [sys.executable, "-m", "bench.peer"]),
        ):

            def call(source: Path, target: Path, command: list[str] = command) -> list[str]:
                return [*command, str(source), "--warehouse", str(target)] if command is wirehouse else [*command, str(source), str(target)]

            one, many = folder / "one.jsonl", folder / "many.jsonl"
            write_pages(one, 1, kind)
            size = write_pages(many, count, kind)
            start = measure(call(one, folder / f"{name}-1.duckdb"), arguments.workers)
            full = measure(call(many, folder / f"{name}-n.duckdb"), arguments.workers)
            wall, cpu = full.wall - start.wall, full.cpu - start.cpu
            if wall <= 0:  # start-up was held up by other work more than the whole: nothing can be said of the wall clock
                wall = float("nan")
            rates[name], costs[name] = (count - 1) / wall, cpu / (count - 1)
            print(f"{name:34}{rates[name]:>10.1f}{size / wall / 1e6:>8.1f}{1000 * costs[name]:>14.2f}{full.peak_mb:>10.0f}", flush=True)
            print(f"{'  start-up':34}{'':>10}{'':>8}{start.wall:>6.1f} s, {start.cpu:.1f} s of CPU", flush=True)
        peer = "trafilatura + spaCy + dateparser"
        for kind in ("HTML", "text"):
            name = f"wirehouse, {kind}"
            print(
                f"From {kind}, {rates[name] / rates[peer]:.1f} times as many pages a second, {costs[peer] / costs[name]:.1f} times as many a second of CPU."
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
