"""A changed page at the same address is a new version of the same item, and nothing old is lost."""

import datetime as dt
import json
import shutil
import time
from pathlib import Path

import pytest

from flows import warehouse
from flows.publish.versions import Change, changes
from flows.settings import Settings
from flows.upkeep import forget
from tests.test_ledger import rows
from tests.test_runs import STORY, contents, load

VERSIONS = "select version, supersedes is null, is_current, fetched_at from main.documents order by version"
LATER = STORY.replace("in June", "in July") + "\nFishermen in Vigo welcomed the accord, which they had long asked for.\n"


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param(["A."], ["A."], [], id="the same"),
        pytest.param(["A.", "B."], ["A."], [Change(2, "added", "B.", None)], id="one more"),
        pytest.param(["B."], ["A.", "B."], [Change(1, "removed", None, "A.")], id="one less"),
        pytest.param(["A!", "B."], ["A.", "B."], [Change(1, "changed", "A!", "A.")], id="another text"),
        pytest.param(["B.", "A."], ["A.", "B."], [Change(1, "added", "B.", None), Change(2, "removed", None, "B.")], id="other order"),
        pytest.param(["مرحبا"], ["日本語"], [Change(1, "changed", "مرحبا", "日本語")], id="other scripts"),
    ],
)
def test_changes(now: list[str], before: list[str], expected: list[Change]) -> None:
    assert changes(now, before) == expected


def test_many_paragraphs_are_compared_in_time() -> None:
    many = [f"{n % 7}" for n in range(3000)]
    assert changes([*many, "new"], many) == [Change(3001, "added", "new", None)]


def test_lines_that_repeat_take_no_time() -> None:
    many = [("* * *", "Read more", f"Line {n}")[n % 3] for n in range(1000)]
    other = [("Read more", f"Row {n}", "* * *")[n * n % 3] for n in range(1000)]
    started = time.process_time()
    assert {each.change for each in changes(many, other)} == {"added", "removed"}
    assert time.process_time() - started < 0.3


def page(folder: Path, name: str, text: str, day: int | None) -> Path:
    folder.mkdir(exist_ok=True)
    about = {"fetched_at": f"1999-05-{day:02}T10:00:00Z"} if day else {}
    file = folder / f"{name}.jsonl"
    file.write_text(json.dumps({"id": name, "url": "https://www.news.example/accord", "text": text, **about}))
    return file


def test_a_changed_page_is_the_next_version_of_its_item(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    load(path, page(tmp_path, "first", STORY, 5))
    load(path, page(tmp_path, "second", LATER, 6))
    assert [row[:3] for row in rows(path, VERSIONS)] == [(1, True, False), (2, False, True)]
    assert rows(
        path, "select paragraph_no, change, left(text, 9), earlier_text is null from main.article_revisions order by paragraph_no"
    ) == [
        (3, "changed", "Spain’s f", False),
        (4, "added", "Fishermen", True),
    ]
    assert rows(path, "select count(*) from main.documents where contains(text, 'in June')") == [(1,)], "the old one is still there"


def test_in_one_file_the_later_line_is_current_and_the_same_line_is_there_already(tmp_path: Path) -> None:
    texts = [STORY, STORY, *(STORY.replace("June", f"June {day}") for day in range(2, 8))]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(json.dumps({"url": "https://www.news.example/accord", "text": text}) for text in texts))
    path = tmp_path / "w.duckdb"
    summary = load(path, file)
    assert (summary.new, summary.present) == (7, 1)
    assert rows(path, "select version, trim(regexp_extract(text, 'June( [0-9])?')), is_current from main.documents order by version") == [
        (version, f"June {version}" if version > 1 else "June", version == 7) for version in range(1, 8)
    ]
    again = load(path, file)
    assert (again.new, again.present) == (0, 8)


def test_the_same_page_in_another_file_is_there_already(tmp_path: Path) -> None:
    path, folder = tmp_path / "w.duckdb", tmp_path / "pages"
    html = f'<html><head><meta property="og:url" content="https://www.news.example/html"></head><body><p>{STORY}</p></body></html>'
    files = [page(folder, "first", STORY, 5), page(folder, "second", STORY, 6)]
    for name in ("a.html", "b.html"):
        (folder / name).write_text(html)
    assert [load(path, file).new for file in files] == [1, 0]
    summary = load(path, folder)
    assert (summary.new, summary.present) == (1, 3)
    assert rows(path, "select version, is_current from main.documents") == [(1, True), (1, True)]


