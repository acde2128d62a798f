"""Rows of an older version are made anew from the warehouse alone, and are what a fresh load makes."""

from pathlib import Path

import pytest

import flows.stages
from flows import upkeep
from flows.settings import Settings
from tests.conftest import SAMPLES
from tests.test_ledger import rows
from tests.test_runs import STORY, contents, load

SETTINGS = Settings(workers=1, batch_pages=4)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(STORY.replace("ten years", f"{number} years"))
    for number, file in enumerate(sorted(SAMPLES.rglob("*.html"))[:4]):
        (folder / f"{number}.html").write_bytes(file.read_bytes())
    return folder


def spoil(path: Path) -> None:
    """Make the rows look as if an older version had made them: some facts missing, some other."""
    import duckdb

    with duckdb.connect(str(path)) as con:
        con.execute(
            "delete from main.quotes; delete from main.event_parties; delete from main.events; update main.articles set title = 'old'"
        )
        con.execute("update main.entities set description = 'old'; update pipeline.pages set enrich_version = '0'")


def test_refreshed_rows_are_those_of_a_fresh_load(pages: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    load(path, pages)
    before = contents(path)
    assert upkeep.refresh(path, SETTINGS) == (0, 0), "nothing is old"
    spoil(path)
    for file in pages.iterdir():
        file.unlink()
    count = rows(path, "select count(*) from main.documents")[0][0]
    assert upkeep.refresh(path, SETTINGS) == (count, 0)
    assert contents(path) == before
    assert upkeep.refresh(path, SETTINGS) == (0, 0)
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == [".w.duckdb.lock"]


def test_a_refresh_goes_on_where_it_stopped(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "w.duckdb"
    load(path, pages)
    before = contents(path)
    spoil(path)
    spoiled = contents(path)
    work, done = upkeep.process_pages, []

    def stops_at_the_second(frame, knowledge):  # type: ignore[no-untyped-def]
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(len(frame))
        return work(frame, knowledge)

    monkeypatch.setattr(upkeep, "process_pages", stops_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        upkeep.refresh(path, SETTINGS)
    assert contents(path) == spoiled, "nothing is published before all is done"
    again: list[int] = []
    monkeypatch.setattr(upkeep, "process_pages", lambda frame, knowledge: again.append(len(frame)) or work(frame, knowledge))
    upkeep.refresh(path, SETTINGS)
    assert len(again) == -(-rows(path, "select count(*) from main.documents")[0][0] // 4) - 1  # type: ignore[operator]
    assert contents(path) == before


def test_a_page_that_the_new_version_breaks_on_keeps_its_rows(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.batch

    path = tmp_path / "w.duckdb"
    load(path, pages)
    before = contents(path)
    whole = flows.batch.clean_pages

    def breaks(frame, **more):  # type: ignore[no-untyped-def]
        if frame["text"].str.contains("3 years").any():
            raise ZeroDivisionError
        return whole(frame, **more)

    monkeypatch.setattr(flows.batch, "clean_pages", breaks)
    monkeypatch.setitem(flows.stages.NUMBERS, "clean", 99)
    flows.stages.stage_versions.cache_clear()
    try:
        assert upkeep.refresh(path, SETTINGS).failed == 1
    finally:
        monkeypatch.undo()
        flows.stages.stage_versions.cache_clear()
    assert contents(path) == before


def test_a_row_added_to_a_lexicon_makes_pages_old(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name\n")
    first = flows.stages.stage_versions(tmp_path)
    (tmp_path / "people.csv").write_text("name\nAnn Example\n")
    flows.stages.stage_versions.cache_clear()
    assert flows.stages.stage_versions(tmp_path) != first
