"""A run as its users meet it: again, in pieces, with bad input, with readers looking on."""

import hashlib
import json
import multiprocessing
import sys
import time
from pathlib import Path

import duckdb
import pytest

from flows import warehouse
from flows.errors import CheckFailed
from flows.load.inputs import find_inputs
from flows.runs import Summary, run_directly
from flows.schemas import TABLES
from flows.settings import Settings

STORY = """Ministers sign fishing accord in Lisbon

LISBON (Example News) — The foreign ministers of Portugal and Spain signed a fishing accord in Lisbon on Tuesday, 4 May 1999.

“We have waited ten years for this day,” Portuguese Foreign Minister Jaime Gama said.

Spain’s foreign ministry said the accord would be presented to parliament in June.
"""


def load(path: Path, *inputs: Path, settings: Settings | None = None) -> Summary:
    return run_directly(path, find_inputs([str(each) for each in inputs]), settings or Settings(workers=1))


def contents(path: Path) -> dict[str, str]:
    """A hash of each table's rows in any order, the moment and the run of loading left out."""
    with duckdb.connect(str(path), read_only=True) as con:
        hashes = {}
        for table, columns in TABLES.items():
            listed = ", ".join(f'"{name}"' for name in columns if name not in ("loaded_at", "run_id", "rejected_at"))
            rows = sorted(map(repr, con.execute(f"select {listed} from main.{table}").fetchall()))
            hashes[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return hashes


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    (folder / "empty.txt").write_text("")
    (folder / "more.jsonl").write_text(
        "\n".join(json.dumps({"id": f"r{n}", "text": STORY.replace("ten years", f"{n} years"), "date": "1999-05-05"}) for n in range(12))
        + "\n{broken\n"
    )
    return folder


def test_every_record_is_loaded_or_rejected(pages: Path, tmp_path: Path) -> None:
    summary = load(tmp_path / "w.duckdb", pages)
    assert (summary.seen, summary.new, summary.present, summary.rejected) == (15, 13, 0, 2)
    assert all(check.passed for check in summary.checks)


def test_loading_the_same_again_changes_nothing(pages: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    load(path, pages)
    before = contents(path)
    summary = load(path, pages)
    assert (summary.new, summary.present, summary.rejected) == (0, 13, 2)
    assert contents(path) == before


def test_batches_of_any_size_give_the_same_tables(pages: Path, tmp_path: Path) -> None:
    load(tmp_path / "one.duckdb", pages)
    load(tmp_path / "many.duckdb", pages, settings=Settings(workers=1, batch_pages=2))
    load(tmp_path / "parallel.duckdb", pages, settings=Settings(workers=2, batch_pages=5))
    load(tmp_path / "pieces.duckdb", pages / "more.jsonl")
    load(tmp_path / "pieces.duckdb", pages)
    expected = contents(tmp_path / "one.duckdb")
    assert contents(tmp_path / "many.duckdb") == expected
    assert contents(tmp_path / "parallel.duckdb") == expected
    assert contents(tmp_path / "pieces.duckdb") == expected


def test_a_failed_check_leaves_the_last_good_tables(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "w.duckdb"
    load(path, pages / "story.txt")
    before = contents(path)
    monkeypatch.setattr(
        "flows.runs.run_checks", lambda con: [__import__("flows.publish.models", fromlist=["Check"]).Check("a__promise", "error", 3, "x")]
    )
    with pytest.raises(CheckFailed, match=r"a__promise, 3 rows"):
        load(path, pages)
    assert contents(path) == before
    with warehouse.connect_reader(path) as con:
        assert con.execute("select state, count(*) from ops.runs group by state order by state").fetchall() == [
            ("completed", 1),
            ("failed", 1),
        ]


def test_a_page_that_a_stage_breaks_on_is_rejected_alone(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.batch

    whole = flows.batch.clean_pages

    def breaks_on_one(frame, **more):  # type: ignore[no-untyped-def]
        if frame["text"].str.contains("7 years").any():
            raise ZeroDivisionError("seven")
        return whole(frame, **more)

    monkeypatch.setattr(flows.batch, "clean_pages", breaks_on_one)
    summary = load(tmp_path / "w.duckdb", pages)
    assert (summary.new, summary.rejected) == (12, 3)
    with warehouse.connect_reader(tmp_path / "w.duckdb") as con:
        assert con.execute("select source_uri, stage, reason, detail from main.rejects where reason = 'stage_failed'").fetchall() == [
            ("more.jsonl#r7", "clean", "stage_failed", "ZeroDivisionError: seven")
        ]


def test_beside_the_warehouse_are_its_lock_and_spare_only(pages: Path, tmp_path: Path) -> None:
    load(tmp_path / "w.duckdb", pages)
    assert sorted(file.name for file in tmp_path.iterdir()) == [".w.duckdb.lock", "pages", "w.duckdb"]
    load(tmp_path / "w.duckdb", pages)
    assert {file.name for file in tmp_path.iterdir()} == {".w.duckdb.lock", ".w.duckdb.spare", ".w.duckdb.rows", "pages", "w.duckdb"}


def _read_in_a_loop(path: str, stop, results) -> None:  # type: ignore[no-untyped-def]
    """Open the published file again and again, from another process; collect errors and half-loaded states."""
    bad, seen = [], set()
    while not stop.is_set():
        try:
            with duckdb.connect(path, read_only=True) as con:
                documents, runs = con.execute("select (select count(*) from main.documents), (select count(*) from ops.runs)").fetchone()
                blocks = con.execute("select count(distinct document_id) from main.blocks").fetchone()[0]
                if documents != runs or blocks != documents:
                    bad.append(f"{documents} documents, {blocks} with blocks, {runs} runs")
                seen.add(documents)
        except duckdb.Error as error:
            bad.append(str(error))
    results.put((bad, sorted(seen)))


def test_a_reader_in_a_loop_meets_no_lock_and_no_half_load(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    (tmp_path / "0.txt").write_text(STORY)
    load(path, tmp_path / "0.txt")
    context = multiprocessing.get_context("spawn")
    stop, results = context.Event(), context.Queue()
    reader = context.Process(target=_read_in_a_loop, args=(str(path), stop, results), daemon=True)
    reader.start()
    time.sleep(1)
    for number in range(1, 7):
        page = tmp_path / f"{number}.txt"
        page.write_text(STORY.replace("ten years", f"{number} years"))
        load(path, page)
    stop.set()
    bad, seen = results.get(timeout=30)
    reader.join()
    assert bad == []
    assert len(seen) > 1 and seen[-1] <= 7, "the reader saw the warehouse grow"


def test_a_reader_that_keeps_the_file_open_sees_what_it_opened(pages: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    load(path, pages / "story.txt")
    with warehouse.connect_reader(path) as con:
        load(path, pages)
        assert con.execute("select count(*) from main.documents").fetchone() == (1,)
    with warehouse.connect_reader(path) as con:
        assert con.execute("select count(*) from main.documents").fetchone() == (13,)


def test_nothing_of_prefect_is_needed_to_run_directly() -> None:
    import subprocess

    code = "import sys; sys.modules['prefect'] = None; import flows.runs, flows.workers, flows.cli, flows.terminal"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