def test_an_address_that_goes_back_to_what_it_said_in_one_file_has_a_version_more(tmp_path: Path) -> None:
    file, path = tmp_path / "a.jsonl", tmp_path / "w.duckdb"
    texts = [STORY, LATER, STORY, STORY]
    file.write_text("\n".join(json.dumps({"url": "https://www.news.example/accord", "text": text}) for text in texts))
    assert (load(path, file).new, load(path, file).new) == (3, 0)
    assert rows(path, "select version, contains(text, 'Vigo'), is_current from main.documents order by version") == [
        (1, False, False),
        (2, True, False),
        (3, False, True),
    ]


def test_a_page_without_an_address_is_known_by_its_file(tmp_path: Path) -> None:
    path, file = tmp_path / "w.duckdb", tmp_path / "a.txt"
    for text in (STORY, LATER, STORY):
        file.write_text(text)
        load(path, file)
    assert [row[:3] for row in rows(path, VERSIONS)] == [(1, True, False), (2, False, True)]


def story(number: int) -> str:
    return STORY.replace("June", f"June {number}")


def test_pages_of_one_name_from_two_places_are_no_versions_of_each_other(tmp_path: Path) -> None:
    for at, month in enumerate(("may", "june")):
        (tmp_path / month).mkdir()
        (tmp_path / month / "1.txt").write_text(story(2 + at))
        (tmp_path / month / "dump.jsonl").write_text("\n".join(json.dumps({"text": story(10 * at + row)}) for row in (5, 6)))
    together, apart = tmp_path / "together.duckdb", tmp_path / "apart.duckdb"
    load(together, tmp_path / "may", tmp_path / "june")
    for month in ("may", "june"):
        for name in ("1.txt", "dump.jsonl"):
            load(apart, tmp_path / month / name)
    for path in (together, apart):
        assert rows(path, "select count(*), max(version) from main.documents where is_current") == [(6, 1)]
    assert rows(together, "select source_uri from main.documents order by 1") == [
        (f"{month}/{name}",) for month in ("june", "may") for name in ("1.txt", "dump.jsonl#1", "dump.jsonl#2")
    ]


def test_the_same_file_is_there_already_however_its_path_is_written(tmp_path: Path) -> None:
    folder, path = tmp_path / "pages" / "may", tmp_path / "w.duckdb"
    folder.mkdir(parents=True)
    (folder / "1.txt").write_text(STORY)
    (folder / "dump.jsonl").write_text(json.dumps({"text": story(3)}))
    assert load(path, tmp_path / "pages").new == 2
    for again in (folder, folder / "1.txt", tmp_path / "pages" / ".." / "pages" / "may"):
        assert load(path, again).new == 0
    (folder / "1.txt").write_text(LATER)
    load(path, folder)
    assert rows(path, "select version, is_current from main.documents where contains(text, 'Vigo')") == [(2, True)]
    forget(path, document=str(rows(path, "select document_id from main.documents where contains(text, 'Vigo')")[0][0]))
    assert load(path, folder / "1.txt").new == 0, "what was forgotten stays so"


def test_a_site_s_front_as_address_makes_no_versions(tmp_path: Path) -> None:
    path, folder = tmp_path / "w.duckdb", tmp_path / "pages"
    folder.mkdir()
    for name in "abc":
        html = f'<link rel="canonical" href="https://news.example/"><p>{story(ord(name) - 95)}</p>'
        (folder / f"{name}.html").write_text(f"<html><head></head><body>{html}</body></html>")
    rows_of = [json.dumps({"id": f"r{day}", "text": story(day), "url": "https://www.news.example"}) for day in (7, 8)]
    (folder / "d.jsonl").write_text("\n".join(rows_of))
    load(path, folder)
    assert rows(path, "select count(*), max(version), bool_and(is_current) from main.documents") == [(5, 1, True)]


def test_within_a_run_the_page_read_last_is_current(tmp_path: Path) -> None:
    early, late, path = tmp_path / "2024-01-01.jsonl", tmp_path / "2024-02-01.jsonl", tmp_path / "w.duckdb"
    about = {"url": "https://news.example/accord"}
    early.write_text("\n".join(json.dumps(each) for each in [{"text": story(2)}, {"text": story(3)}, {**about, "text": STORY}]))
    late.write_text(json.dumps({**about, "text": LATER}))
    load(path, early, late)
    assert rows(path, "select version, is_current from main.documents where contains(text, 'Vigo')") == [(2, True)]


def test_what_was_held_on_a_day_can_still_be_asked(tmp_path: Path) -> None:
    path, file = tmp_path / "w.duckdb", tmp_path / "a.txt"
    file.write_text(STORY)
    load(path, file)
    between = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    file.write_text(LATER)
    load(path, file)
    with warehouse.connect_reader(path) as con:
        held = con.execute("select text from main.documents where loaded_at <= ?", [between]).fetchall()
    assert held == [(STORY,)]


