"""The lexicon of the clean stage, read from CSV files that users can extend."""

import csv
from collections.abc import Iterator
from pathlib import Path

from flows.clean.lexicon import BYLINE_WORDS, CleanLexicon
from flows.clean.wording import make_vocabulary
from flows.reference.scorer import load_boundary_scorer, load_evidence_scorer, load_scorer

REFERENCE = Path(__file__).parent
WEIGHTS = REFERENCE.parent / "clean" / "block_scorer.npz"
BOUNDARIES = REFERENCE.parent / "clean" / "story_boundaries.npz"
EVIDENCE = REFERENCE.parent / "clean" / "evidence.npz"


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file; none when there is no such file."""
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def read_furniture_lines(folder: Path, *, language: str) -> dict[str, list[str]]:
    """Furniture wording of one language that makes whole lines, by role."""
    lines: dict[str, list[str]] = {}
    for path in sorted((folder / "lexicon").glob("furniture*.csv")):
        for row in _rows(path):
            if row["language"] == language and row["position"] == "line":
                lines.setdefault(row["role"], []).append(row["wording"])
    return lines


def load_clean_lexicon(
    folder: Path = REFERENCE, *, weights: Path | None = WEIGHTS, boundaries: Path | None = BOUNDARIES, evidence: Path | None = EVIDENCE
) -> CleanLexicon:
    """Read everything that cleaning knows: ``folder`` is the reference folder, ``weights``, ``boundaries`` and ``evidence`` the files of fitted weights.

    Furniture wording is every ``lexicon/furniture*.csv`` (language, role, position, wording), so that a user's own file beside the
    bundled one adds to it. Names of outlets come from ``outlets.csv``, words of
    bylines from ``html_bylines.csv`` and ``byline_parts.csv``. Without weights cleaning goes by rules alone.
    """
    lexicon = folder / "lexicon"
    phrases = [(row["role"], row["position"], row["wording"]) for path in sorted(lexicon.glob("furniture*.csv")) for row in _rows(path)]
    calendar = list(_rows(lexicon / "calendar_words.csv"))
    months = [row["word"] for row in _rows(lexicon / "dates_months.csv")] + [row["word"] for row in calendar if row["kind"] != "weekday"]
    weekdays = [row["word"] for row in _rows(lexicon / "dates_weekdays.csv")] + [
        row["word"] for row in calendar if row["kind"] == "weekday"
    ]
    outlets: dict[str, str] = {}
    agencies: dict[str, str] = {}
    for row in _rows(folder / "outlets.csv"):
        names = [row["name"], *(row.get("aliases") or "").split("|"), *(row.get("domains") or "").split("|")]
        for name in filter(None, names):
            outlets.setdefault(name.casefold(), row["name"])
            if row.get("kind") == "agency":
                agencies.setdefault(name.casefold(), row["name"])
    bylines: dict[str, set[str]] = {kind: set() for kind in BYLINE_WORDS}
    for name in ("html_bylines.csv", "byline_parts.csv"):
        for row in _rows(lexicon / name):
            bylines.setdefault(row["kind"], set()).add(row["word"].casefold())
    countries = {
        name.casefold()
        for row in _rows(folder / "countries.csv")
        for name in (row["name"], *row["aliases"].split("|"), *row["weak_aliases"].split("|"))
        if name
    }
    vocabulary = make_vocabulary(
        phrases,
        function_words=[(row["language"], row["word"]) for row in _rows(lexicon / "function_words.csv")],
        months=months,
        weekdays=weekdays,
    )
    return CleanLexicon(
        vocabulary,
        outlets=outlets,
        agencies=agencies,
        countries=frozenset(countries),
        bylines={kind: frozenset(words) for kind, words in bylines.items()},
        platforms=frozenset(row["domain"] for row in _rows(lexicon / "platform_domains.csv")),
        scorer=load_scorer(weights) if weights and weights.exists() else None,
        boundary=load_boundary_scorer(boundaries) if boundaries and boundaries.exists() else None,
        evidence=load_evidence_scorer(evidence) if evidence and evidence.exists() else None,
    )
