"""Every record that was seen is accounted for; what was rejected can be tried again; a site that falls silent is noticed."""

import json
from pathlib import Path

import pytest

from flows import warehouse
from flows.settings import Settings
from flows.upkeep import retry_rejects
from tests.test_runs import STORY, contents, load


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with warehouse.connect_reader(path) as con:
        return con.execute(sql).fetchall()


def story(number: int) -> str:
    return STORY.replace("ten years", f"{number} years")


def test_what_was_seen_adds_up_for_every_input_and_stage(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "same", "text": story(1)})] * 2 + [json.dumps({"id": f"p{n}", "text": story(n)}) for n in range(2, 5)]
    (tmp_path / "some.jsonl").write_text("\n".join([*lines, "{broken", ""]))
    (tmp_path / "empty.txt").write_text("")
    path = tmp_path / "w.duckdb"
    load(path, tmp_path / "some.jsonl", tmp_path / "empty.txt", settings=Settings(workers=1, batch_pages=2))
    told = "select input_uri, stage, seen, loaded, present, rejected from ops.inputs order by run_id, input_uri, stage"
    assert rows(path, told) == [
        ("empty.txt", "clean", 0, 0, 0, 0),
        ("empty.txt", "load", 1, 0, 0, 1),
        ("some.jsonl", "clean", 4, 4, 0, 0),
        ("some.jsonl", "load", 6, 4, 1, 1),
    ]


def test_a_page_that_breaks_a_stage_twice_in_one_run_is_two_rejects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.batch

    monkeypatch.setattr(flows.batch, "clean_pages", lambda *_, **__: 1 / 0)
    (tmp_path / "some.jsonl").write_text("\n".join([json.dumps({"id": "same", "text": story(1)})] * 3))
    summary = load(tmp_path / "w.duckdb", tmp_path / "some.jsonl")
    assert (summary.seen, summary.new, summary.rejected) == (3, 0, 3)
    assert rows(tmp_path / "w.duckdb", "select stage, seen, loaded, present, rejected from ops.inputs order by stage") == [
        ("clean", 1, 0, 0, 1),
        ("load", 3, 1, 2, 0),
    ]


def test_rejects_are_tried_again_and_nothing_is_doubled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.batch

    whole = flows.batch.clean_pages

    def breaks(frame, **more):  # type: ignore[no-untyped-def]
        if frame["text"].str.contains("2 years").any():
            raise ZeroDivisionError
        return whole(frame, **more)

    (tmp_path / "some.jsonl").write_text("\n".join([*(json.dumps({"id": f"p{n}", "text": story(n)}) for n in range(4)), "{broken"]))
    (tmp_path / "gone.txt").write_text("")
    path = tmp_path / "w.duckdb"
    monkeypatch.setattr(flows.batch, "clean_pages", breaks)
    load(path, tmp_path / "some.jsonl", tmp_path / "gone.txt")
    monkeypatch.setattr(flows.batch, "clean_pages", whole)
    (tmp_path / "gone.txt").unlink()
    assert rows(path, "select reason from main.rejects order by 1") == [("bad_json",), ("empty",), ("stage_failed",)]
    summary, gone = retry_rejects(path, Settings(workers=1))
    assert summary is not None and (summary.new, summary.present, summary.rejected) == (1, 3, 1)
    assert gone == ["gone.txt"]
    assert rows(path, "select reason from main.rejects order by 1") == [("bad_json",), ("empty",)]
    assert rows(path, "select source_uri, reason, resolved_by from ops.resolved_rejects") == [
        ("some.jsonl#p2", "stage_failed", summary.run_id)
    ]
    load(tmp_path / "fresh.duckdb", tmp_path / "some.jsonl")
    again, fresh = contents(path), contents(tmp_path / "fresh.duckdb")
    assert {table for table in again if again[table] != fresh[table]} == {"rejects"}, "gone.txt only"


