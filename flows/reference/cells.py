"""Reading of reference files: CSV with a header, several values in one cell separated by ``|``, empty cells unknown."""

import calendar
import csv
import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

from flows.errors import WirehouseError

Row = dict[str, str]


class BadReference(WirehouseError):
    """A reference file lacks a column, or a cell of it cannot be read."""

    exit_code = 2


def read_rows(path: Path, columns: Iterable[str]) -> list[Row]:
    """Read a CSV file with a header as one dict a row, cells stripped; blank lines are left out.

    Every name of ``columns`` must be in the header; further columns are kept. Short rows are filled with "".
    ``path`` may be absent: no rows then. Raises BadReference for a missing column, a row longer than the header, or
    a file that is not UTF-8.
    """
    return [row for _, row in numbered_rows(path, columns)]


def split_cell(cell: str) -> tuple[str, ...]:
    """The values of a cell.

    >>> split_cell("UK|Britain| |Great Britain")
    ('UK', 'Britain', 'Great Britain')
    """
    if "|" not in cell:
        return (cell,) if cell else ()
    return tuple(value for part in cell.split("|") if (value := part.strip()))


def read_date(text: str, *, last: bool = False) -> dt.date | None:
    """A day from ``2013-03-14``, ``2013-03`` or ``2013``: the first day of the month or year, or its last if ``last``.

    >>> read_date("2013-02", last=True)
    datetime.date(2013, 2, 28)
    """
    if not text:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text)
    if match is None:
        raise ValueError(text)
    year = int(match[1])
    month = int(match[2]) if match[2] else (12 if last else 1)
    if not 1 <= month <= 12:
        raise ValueError(text)
    day = int(match[3]) if match[3] else (calendar.monthrange(year, month)[1] if last else 1)
    return dt.date(year, month, day)


def numbered_rows(path: Path, columns: Iterable[str]) -> list[tuple[int, Row]]:
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = [name.strip() for name in next(reader, [])]
            missing = [name for name in columns if name not in header]
            if missing:
                found = ", ".join(header) or "nothing"
                raise BadReference(f"{path}, line 1: no column {missing[0]!r}, found {found}. Add it; its cells may be empty.")
            rows = []
            width = len(header)
            for cells in reader:
                if not any(cells):
                    continue
                if len(cells) > width:
                    raise BadReference(
                        f"{path}, line {reader.line_num}: {len(cells)} cells under a header of {width}. "
                        'Put a cell that holds a comma between double quotes ("…").'
                    )
                cells += [""] * (width - len(cells))
                rows.append((reader.line_num, dict(zip(header, map(str.strip, cells), strict=True))))
            return rows
    except UnicodeDecodeError as error:
        raise BadReference(f"{path}: not UTF-8 (byte {error.start}). Save the file as UTF-8.") from None


class Cells:
    """One row with its place in its file, for readers that must say where a cell is bad."""

    def __init__(self, row: Row, where: str, known: frozenset[str] | None) -> None:
        self.row, self.where, self.known = row, where, known

    def text(self, column: str) -> str | None:
        return self.row.get(column) or None

    def needed(self, column: str) -> str:
        value = self.row.get(column)
        if not value:
            raise BadReference(f"{self.where}: {column!r} is empty. Every row needs one.")
        return value

    def many(self, column: str) -> tuple[str, ...]:
        return split_cell(self.row.get(column, ""))

    def flag(self, column: str) -> bool:
        return self.row.get(column, "").lower() in ("y", "yes", "true", "1")

    def number(self, column: str, low: float, high: float) -> float | None:
        cell = self.row.get(column)
        if not cell:
            return None
        try:
            value = float(cell)
        except ValueError:
            value = high + 1
        if not low <= value <= high:
            raise BadReference(f"{self.where}: {column!r} is {cell!r}. Write a number from {low:g} to {high:g}, or leave it empty.")
        return value

    def date(self, column: str, *, last: bool = False) -> dt.date | None:
        cell = self.row.get(column, "")
        try:
            return read_date(cell, last=last)
        except ValueError:
            raise BadReference(
                f"{self.where}: {column!r} is {cell!r}. Write a date as 2013-03-14, 2013-03 or 2013, or leave it empty."
            ) from None

    def countries(self, column: str) -> tuple[str, ...]:
        codes = split_cell(self.row.get(column, ""))
        for code in codes:
            if self.known is not None and code not in self.known:
                raise BadReference(
                    f"{self.where}: {column!r} has {code!r}, which countries.csv does not have. Write ISO alpha-3 codes such as FRA."
                )
        return codes

    def country(self) -> str | None:
        codes = self.countries("country")
        if len(codes) > 1:
            raise BadReference(f"{self.where}: 'country' has {len(codes)} values. Write one, or leave it empty.")
        return codes[0] if codes else None

    def problem(self, message: str) -> BadReference:
        """An error that says where this row stands."""
        return BadReference(f"{self.where}: {message}")
