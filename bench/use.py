"""What looking costs on 100,000 articles: searches, the time to index, the dashboard's pages and every turn of its filters.

    python -m bench.use [--articles 100000] [--base 4000] [--turns 8] [--keep FOLDER]

The pages are drawn by the real dashboard in the real browser (chromium). ``--keep`` leaves the warehouse there and takes
it from there the next time.
"""

import argparse
import datetime as dt
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from bench.browser import measure_dashboard, quantile
from bench.crowd import invented_words, multiply, write_crowd
from flows.publish.search_index import extend_index
from flows.search import search
from flows.warehouse import connect_reader

WIREHOUSE = [sys.executable, "-m", "flows.cli", "run", "--direct", "--quiet"]


def build(folder: Path, articles: int, base: int) -> Path:
    """A warehouse of so many articles, its index made apart so that its cost can be told; taken from the folder when it is there."""
    warehouse, source = folder / "crowd.duckdb", folder / "crowd.jsonl"
    if warehouse.exists():
        return warehouse
    fresh = folder / "building.duckdb"
    write_crowd(source, min(base, articles))
    subprocess.run([*WIREHOUSE, str(source), "--warehouse", str(fresh)], check=True)
    multiply(fresh, max(1, articles // base))
    told = subprocess.run([sys.executable, "-m", "bench.use", "--index", str(fresh)], check=True, capture_output=True, text=True).stdout
    print(told.strip(), flush=True)
    fresh.rename(warehouse)
    return warehouse


def index(warehouse: Path) -> None:
    """Make the index of a warehouse anew, as if all its articles came with one run; prints what it took."""
    with duckdb.connect(str(warehouse)) as con:
        for table in ("texts", "terms"):
            con.execute(f"delete from search.{table}")
        con.execute("update search.state set sorted_rows = 0")
        con.execute("checkpoint")
        wall, cpu = time.perf_counter(), time.process_time()
        con.execute("begin")
        texts = extend_index(con)
        con.execute("commit")
        con.execute("checkpoint")
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = warehouse.stat().st_size / 1e6
    print(f"Index of {texts:,} texts: {wall:.0f} s, {cpu:.0f} s of CPU, {peak:,.0f} MB at most; the warehouse then has {size:,.0f} MB.")


def queries(seed: int, people: list[str]) -> dict[str, Callable[[int], dict[str, object]]]:
    """A maker of searches a kind: given a number, the arguments of one search."""
    common = ["president", "minister", "talks", "treaty", "missile", "agreement", "visit", "soviet", "monday", "wall", "forces", "summit"]
    rare = invented_words(60_000)
    phrases = [
        "the two governments",
        "President of the United States",
        "signed the accords",
        "a joint communiqué",
        "his journey",
        "the news agency",
    ]
    others = ["北京大学", "министры обсудили", "المعاهدة", "smlouvě", "领导人", "ракетах"]
    outlets = [f"news{number}.example" for number in range(60)]

    def pick(number: int, values: list[str], count: int = 1) -> str:
        return " ".join(random.Random(1000 * seed + number).sample(values, count))

    def since(number: int) -> dt.date:
        return dt.date(2013 + number % 10, 1 + number % 12, 1)

    return {
        "one common word": lambda n: {"query": pick(n, common)},
        "two common words": lambda n: {"query": pick(n, common, 2)},
        "a rare word": lambda n: {"query": pick(n, rare[40:5_000])},
        "a common and a rare word": lambda n: {"query": f"{pick(n, common)} {pick(n, rare[40:5_000])}"},
        "a phrase": lambda n: {"query": f'"{pick(n, phrases)}"'},
        "another script": lambda n: {"query": pick(n, others)},
        "of one outlet": lambda n: {"query": pick(n, common), "outlet": pick(n, outlets)},
        "of some months": lambda n: {"query": pick(n, common), "since": since(n), "until": since(n) + dt.timedelta(days=120)},
        "by one speaker": lambda n: {"query": pick(n, common), "speaker": pick(n, people)},
    }


def measure_search(warehouse: Path, turns: int = 20) -> None:
    """Search ``turns`` times in each way, each search another; prints p50, p95 and the CPU time that a search takes on average."""
    print(f"\n{'Search':<28}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms':>8}{'found':>10}")
    with connect_reader(warehouse) as con:
        search(con, "warm up")
        speakers = con.execute(
            "select name from main.quotes join main.entities on entity_id = speaker_id group by name order by count(*) desc, name limit 12"
        ).fetchall()
        for kind, arguments in queries(1, [name for (name,) in speakers]).items():
            took, found = [], []
            spent = time.process_time()
            for number in range(turns):
                started = time.perf_counter()
                found.append(search(con, **arguments(number)).article_count)  # type: ignore[arg-type]
                took.append(time.perf_counter() - started)
            spent = 1000 * (time.process_time() - spent) / turns
            print(
                f"{kind:<28}{1000 * quantile(took, 0.5):>8.0f}{1000 * quantile(took, 0.95):>8.0f}{spent:>8.0f}{sum(found) // turns:>10,}",
                flush=True,
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--base", type=int, default=4_000)
    parser.add_argument("--turns", type=int, default=8, help="how often each thing is done in the browser")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.index:
        index(arguments.index)
        return
    folder = arguments.keep or Path(tempfile.mkdtemp(prefix="wirehouse-bench-"))
    try:
        warehouse = build(folder, arguments.articles, arguments.base)
        measure_search(warehouse)
        measure_dashboard(warehouse, arguments.turns)
    finally:
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
