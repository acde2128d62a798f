"""The house keeps its shape: stages import to their left only, pure stages touch nothing outside, files stay small."""

import ast
import hashlib
import json
from pathlib import Path

import pytest

from flows.schemas import OPS_TABLES, PRIVATE_TABLES, TABLES
from flows.warehouse import FORMAT

FLOWS = Path(__file__).parents[1] / "flows"
STAGES = ("load", "clean", "enrich", "relate", "publish", "dashboard")
PURE = ("clean", "enrich", "relate")
OUTSIDE = {"prefect", "duckdb", "time", "socket", "urllib", "http", "requests", "httpx", "subprocess", "pathlib", "os", "io", "random"}
MODULES = sorted(FLOWS.rglob("*.py"))


def imports(file: Path) -> set[str]:
    """Full names of the modules that a file imports at run time (what only a type checker reads is left out)."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    guarded = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for child in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(FLOWS).as_posix())
def test_stages_import_only_to_their_left(file: Path) -> None:
    stage = file.relative_to(FLOWS).parts[0]
    if stage not in STAGES:
        return
    right = {f"flows.{name}" for name in STAGES[STAGES.index(stage) + 1 :]}
    assert not {name for name in imports(file) if any(name == each or name.startswith(each + ".") for each in right)}


@pytest.mark.parametrize(
    "file", [file for file in MODULES if file.relative_to(FLOWS).parts[0] in PURE], ids=lambda file: file.relative_to(FLOWS).as_posix()
)
def test_pure_stages_touch_nothing_outside(file: Path) -> None:
    assert not {name.split(".")[0] for name in imports(file) if not name.startswith("urllib.parse")} & (OUTSIDE - {"urllib"})
    assert not {name for name in imports(file) if name.startswith("urllib") and not name.startswith("urllib.parse")}
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input", "exec", "eval"}


def test_the_package_is_typed_and_holds_no_scripts() -> None:
    assert (FLOWS / "py.typed").is_file()
    run_by_hand = [file.name for file in MODULES if '__name__ == "__main__"' in file.read_text(encoding="utf-8")]
    assert run_by_hand == ["cli.py"]


def test_only_the_pipeline_imports_prefect_and_only_the_warehouse_opens_duckdb() -> None:
    prefect = {file.name for file in MODULES if any(name.split(".")[0] == "prefect" for name in imports(file))}
    assert prefect <= {"pipeline.py", "serve.py"}
    connects = {file.name for file in MODULES if "duckdb.connect(" in file.read_text(encoding="utf-8")}
    assert connects == {"warehouse.py"}


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(FLOWS).as_posix())
def test_files_stay_small_and_say_what_they_hold(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= 500, "a room that holds too much: split it by what it holds"
    assert ast.get_docstring(ast.parse(text)), "a module says what it holds"


def test_a_change_of_the_tables_has_a_format_of_its_own() -> None:
    layout = hashlib.sha256(json.dumps([TABLES, OPS_TABLES, PRIVATE_TABLES]).encode()).hexdigest()[:16]
    assert (FORMAT, layout) == (5, "dd9940a8cbfc0735"), (
        "raise warehouse.FORMAT, so that older files are refused with a word, and write both here"
    )
