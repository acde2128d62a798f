"""Answers to read-only SQL, in the form that the user asks for."""

import sys
from pathlib import Path
from typing import TextIO

import duckdb
import polars as pl

from flows.errors import WirehouseError
from flows.warehouse import connect_reader

FORMATS = ("table", "csv", "json", "parquet")


def query(sql: str, path: Path) -> pl.DataFrame:
    """The answer to one query as a frame; raises WirehouseError with DuckDB's own words when the query is wrong."""
    with connect_reader(path) as con:
        try:
            return con.sql(sql).pl() if con.extract_statements(sql) else pl.DataFrame()
        except (duckdb.Error, AttributeError) as error:
            detail = str(error) if isinstance(error, duckdb.Error) else "not a query that returns rows"
            raise WirehouseError(detail) from None


def answer(sql: str, path: Path, *, format: str = "table", output: Path | None = None) -> None:
    """Write the answer to a query as a table for the eye, CSV, JSON Lines, or Parquet."""
    check_format(format, output)
    write_answer(query(sql, path), format=format, output=output)


def check_format(format: str, output: Path | None) -> None:
    """Raises WirehouseError when there is no such format, or when it is not for the terminal."""
    if format not in FORMATS:
        raise WirehouseError(f"--format {format}: choose one of {', '.join(FORMATS)}.")
    if format == "parquet" and output is None and sys.stdout.isatty():
        raise WirehouseError("Parquet is not for the terminal: name a file with --output.")


def write_answer(found: pl.DataFrame, *, format: str = "table", output: Path | None = None) -> None:
    """Write a frame in one of ``FORMATS`` to a file or to standard output."""
    check_format(format, output)
    if format == "parquet":
        found.write_parquet(output if output else sys.stdout.buffer)
        return
    text: TextIO = output.open("w", encoding="utf-8", newline="") if output else sys.stdout
    if format == "table":
        show_table(found, text)
    elif format == "csv":
        flat = found.with_columns(
            pl.format("[{}]", pl.col(name).cast(pl.List(pl.String)).list.join(", ")).alias(name)
            for name, kind in found.schema.items()
            if isinstance(kind, pl.List)
        )
        text.write(flat.write_csv())
    else:
        text.write(found.write_ndjson())
    if output:
        text.close()


def show_table(found: pl.DataFrame, text: TextIO | None = None) -> None:
    """Print a frame as a table that wraps long text at the terminal's width."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    out = text or sys.stdout
    console = Console(file=out, width=None if out.isatty() else 160)
    table = Table(show_header=True, header_style="bold", show_lines=False)
    for name, kind in found.schema.items():
        table.add_column(name, justify="right" if kind.is_numeric() else "left", overflow="fold")
    for row in found.iter_rows():
        table.add_row(*(Text("" if value is None else _shown(value)) for value in row))
    console.print(table)
    console.print(f"{len(found)} row{'' if len(found) == 1 else 's'}", highlight=False)


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else f"{value:.4g}" if isinstance(value, float) else str(value)
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in text)
