"""The lexicon of the clean stage, read from CSV files that users can extend."""

import csv
from collections.abc import Iterator
from pathlib import Path

from flows.clean.wording import CleanLexicon, make_lexicon
from flows.reference.scorer import load_scorer

REFERENCE = Path(__file__).parent
WEIGHTS = REFERENCE.parent / "clean" / "block_scorer.npz"


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file; none when there is no such file."""
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def load_clean_lexicon(folder: Path = REFERENCE, *, weights: Path | None = WEIGHTS) -> CleanLexicon:
    """Read everything that cleaning knows: ``folder`` is the reference folder, ``weights`` the file of the fitted scorer.

    Furniture wording is every ``lexicon/furniture*.csv`` (language, role, position, wording), so that a user's own file beside the
    bundled one adds to it. Names of outlets come from ``outlets.csv``. Without weights cleaning goes by rules alone.
    """
    lexicon = folder / "lexicon"
    phrases = [(row["role"], row["position"], row["wording"]) for path in sorted(lexicon.glob("furniture*.csv")) for row in _rows(path)]
    calendar = list(_rows(lexicon / "calendar_words.csv"))
    months = [row["word"] for row in _rows(lexicon / "dates_months.csv")] + [row["word"] for row in calendar if row["kind"] != "weekday"]
    weekdays = [row["word"] for row in _rows(lexicon / "dates_weekdays.csv")] + [row["word"] for row in calendar if row["kind"] == "weekday"]
    outlets: dict[str, str] = {}
    agencies: dict[str, str] = {}
    for row in _rows(folder / "outlets.csv"):
        names = [row["name"], *(row.get("aliases") or "").split("|"), *(row.get("domains") or "").split("|")]
        for name in filter(None, names):
            outlets.setdefault(name.casefold(), row["name"])
            if row.get("kind") == "agency":
                agencies.setdefault(name.casefold(), row["name"])
    return make_lexicon(
        phrases,
        function_words=[row["word"] for row in _rows(lexicon / "function_words.csv")],
        months=months,
        weekdays=weekdays,
        outlets=outlets,
        agencies=agencies,
        platforms=[row["domain"] for row in _rows(lexicon / "platform_domains.csv")],
        scorer=load_scorer(weights) if weights and weights.exists() else None,
    )
