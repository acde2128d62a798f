"""A table of a SQLite database as an input: ``sqlite:old.db#articles``."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from flows.load.columns import has_content, pick
from flows.load.records import Record, Reject
from flows.settings import Settings


def read_database(path: Path, table: str, uri: str, settings: Settings) -> Iterator[Record | Reject]:
    """One record a row of a table, read-only, in the table's own order."""
    try:
        con = sqlite3.connect(f"file:{path.absolute()}?mode=ro", uri=True)
        con.row_factory = sqlite3.Row
        quoted = table.replace('"', '""')
        rows = con.execute(f'select * from "{quoted}"')
    except sqlite3.Error as error:
        yield Reject(uri, 1, "bad_table", f"{error}")
        return
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            fields = dict(row)
            if number == 1 and not has_content(fields, settings.text_column):
                yield Reject(uri, 1, "no_text", f"no text or html column, found {sorted(fields)[:20]}. Name one with --text-column.")
                return
            yield pick(fields, file_uri=uri, record_no=number, encoding="utf-8", text_column=settings.text_column)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        yield Reject(uri, number + 1, "bad_table", f"{error}")
        return
    finally:
        con.close()
    if number == 0:
        yield Reject(uri, 1, "empty", "a table without rows")
