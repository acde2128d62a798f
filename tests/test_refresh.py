"""Rows of an older version are made anew from the warehouse alone, and are what a fresh load makes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import flows.stages
from flows import upkeep
from flows.settings import Settings
from tests.conftest import SAMPLES
from tests.test_ledger import rows
from tests.test_runs import STORY, contents, load

SETTINGS = Settings(workers=1, batch_pages=4)


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages and the warehouse that they were loaded into, made once."""
    folder = tmp_path_factory.mktemp("loaded") / "pages"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(STORY.replace("ten years", f"{number} years"))
    for number, file in enumerate(sorted(SAMPLES.rglob("*.html"))[:4]):
        (folder / f"{number}.html").write_bytes(file.read_bytes())
    load(folder.parent / "w.duckdb", folder)
    return folder.parent


@pytest.fixture
def pages(loaded_once: Path, tmp_path: Path) -> Path:
    """A copy of those pages, with their warehouse beside them."""
    shutil.copytree(loaded_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "pages"


def spoil(path: Path) -> None:
    """Make the rows look as if an older version of enriching had made them: some facts missing, some other."""
    with duckdb.connect(str(path)) as con:
        con.execute("delete from main.quotes; delete from main.event_parties; delete from main.events; update main.articles set tone = 9")
        con.execute("update main.entities set description = 'old'; update pipeline.pages set enrich_version = '0'")


def spoil_cleaning(path: Path) -> None:
    """The same of some pages' cleaning too."""
    spoil(path)
    with duckdb.connect(str(path)) as con:
        con.execute("create temp table old as select document_id from main.documents order by document_id limit 5")
        for change in (
            "articles set title = 'old', body = 'old'",
            "blocks set role = 'nav', kept = false",
            "pages set clean_version = '0'",
        ):
            schema = "pipeline" if change.startswith("pages") else "main"
            con.execute(f"update {schema}.{change} where document_id in (from old)")


@pytest.mark.parametrize("spoilt", [spoil, spoil_cleaning])
def test_refreshed_rows_are_those_of_a_fresh_load(pages: Path, tmp_path: Path, spoilt: Callable[[Path], None]) -> None:
    path = tmp_path / "w.duckdb"
    before = contents(path)
    assert upkeep.refresh(path, SETTINGS) == (0, 0), "nothing is old"
    spoilt(path)
    for file in pages.iterdir():
        file.unlink()
    count = rows(path, "select count(*) from main.documents")[0][0]
    assert upkeep.refresh(path, SETTINGS) == (count, 0)
    assert contents(path) == before
    assert upkeep.refresh(path, SETTINGS) == (0, 0)
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == [".w.duckdb.lock"]


def test_a_refresh_goes_on_where_it_stopped(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "w.duckdb"
    before = contents(path)
    spoil(path)
    spoiled = contents(path)
    work, done = upkeep.enrich_again, []

    def stops_at_the_second(frame, *more):  # type: ignore[no-untyped-def]
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(len(frame))
        return work(frame, *more)

    monkeypatch.setattr(upkeep, "enrich_again", stops_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        upkeep.refresh(path, SETTINGS)
    assert contents(path) == spoiled, "nothing is published before all is done"
    again: list[int] = []
    monkeypatch.setattr(upkeep, "enrich_again", lambda frame, *more: again.append(len(frame)) or work(frame, *more))
    upkeep.refresh(path, SETTINGS)
    assert len(again) == -(-rows(path, "select count(*) from main.documents")[0][0] // 4) - 1  # type: ignore[operator]
    assert contents(path) == before


def test_a_page_that_the_new_version_breaks_on_keeps_its_rows(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.batch

    path = tmp_path / "w.duckdb"
    before = contents(path)
    whole = flows.batch.clean_pages

    def breaks(frame, **more):  # type: ignore[no-untyped-def]
        if frame["text"].str.contains("3 years").any():
            raise ZeroDivisionError
        return whole(frame, **more)

    monkeypatch.setattr(flows.batch, "clean_pages", breaks)
    monkeypatch.setattr(flows.stages, "code_digest", lambda stage: {"clean": "another", "enrich": "one"}[stage])
    flows.stages.stage_versions.cache_clear()
    try:
        assert upkeep.refresh(path, SETTINGS).failed == 1
    finally:
        monkeypatch.undo()
        flows.stages.stage_versions.cache_clear()
    assert contents(path) == before


@pytest.mark.parametrize(
    ("file", "content", "changed"),
    [
        pytest.param("people.csv", "name\nAnn Example\n", {"enrich"}, id="a name"),
        pytest.param("lexicon/cues.csv", "lemma\nsay\n", {"enrich"}, id="a verb of speech"),
        pytest.param("lexicon/furniture_own.csv", "language,role,position,wording\n", {"clean"}, id="wording of furniture"),
        pytest.param("outlets.csv", "name\nExample\n", {"clean", "enrich"}, id="an outlet"),
        pytest.param("lexicon/byline_parts.csv", "language,part,wording\n", {"clean", "enrich"}, id="wording of bylines"),
        pytest.param("lexicon/html_hints.csv", "hint\n", set(), id="what only loading reads"),
        pytest.param("notes.md", "to do\n", set(), id="no reference data"),
    ],
)
def test_a_row_added_makes_old_what_depends_on_it(tmp_path: Path, file: str, content: str, changed: set[str]) -> None:
    flows.stages.stage_versions.cache_clear()
    before = flows.stages.stage_versions(tmp_path)
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(content)
    flows.stages.stage_versions.cache_clear()
    after = flows.stages.stage_versions(tmp_path)
    assert {stage for stage in after if after[stage] != before[stage]} == changed


def test_what_cleaning_reads_is_what_its_version_covers(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.reference.lexicon import load_clean_lexicon

    opened: set[Path] = set()
    whole, whole_builtin = Path.open, open

    def noting(self: Path, *args, **more):  # type: ignore[no-untyped-def]
        opened.add(self)
        return whole(self, *args, **more)

    def noting_builtin(file, *args, **more):  # type: ignore[no-untyped-def]
        opened.add(Path(str(file)))
        return whole_builtin(file, *args, **more)

    monkeypatch.setattr(Path, "open", noting)
    monkeypatch.setattr("builtins.open", noting_builtin)
    load_clean_lexicon()
    monkeypatch.undo()
    roots = (flows.stages.BUNDLED, flows.stages.BUNDLED.parent / "clean")
    names = {file.relative_to(root).as_posix() for file in opened for root in roots if file.is_relative_to(root)}
    assert len(names) > 5 and {name for name in names if not flows.stages.is_read_by("clean", name)} == set()


def test_pages_whose_cleaning_is_as_it_was_are_enriched_alone(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.batch

    path = tmp_path / "w.duckdb"
    before = contents(path)
    spoil(path)
    monkeypatch.setattr(flows.batch, "clean_pages", lambda *_, **__: pytest.fail("cleaned again"))
    assert upkeep.refresh(path, SETTINGS).failed == 0
    assert contents(path) == before