def test_versions_are_the_same_in_any_order_of_loading(tmp_path: Path) -> None:
    files = [page(tmp_path / "pages", f"v{day}", STORY.replace("June", f"June {day}"), day) for day in range(1, 4)]
    load(tmp_path / "once.duckdb", tmp_path / "pages")
    for name, order in {"forth": files, "back": files[::-1], "mixed": [files[1], files[2], files[0]]}.items():
        for file in order:
            load(tmp_path / f"{name}.duckdb", file)
        assert contents(tmp_path / f"{name}.duckdb") == contents(tmp_path / "once.duckdb")
    assert rows(tmp_path / "once.duckdb", "select count(*), max(version), sum(is_current::integer) from main.documents") == [(3, 3, 1)]
    assert rows(tmp_path / "once.duckdb", "select count(*) from main.article_revisions") == [(2,)]


@pytest.fixture(scope="module")
def grown_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse of three versions of a page and of a story on another site, made once."""
    tmp_path = tmp_path_factory.mktemp("grown")
    for day in (1, 2, 3):
        page(tmp_path / "pages", f"v{day}", STORY.replace("June", f"June {day}"), day)
    other = {
        "id": "x",
        "url": "https://other.example/x",
        "text": STORY.replace("Jaime Gama", "António Guterres"),
        "fetched_at": "2001-01-01T00:00:00Z",
    }
    (tmp_path / "pages" / "other.jsonl").write_text(json.dumps(other))
    load(tmp_path / "w.duckdb", tmp_path / "pages")
    load(tmp_path / "w.duckdb", tmp_path / "pages")  # so that there is a spare, which must not outlive what is forgotten
    return tmp_path


@pytest.fixture
def grown(grown_once: Path, tmp_path: Path) -> Path:
    """The warehouse of a copy of that folder."""
    shutil.copytree(grown_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "w.duckdb"


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        pytest.param({"site": "other.example"}, ["v1", "v2", "v3"], id="a site"),
        pytest.param({"site": "news.example"}, ["other"], id="the other site"),
        pytest.param({"before": dt.date(1999, 5, 2)}, ["v2", "v3", "other"], id="before a day"),
        pytest.param({"document": "v2"}, ["v1", "v3", "other"], id="one document"),
        pytest.param({"before": dt.date(2030, 1, 1)}, [], id="all"),
    ],
)
def test_what_is_forgotten_leaves_as_if_it_had_never_come(grown: Path, tmp_path: Path, wanted: dict[str, object], left: list[str]) -> None:
    if "document" in wanted:
        wanted["document"] = rows(grown, f"select document_id from main.documents where source_uri like '{wanted['document']}.%'")[0][0]
    count = forget(grown, **wanted)  # type: ignore[arg-type]
    assert count == 4 - len(left)
    expected = tmp_path / "expected.duckdb"
    (tmp_path / "empty.txt").write_text("")
    load(expected, *(tmp_path / "pages" / f"{name}.jsonl" for name in left), *([] if left else [tmp_path / "empty.txt"]))
    assert {**contents(grown), "rejects": ""} == {**contents(expected), "rejects": ""}
    assert rows(grown, "select count(*) from ops.ledger where outcome = 'forgotten'") == [(2 * count,)]
    assert not list(tmp_path.glob(".w.duckdb.spare")) and not list(tmp_path.glob(".w.duckdb.rows"))
    summary = load(grown, tmp_path / "pages")
    assert (summary.new, summary.present, summary.forgotten) == (0, len(left), count)
    assert contents(grown) == {**contents(expected), "rejects": contents(grown)["rejects"]}


def test_nothing_of_a_forgotten_page_is_left_in_the_files(tmp_path: Path) -> None:
    marked = STORY.replace("Spain’s foreign ministry", "Zyxwvutsrqponmlk")
    (tmp_path / "a.txt").write_text(marked)
    (tmp_path / "b.txt").write_text(STORY)
    path = tmp_path / "w.duckdb"
    load(path, tmp_path / "a.txt", tmp_path / "b.txt", settings=Settings(workers=1))
    left = tmp_path / ".w.duckdb.refresh" / "1-1-1" / "batch-000001"  # of a refresh that was interrupted
    left.mkdir(parents=True)
    (left / "blocks.parquet").write_bytes(marked.encode())
    assert forget(path, document=str(rows(path, "select document_id from main.documents where source_uri = 'a.txt'")[0][0])) == 1
    assert not [
        file for file in tmp_path.rglob("*") if file.is_file() and file.name != "a.txt" and b"Zyxwvutsrqponmlk" in file.read_bytes()
    ]
    with warehouse.connect_reader(path) as con:
        assert con.execute("select comment from duckdb_tables() where table_name = 'articles'").fetchone() != (None,)
        assert con.execute("select count(*) from duckdb_views() where schema_name = 'marts'").fetchone() != (0,)
