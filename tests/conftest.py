"""Pages made up for the tests, and one real warehouse of the bundled samples that all tests may read."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

ROOT = Path(__file__).parents[1]
# Files that take longest, first: processes that take file after file are then done at the same time.
_FIRST = (
    "test_kills",
    "test_any_order",
    "test_long_pages",
    "dashboard",
    "test_runs",
    "test_versions",
    "test_trouble",
    "test_hostile",
    "test_ledger",
    "test_refresh",
)
SAMPLES = ROOT / "samples" / "pages"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(_FIRST)}
    items.sort(key=lambda item: min(places.get(part, len(places)) for part in (item.path.stem, item.path.parent.name)))


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the bundled samples, made once a session; for reading only."""
    from flows.load.inputs import find_inputs
    from flows.runs import run_directly
    from flows.settings import Settings

    path = tmp_path_factory.mktemp("warehouse") / "samples.duckdb"
    run_directly(path, find_inputs([str(SAMPLES)]), Settings(workers=1, reference=str(ROOT / "samples" / "reference")))
    return path
