"""The README's five questions give the answers that stand below them; make them anew with ``python -m tests.test_readme``.

Its commands are those that the Makefile and the command line know.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from flows.queries import query

README = Path(__file__).parents[1] / "README.md"
_QUESTION = re.compile(r"\*\*(?P<question>[^*]+)\*\*\n\n```sql\n(?P<sql>.*?)```\n\n```\n(?P<answer>.*?)```\n", re.S)


def answer(sql: str, warehouse: Path) -> str:
    """The answer as CSV."""
    return query(sql, warehouse).write_csv()


@pytest.mark.parametrize("found", list(_QUESTION.finditer(README.read_text(encoding="utf-8"))), ids=lambda found: found["question"][:40])
def test_a_question_has_the_answer_below_it(found: re.Match[str], sample_warehouse: Path) -> None:
    assert answer(found["sql"], sample_warehouse) == found["answer"]


def test_there_are_five_questions() -> None:
    assert len(_QUESTION.findall(README.read_text(encoding="utf-8"))) == 5


def test_every_command_of_the_readme_exists() -> None:
    import typer

    from flows.cli import app

    words = set(re.findall(r"^wirehouse ([a-z]+)", README.read_text(encoding="utf-8"), re.M))
    known = typer.main.get_command(app).commands.keys()  # type: ignore[attr-defined]
    assert words and words <= known, words - known
    targets = set(re.findall(r"^make ([a-z]+)", README.read_text(encoding="utf-8"), re.M))
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    assert targets and all(f"\n{target}:" in makefile for target in targets)


def test_make_dashboard_makes_no_other_warehouse_than_the_one_named(tmp_path: Path) -> None:
    for made in (".venv/installed", ".venv/shown-with"):
        (tmp_path / made).parent.mkdir(exist_ok=True)
    shutil.copy(README.parent / "Makefile", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    for made in (".venv/installed", ".venv/shown-with"):
        (tmp_path / made).touch()
    run = tmp_path / ".venv" / "bin" / "wirehouse"
    run.parent.mkdir()
    run.write_text('#!/bin/sh\necho "$@" >> asked\n')
    run.chmod(0o755)
    for name, asked in (("mine.duckdb", ""), ("demo.duckdb", "demo\ndashboard -w demo.duckdb\n")):
        done = subprocess.run(["make", "dashboard", f"WAREHOUSE={name}"], cwd=tmp_path, capture_output=True, text=True)
        assert (done.returncode == 0) == bool(asked), done.stderr
        assert (tmp_path / "asked").read_text() == asked if asked else "no such warehouse" in done.stdout


def write_answers(warehouse: Path) -> None:
    """Put the warehouse's answers into the README."""
    text = README.read_text(encoding="utf-8")
    made = _QUESTION.sub(lambda m: f"**{m['question']}**\n\n```sql\n{m['sql']}```\n\n```\n{answer(m['sql'], warehouse)}```\n", text)
    README.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    from flows.load.inputs import find_inputs
    from flows.runs import run_directly
    from flows.settings import Settings

    with TemporaryDirectory() as folder:
        path = Path(folder) / "samples.duckdb"
        samples = README.parent / "samples"
        run_directly(path, find_inputs([str(samples / "pages")]), Settings(workers=1, reference=str(samples / "reference")))
        write_answers(path)
