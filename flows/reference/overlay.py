"""The user's own rows on top of the bundled ones: CSV files of the same names in a folder and its ``lexicon``."""

import csv
import shutil
from pathlib import Path

from flows.errors import WirehouseError


def merge_rows(bundled: Path, own: Path, target: Path) -> Path:
    """Write to ``target`` every bundled CSV, of the reference data and the lexica, with the rows of the user's file of that name after it.

    Returns ``target``. Raises WirehouseError when a user's file has a column that the bundled one does not have. A file
    without a bundled namesake is taken as it is.
    """
    for folder in (Path(), Path("lexicon")):
        (target / folder).mkdir(exist_ok=True)
        for file in (bundled / folder).glob("*.csv"):
            shutil.copyfile(file, target / folder / file.name)
        for file in sorted((own / folder).glob("*.csv")):
            _append(file, target / folder / file.name)
    return target


def _append(file: Path, merged: Path) -> None:
    if not merged.exists():
        shutil.copyfile(file, merged)
        return
    with merged.open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    unknown = sorted({str(name) for row in rows for name in row} - set(columns))
    if unknown:
        raise WirehouseError(f"{file}: unknown columns {unknown}; the columns of {file.name} are {', '.join(columns)}.")
    with merged.open("a", encoding="utf-8", newline="") as out:
        csv.DictWriter(out, columns, restval="", lineterminator="\n").writerows(rows)
