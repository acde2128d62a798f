"""The tables are the same whether pages come at once or in pieces, in batches of any size and in any order."""

import json
import random
from pathlib import Path

import duckdb
import pytest

from flows.schemas import TABLES
from flows.settings import Settings
from tests.conftest import SAMPLES
from tests.test_runs import STORY, contents, load


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pages of many kinds: the samples, short stories, versions of one page with the day of fetching, the same page twice, bad input."""
    folder = tmp_path_factory.mktemp("pages")
    for number, file in enumerate(sorted(each for each in SAMPLES.rglob("*") if each.suffix in (".txt", ".html"))):
        (folder / f"sample-{number:03}{file.suffix}").write_bytes(file.read_bytes())
    for number in range(80):
        about = {"id": f"s{number}", "url": f"https://site{number % 7}.example/{number}", "title": f"Accord {number} signed in Lisbon"}
        (folder / f"story-{number:03}.jsonl").write_text(json.dumps({**about, "text": STORY.replace("ten years", f"{number} years")}))
    for day in range(1, 6):
        about = {"id": "v", "url": "https://versions.example/page", "fetched_at": f"1999-05-{day:02}T10:00:00Z"}
        (folder / f"version-{day}.jsonl").write_text(json.dumps({**about, "text": STORY.replace("June", f"June {day}")}))
    (folder / "empty.txt").write_text("")
    (folder / "broken.jsonl").write_text("{broken\n")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def at_once(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of all of them, loaded in one batch."""
    path = tmp_path_factory.mktemp("once") / "w.duckdb"
    assert len(files) >= 100
    load(path, *files, settings=Settings(workers=1, batch_pages=1000))
    return path


def differences(path: Path, expected: Path) -> dict[str, list[object]]:
    """Tables whose contents differ, with some rows that only one of the two warehouses holds."""
    here, there = contents(path), contents(expected)
    found = {}
    with duckdb.connect() as con:
        con.execute(f"attach '{path}' as here (read_only); attach '{expected}' as there (read_only)")
        for table in sorted(name for name in here if here[name] != there[name]):
            listed = ", ".join(f'"{name}"' for name in TABLES[table] if name not in ("loaded_at", "run_id", "rejected_at"))
            found[table] = con.execute(
                f"(select {listed} from here.main.{table} except all select {listed} from there.main.{table}) "
                f"union all (select {listed} from there.main.{table} except all select {listed} from here.main.{table}) limit 4"
            ).fetchall()
    return found


@pytest.mark.parametrize("batch_pages", [10, 1])
def test_in_ten_and_in_a_hundred_batches(batch_pages: int, files: list[Path], at_once: Path, tmp_path: Path) -> None:
    load(tmp_path / "w.duckdb", *files, settings=Settings(workers=1, batch_pages=batch_pages))
    assert differences(tmp_path / "w.duckdb", at_once) == {}


def test_in_another_order(files: list[Path], at_once: Path, tmp_path: Path) -> None:
    shuffled = random.Random(5).sample(files, len(files))
    load(tmp_path / "w.duckdb", *shuffled, settings=Settings(workers=1, batch_pages=17))
    assert differences(tmp_path / "w.duckdb", at_once) == {}


def test_in_runs_of_their_own(files: list[Path], at_once: Path, tmp_path: Path) -> None:
    shuffled = random.Random(6).sample(files, len(files))
    for at in range(0, len(shuffled), 20):
        load(tmp_path / "w.duckdb", *shuffled[at : at + 20])
    assert differences(tmp_path / "w.duckdb", at_once) == {}
