"""A command starts with what it needs: the libraries that take seconds to import stay out of those that do without."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLES

HEAVY = {"prefect", "pandas", "streamlit", "sklearn", "scipy", "spacy", "matplotlib", "trafilatura"}


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (["--help"], HEAVY | {"numpy", "polars", "duckdb", "pyarrow"}),
        (["sql", "select 1 as one", "-w", "{warehouse}"], HEAVY),
        (["run", "{page}", "--direct", "--quiet", "-w", "{new}"], HEAVY),
    ],
    ids=["help", "sql", "run --direct"],
)
def test_what_a_command_leaves_out(words: list[str], spared: set[str], sample_warehouse: Path, tmp_path: Path) -> None:
    page = next(path for path in sorted(SAMPLES.rglob("*.txt")))
    given = [word.format(warehouse=sample_warehouse, page=page, new=tmp_path / "new.duckdb") for word in words]
    code = (
        "import sys, flows.cli\n"
        f"sys.argv = ['wirehouse', *{given!r}]\n"
        "try:\n    flows.cli.main()\nexcept SystemExit as left:\n    assert not left.code, left.code\n"
        f"print('imported:', *sorted(name for name in {spared!r} if sys.modules.get(name)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    assert ended.stdout.splitlines()[-1] == "imported:"


def test_a_worker_needs_neither_duckdb_nor_the_command_line() -> None:
    code = "import sys, flows.staged; print(*sorted({'duckdb', 'typer', 'prefect', 'feedparser', 'rich'} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    assert ended.stdout.strip() == ""
