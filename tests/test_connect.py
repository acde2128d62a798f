"""The Python recipes of docs/connect.md run as they stand, where their tool is installed."""

import re
import shutil
from pathlib import Path

import pytest

RECIPES = re.findall(
    r"## ([\w ]+)\n\n```python\n(.*?)```", (Path(__file__).parents[1] / "docs" / "connect.md").read_text(encoding="utf-8"), re.S
)


@pytest.mark.parametrize("recipe", [pytest.param(code, id=name) for name, code in RECIPES])
def test_a_recipe_runs(recipe: str, sample_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in re.findall(r"^import (\w+)$", recipe, re.M):
        pytest.importorskip(module)
    if "duckdb:///" in recipe:
        pytest.importorskip("duckdb_engine")
    shutil.copy(sample_warehouse, tmp_path / "news.duckdb")
    monkeypatch.chdir(tmp_path)
    found: dict[str, object] = {}
    exec(compile(recipe, "docs/connect.md", "exec"), found)
    assert any(len(value) > 0 for name, value in found.items() if name in ("meetings", "frame", "by_mode", "outlets"))  # type: ignore[arg-type]
    if hasattr(found.get("con"), "close"):
        found["con"].close()  # type: ignore[attr-defined]


def test_a_feed_reader_reads_the_feed(sample_warehouse: Path, tmp_path: Path) -> None:
    import feedparser

    from flows.export.command import export

    export("atom", tmp_path / "feed.xml", sample_warehouse, tables=None, question="what_did_they_say", arguments=["--person", "Kennedy"])
    feed = feedparser.parse((tmp_path / "feed.xml").read_bytes())
    assert not feed.bozo and len(feed.entries) > 3 and all(entry.title and entry.updated_parsed for entry in feed.entries)
