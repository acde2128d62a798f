"""What trust costs: loading new pages into a large warehouse beside a small one.

python -m bench.reliability [--small 1000] [--large 100000]
"""

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import duckdb

from bench.crowd import multiply
from bench.pages import sentences
from bench.throughput import measure

WIREHOUSE = [sys.executable, "-m", "flows.cli", "run", "--direct", "--quiet"]


def write_small_articles(path: Path, numbers: range) -> None:
    """Write short articles as JSON Lines, each of two sentences of the samples and another headline."""
    pool = [sentence.rstrip(".") for sentence in sentences() if 8 < len(sentence.split()) < 30]
    with path.open("w", encoding="utf-8") as out:
        for number in numbers:
            rng = random.Random(number)
            first, second = rng.sample(pool, 2)
            text = f"Report {number}: {' '.join(first.split()[:7])}\n\n{first}.\n\n{second}.\n"
            out.write(json.dumps({"id": f"a{number}", "url": f"https://news{number % 50}.example/{number}", "text": text}) + "\n")


class Cost(NamedTuple):
    """Of loading 100 new pages: wall and CPU seconds with start-up, and the seconds of publishing alone."""

    wall: float
    cpu: float
    publish: float


def grow(folder: Path, name: str, size: int, times: int) -> list[Cost]:
    """Build a warehouse of ``size`` articles, make it ``times`` as large, then load 100 new pages into it five times."""
    warehouse, source = folder / f"{name}.duckdb", folder / f"{name}.jsonl"
    write_small_articles(source, range(size))
    measure([*WIREHOUSE, str(source), "--warehouse", str(warehouse)], 0)
    if times > 1:
        multiply(warehouse, times)
    costs = []
    for turn in range(5):
        write_small_articles(source, range(10_000_000 + turn * 100, 10_000_100 + turn * 100))
        took = measure([*WIREHOUSE, str(source), "--warehouse", str(warehouse)], 0)
        with duckdb.connect(str(warehouse), read_only=True) as con:
            publish = con.execute("select publish_seconds from ops.runs order by started_at desc limit 1").fetchone()
        costs.append(Cost(took.wall, took.cpu, publish[0] if publish else 0.0))
    told = "; ".join(f"{each.wall:.1f} s wall, {each.cpu:.1f} s CPU, {each.publish:.2f} s publishing" for each in costs)
    print(f"{size * times:>9,} articles, {warehouse.stat().st_size / 1e6:.0f} MB; 100 new pages: {told}", flush=True)
    return costs[2:]  # the first two find no spare file


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--large", type=int, default=100_000)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wirehouse-bench-"))
    try:
        small = grow(folder, "small", arguments.small, 1)
        large = grow(folder, "large", arguments.small, arguments.large // arguments.small)
        for kind in Cost._fields:
            ratio = statistics.median(getattr(each, kind) for each in large) / statistics.median(getattr(each, kind) for each in small)
            print(f"100 new pages cost {ratio:.2f} times as much in the large warehouse: {kind} (median of three)", flush=True)
    except subprocess.CalledProcessError as error:
        sys.exit(error.stderr.decode(errors="replace")[-2000:])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
