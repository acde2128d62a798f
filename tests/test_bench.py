"""The benchmarks can be run: their modules import, and their pages are what they say."""

import json
from pathlib import Path

import bench.crawl
import bench.reliability
import bench.throughput


def test_small_articles_are_articles_of_their_own(tmp_path: Path) -> None:
    bench.reliability.write_small_articles(tmp_path / "some.jsonl", range(20))
    rows = [json.loads(line) for line in (tmp_path / "some.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == 20


def test_a_warc_of_a_size_is_written(tmp_path: Path) -> None:
    pages = bench.crawl.write_warc(tmp_path / "crawl.warc", 1)
    assert pages > 1 and 1_000_000 <= (tmp_path / "crawl.warc").stat().st_size < 2_000_000


def test_a_measured_command_tells_its_cost() -> None:
    assert bench.throughput.measure(["true"], 1).wall < 60
