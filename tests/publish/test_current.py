"""A changed page counts once: the marts, the cookbook, the dashboard and the search answer of its newest version alone."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.cookbook import parameters_of, read_cookbook, run_question
from flows.export.jsonld import news_articles
from flows.publish.models import ROOT
from flows.search import search
from flows.warehouse import connect_reader
from tests.dashboard.test_queries import FILES, answer
from tests.test_runs import STORY, load
from tests.test_versions import LATER

OF_RUNS = {
    "what_could_not_be_loaded",
    "what_did_each_load_bring",
    "data_quality",
    "what_came_in",
    "which_checks_hold",
    "how_complete_is_each_site",
}


def write(folder: Path, name: str, url: str, text: str, day: int) -> None:
    folder.mkdir(exist_ok=True)
    about = {"id": name, "url": url, "text": text, "fetched_at": f"1999-05-{day:02}T10:00:00Z"}
    (folder / f"{name}.jsonl").write_text(json.dumps(about))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two warehouses: one of a page in two versions and a story elsewhere, one of the same without the old version."""
    folder = tmp_path_factory.mktemp("current")
    page = "https://www.news.example/accord"
    write(folder / "old", "first", page, STORY, 5)
    write(folder / "new", "second", page, LATER, 6)
    write(folder / "new", "other", "https://other.example/x", STORY.replace("Jaime Gama", "António Guterres"), 7)
    load(folder / "changed.duckdb", folder / "old", folder / "new")
    load(folder / "newest.duckdb", folder / "new")
    return folder / "changed.duckdb", folder / "newest.duckdb"


@pytest.fixture(scope="module")
def both(files: tuple[Path, Path]) -> Iterator[tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]]:
    """The two open to read."""
    with connect_reader(files[0]) as changed, connect_reader(files[1]) as newest:
        assert changed.execute("select count(*) from main.documents").fetchone() == (3,)
        yield changed, newest


def told(rows: list[tuple[object, ...]]) -> list[str]:
    """The rows in an order of their own, but for the count of what was loaded, which is of all versions."""
    return sorted(repr(row) for row in rows if "inputs that could not be loaded" not in row)


@pytest.mark.parametrize("mart", sorted({file.stem for file in (ROOT / "marts").glob("*.sql")} - OF_RUNS))
def test_a_mart_counts_the_newest_version_alone(mart: str, both: tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]) -> None:
    changed, newest = (con.execute(f"select * from marts.{mart}").fetchall() for con in both)
    assert told(changed) == told(newest)


@pytest.mark.parametrize("question", [each for each in read_cookbook() if each.name not in OF_RUNS], ids=lambda question: question.name)
def test_a_question_counts_the_newest_version_alone(question, both) -> None:  # type: ignore[no-untyped-def]
    changed, newest = (run_question(question, parameters_of(question, {}), con) for con in both)
    assert told(changed.rows()) == told(newest.rows())


@pytest.mark.parametrize("file", [file for file in FILES if file.stem not in OF_RUNS], ids=lambda file: file.stem)
def test_the_dashboard_counts_the_newest_version_alone(file: Path, files: tuple[Path, Path]) -> None:
    changed, newest = (answer(path, file.stem) for path in files)
    assert told(changed.rows()) == told(newest.rows())


def test_a_search_finds_the_newest_version_alone(both: tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]) -> None:
    changed, newest = (search(con, "fishing accord") for con in both)
    assert (changed.article_count, changed.quote_count, changed.outlets) == (newest.article_count, newest.quote_count, newest.outlets)
    assert [hit.article_id for hit in changed.articles] == [hit.article_id for hit in newest.articles]
    assert changed.names == newest.names


def test_json_ld_holds_the_newest_version_alone(both: tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]) -> None:
    changed, newest = (list(news_articles(con)) for con in both)
    assert changed == newest
