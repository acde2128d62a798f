"""What a site repeats is furniture of it, whatever the order in which its pages came, once they are refreshed."""

import json
from pathlib import Path

import pytest

from flows.settings import Settings
from flows.site_furniture import known_lines
from flows.upkeep import refresh
from flows.warehouse import connect_reader
from tests.test_runs import contents, load

FOOT = "The Ledger Foundation keeps this newspaper free for everybody who lives on the coast and on the islands beyond."
TOWNS = ("Aberholm", "Brightsea", "Calverton", "Dunmere", "Eastwick", "Fernhaven", "Gullport", "Highcliff")


def page(town: str, folder: Path) -> Path:
    body = [
        f"The council of {town} agreed on Tuesday to repair the old bridge before the winter, after years of argument over its cost.",
        f"Nobody in {town} had expected the vote to be so clear, said the mayor, who had spoken against the plan for most of the spring.",
        f"Work on the bridge of {town} will begin in August and take until the first snow, the engineer told the council.",
    ]
    text = "\n\n".join([f"{town} council votes to repair its old bridge", *body, FOOT])
    file = folder / f"{town}.jsonl"
    file.write_text(json.dumps({"id": town, "url": f"https://ledger.example/{town.lower()}", "text": text}) + "\n")
    return file


@pytest.mark.parametrize("order", ["one by one", "backwards in pairs"])
def test_the_order_of_pages_does_not_matter_after_a_refresh(order: str, tmp_path: Path) -> None:
    files = [page(town, tmp_path) for town in TOWNS]
    settings = Settings(workers=1)
    load(tmp_path / "once.duckdb", *files, settings=settings)
    refresh(tmp_path / "once.duckdb", settings)
    parts = [[file] for file in files] if order == "one by one" else [files[at : at + 2] for at in range(6, -1, -2)]
    for part in parts:
        load(tmp_path / "parts.duckdb", *part, settings=settings)
    assert refresh(tmp_path / "parts.duckdb", settings).documents == len(files)
    assert contents(tmp_path / "parts.duckdb") == contents(tmp_path / "once.duckdb")
    assert refresh(tmp_path / "parts.duckdb", settings).documents == 0
    with connect_reader(tmp_path / "parts.duckdb") as con:
        assert con.execute("select max(pages) from ref.site_furniture where site = 'ledger.example'").fetchone() == (8,)


def test_a_page_more_within_a_step_changes_nothing(tmp_path: Path) -> None:
    settings = Settings(workers=1)
    path = tmp_path / "w.duckdb"
    load(path, *(page(town, tmp_path) for town in TOWNS[:6]), settings=settings)
    assert known_lines(path) is None
    assert refresh(path, settings).documents == 6
    learned = known_lines(path)
    assert learned is not None and set(learned["pages"]) == {6}
    load(path, page(TOWNS[6], tmp_path), settings=settings)
    assert refresh(path, settings).documents == 0
    assert learned.equals(known_lines(path))  # type: ignore[arg-type]
