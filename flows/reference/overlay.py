"""The user's own lexicon rows on top of the bundled ones: CSV files of the same names in ``FOLDER/lexicon``."""

import csv
import shutil
from pathlib import Path

from flows.errors import WirehouseError


def merge_lexica(bundled: Path, own: Path, target: Path) -> Path:
    """Write to ``target/lexicon`` every bundled lexicon, with the rows of the user's file of that name after it.

    Returns ``target``. Raises WirehouseError when a user's file has a column that the bundled one does not have. A file
    without a bundled namesake is taken as it is.
    """
    shutil.copytree(bundled / "lexicon", target / "lexicon", dirs_exist_ok=True)
    for file in sorted((own / "lexicon").glob("*.csv")) if (own / "lexicon").is_dir() else []:
        merged = target / "lexicon" / file.name
        if not merged.exists():
            shutil.copyfile(file, merged)
            continue
        with merged.open(encoding="utf-8", newline="") as lines:
            columns = next(csv.reader(lines))
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        unknown = sorted({str(name) for row in rows for name in row} - set(columns))
        if unknown:
            raise WirehouseError(f"{file}: unknown columns {unknown}; the columns of {file.name} are {', '.join(columns)}.")
        with merged.open("a", encoding="utf-8", newline="") as out:
            csv.DictWriter(out, columns, restval="", lineterminator="\n").writerows(rows)
    return target
