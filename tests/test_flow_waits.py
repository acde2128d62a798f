"""On the Prefect path too a run that waits for another one says so on the terminal, and in the flow's log."""

import fcntl
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows import warehouse
from flows.settings import Settings
from tests.test_runs import load
from tests.test_trouble import story


def test_the_flow_says_that_it_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from flows import pipeline

    path = tmp_path / "w.duckdb"
    load(path, story(tmp_path / "first", 1))
    for task in ("read_pages", "clean_and_enrich", "publish"):  # as they are, without a server
        monkeypatch.setattr(pipeline, task, getattr(pipeline, task).fn)
    for name in ("create_progress_artifact", "update_progress_artifact", "create_table_artifact"):
        monkeypatch.setattr(pipeline, name, lambda *_, **__: None)
    logged: list[str] = []
    logger = SimpleNamespace(warning=lambda line, *more: logged.append(line % more), info=lambda *_: None)
    monkeypatch.setattr(pipeline, "get_run_logger", lambda: logger)
    monkeypatch.setattr(pipeline, "get_run_context", lambda: None)
    with path.with_name(".w.duckdb.lock").open("r+") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        holder.write("process 4711 (since then)")
        holder.flush()
        say = warehouse.say

        def says(line: str) -> None:
            say(line)
            fcntl.flock(holder, fcntl.LOCK_UN)

        monkeypatch.setattr(warehouse, "say", says)
        summary = pipeline.load_pages.fn([str(story(tmp_path / "second", 2))], str(path), Settings(workers=1))
    assert summary.new == 1
    said = "w.duckdb: process 4711 (since then) is writing it; waiting for it to end (Ctrl-C stops, --no-wait does not wait)."
    assert capsys.readouterr().err.splitlines() == [f"wirehouse: {said}"] and logged == [said]
