"""The starting notebook runs from its first cell to its last on the samples, where marimo is installed."""

import os
import runpy
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "start.py"


def test_every_cell_runs(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("marimo")
    monkeypatch.setitem(os.environ, "WIREHOUSE_WAREHOUSE", str(sample_warehouse))
    _, found = runpy.run_path(str(NOTEBOOK))["app"].run()
    assert len(found["meetings"]) > 5 and len(found["hits"]) > 1 and len(found["unknowns"]) > 3


def test_every_query_of_the_notebook_runs(sample_warehouse: Path) -> None:
    import re

    from flows.warehouse import connect_reader

    text = NOTEBOOK.read_text(encoding="utf-8")
    queries = [
        query.strip()
        for query in re.findall(r'"""(.*?)"""|"(select .*?)"', text, re.S)
        for query in query
        if query.strip().startswith("select")
    ]
    assert len(queries) == 5
    with connect_reader(sample_warehouse) as con:
        for query in queries:
            con.execute(query, ["treaty"] if "?" in query else []).fetchall()