def test_a_reject_is_resolved_when_its_file_was_mended(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("")
    load(tmp_path / "w.duckdb", page)
    page.write_text(STORY)
    load(tmp_path / "w.duckdb", page)
    load(tmp_path / "w.duckdb", page)
    assert rows(tmp_path / "w.duckdb", "select count(*) from main.rejects") == [(0,)]
    assert rows(tmp_path / "w.duckdb", "select reason from ops.resolved_rejects") == [("empty",)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("feed.json", '{"version": "https://jsonfeed.org/version/1", "items": []}', id="a JSON feed without entries"),
        pytest.param("feed.txt", '{"version": "https://jsonfeed.org/version/1", "items": "x"}', id="one whose entries are none"),
        pytest.param("feed.rss", "<rss version='2.0'><channel><title>News</title></channel></rss>", id="an RSS feed without entries"),
    ],
)
def test_an_input_without_records_is_a_reject(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    summary = load(tmp_path / "w.duckdb", tmp_path / name)
    assert (summary.seen, summary.rejected) == (1, 1)
    assert rows(tmp_path / "w.duckdb", "select source_uri, reason from main.rejects") == [(name, "empty")]


def site_pages(folder: Path, run: int, site: str, *, good: bool, count: int = 6) -> None:
    folder.mkdir(exist_ok=True)
    with (folder / f"{site}.jsonl").open("w") as out:
        for n in range(count):
            about = {"title": f"Ministers sign accord number {n} of {run} in Lisbon", "date": "1999-05-05"} if good else {}
            text = f"The ministers of Portugal and Spain signed accord {n} of {run}, officials said in the capital.\n\nIt was the {n}th."
            out.write(json.dumps({"id": f"{run}-{n}", "url": f"https://www.{site}/{run}/{n}", "text": text, **about}) + "\n")


def test_a_site_that_falls_silent_or_loses_its_dates_is_an_alarm(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    for run in range(3):
        folder = tmp_path / f"run{run}"
        for site in ("steady.example", "silent.example", "fading.example"):
            site_pages(folder, run, site, good=True)
        assert load(path, folder).alarms == []
    folder = tmp_path / "last"
    site_pages(folder, 9, "steady.example", good=True)
    site_pages(folder, 9, "fading.example", good=False)
    summary = load(path, folder)
    found = rows(path, "select site, alarm, before, now from ops.alarms where run_id = (select max(run_id) from ops.runs) order by all")
    assert ("silent.example", "no pages", 6.0, 0.0) in found
    assert ("fading.example", "fewer dates", 1.0, 0.0) in found
    assert not [each for each in found if each[0] == "steady.example"]
    assert len(summary.alarms) == len(found)
    assert any(each.startswith("silent.example: no pages") for each in summary.alarms)
    assert [each for each in load(path, folder).alarms if "steady" in each] == [], "what is there already counts as seen"


def test_a_page_loaded_by_hand_after_a_crawl_misses_nobody(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    sites = [f"site{n}.example" for n in range(6)]
    for run in range(2):
        for site in sites:
            site_pages(tmp_path / f"run{run}", run, site, good=True, count=1)
        assert load(path, tmp_path / f"run{run}").alarms == []
    for number, site in enumerate(("elsewhere.example", sites[0])):
        site_pages(tmp_path / "by hand", number, site, good=True, count=1)
        assert load(path, tmp_path / "by hand" / f"{site}.jsonl").alarms == []
    for site in sites[:-1]:
        site_pages(tmp_path / "last", 3, site, good=True, count=1)
    assert load(path, tmp_path / "last").alarms == ["site5.example: no pages, 1 → 0 pages a run"], "what was loaded by hand is no crawl"


def test_a_file_that_gives_no_pages_of_its_site_any_more_is_an_alarm(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    for run in range(2):
        site_pages(tmp_path / "crawl", run, "only.example", good=True, count=2)
        load(path, tmp_path / "crawl")
    (tmp_path / "crawl" / "only.example.jsonl").write_text("{}\n")
    assert load(path, tmp_path / "crawl").alarms == ["only.example: no pages, 2 → 0 pages a run"]
    site_pages(tmp_path / "crawl", 3, "only.example", good=True, count=2)
    assert load(path, tmp_path / "crawl").alarms == []


def test_half_as_many_headlines_are_an_alarm(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    for run in range(2):
        site_pages(tmp_path / f"run{run}", run, "a.example", good=True)
        load(path, tmp_path / f"run{run}")
    lines = [
        json.dumps({"id": f"x{n}", "url": f"https://a.example/x/{n}", "text": f"the {n}th word of it was said, and no more was told."})
        for n in range(6)
    ]
    (tmp_path / "bare.jsonl").write_text("\n".join(lines))
    alarms = load(path, tmp_path / "bare.jsonl").alarms
    assert any(each.startswith("a.example: fewer headlines, 1 → 0") for each in alarms), alarms


def test_rejects_of_two_files_of_one_name_are_two(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    for month in ("may", "june"):
        (tmp_path / month).mkdir()
        (tmp_path / month / "empty.txt").write_text("")
    load(path, tmp_path / "may", tmp_path / "june")
    assert rows(path, "select source_uri, input_uri, reason from main.rejects order by 1") == [
        ("june/empty.txt", "june/empty.txt", "empty"),
        ("may/empty.txt", "may/empty.txt", "empty"),
    ]
    other = tmp_path / "other.duckdb"
    for month in ("may", "june", "may"):
        load(other, tmp_path / month)
    assert rows(other, "select count(*), count(distinct path) from main.rejects") == [(2, 2)]
    (tmp_path / "may" / "empty.txt").write_text(STORY)
    (tmp_path / "june" / "empty.txt").write_text(STORY.replace("ten", "six"))
    for warehouse_path in (path, other):
        summary, gone = retry_rejects(warehouse_path, Settings(workers=1))
        assert summary is not None and (summary.new, gone) == (2, [])
        assert rows(warehouse_path, "select count(*) from main.rejects") == [(0,)]


def test_a_page_that_breaks_does_not_take_its_namesake_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import zipfile

    import flows.batch

    whole = flows.batch.clean_pages

    def breaks(frame, **more):  # type: ignore[no-untyped-def]
        if frame["text"].str.contains("2 years").any():
            raise ZeroDivisionError
        return whole(frame, **more)

    monkeypatch.setattr(flows.batch, "clean_pages", breaks)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        for years in (2, 3):
            archive.writestr("one.txt", story(years))
    summary = load(tmp_path / "w.duckdb", tmp_path / "a.zip")
    assert (summary.seen, summary.new, summary.rejected) == (2, 1, 1)
