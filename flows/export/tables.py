"""Tables as they are, for tools that read files: Parquet by month, CSV that no spreadsheet runs, JSON Lines."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds

from flows.errors import WirehouseError
from flows.export.places import new_folder
from flows.schemas import TABLES

BATCH_ROWS = 20_000
# the first characters by which a spreadsheet takes a cell for a formula, in their full width too
FORMULA = "=+-@\t\r\n＝＋－＠"


def tables_of(con: duckdb.DuckDBPyConnection, wanted: list[str] | None = None) -> list[str]:
    """Names with their schema of the tables and marts to export: those wanted, or all of ``main`` and ``marts``.

    Raises WirehouseError on a name that is none of them.
    """
    marts = [
        row[0] for row in con.execute("select view_name from duckdb_views() where schema_name = 'marts' order by view_name").fetchall()
    ]
    known = [*(f"main.{table}" for table in TABLES), *(f"marts.{name}" for name in marts)]
    if not wanted:
        return known
    full = [name if "." in name else f"main.{name}" for name in wanted]
    for name in full:
        if name not in known:
            raise WirehouseError(f"{name}: no such table to export. There are: {', '.join(known)}.")
    return full


def export_parquet(con: duckdb.DuckDBPyConnection, out: Path, wanted: list[str] | None = None) -> dict[str, int]:
    """A folder of Parquet: ``articles/month=1987-12/…``, the month of the article's day, ``month=unknown`` where none is known.

    What belongs to no article (entities, outlets) is one file. A page goes to the month of its earliest article. Returns rows by table.
    """
    rows = {}
    with new_folder(out) as folder:
        for table in tables_of(con, wanted):
            month = _month(con, table)
            name = table.removeprefix("main.").replace("marts.", "marts/")
            reader = con.execute(
                f"select told.*{f', {month[0]} as month' if month else ''} from {table} as told {month[1] if month else ''}"
            ).to_arrow_reader(BATCH_ROWS)
            counted = _Counter(reader)
            ds.write_dataset(
                counted.batches(),
                folder / name,
                schema=reader.schema,
                format="parquet",
                file_options=ds.ParquetFileFormat().make_write_options(compression="zstd"),
                partitioning=ds.partitioning(pa.schema([("month", pa.string())]), flavor="hive") if month else None,
                basename_template="part-{i}.parquet",
                max_partitions=100_000,
                max_open_files=200,
            )
            if not counted.rows:  # an empty table keeps its columns
                (folder / name).mkdir(parents=True, exist_ok=True)
                pa.parquet.write_table(reader.schema.empty_table(), folder / name / "part-0.parquet")
            rows[table] = counted.rows
    return rows


def export_csv(con: duckdb.DuckDBPyConnection, out: Path, wanted: list[str] | None = None) -> dict[str, int]:
    """A folder of CSV files (UTF-8, comma, quotes doubled), one a table; lists are joined by "; ".

    A text that a spreadsheet would run as a formula gets a leading apostrophe. Returns rows by table.
    """
    return _export_lines(con, out, wanted, "csv")


def export_jsonl(con: duckdb.DuckDBPyConnection, out: Path, wanted: list[str] | None = None) -> dict[str, int]:
    """A folder of JSON Lines files, one a table, one object a row. Returns rows by table."""
    return _export_lines(con, out, wanted, "jsonl")


def defused(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame whose texts no spreadsheet takes for formulas; lists become text, numbers and days stay as they are.

    >>> defused(pl.DataFrame({"a": ["=1+1", "plain"], "b": [-1, 2]})).to_dicts()
    [{'a': "'=1+1", 'b': -1}, {'a': 'plain', 'b': 2}]
    """
    flat = frame.with_columns(
        pl.col(name).cast(pl.List(pl.String)).list.join("; ", ignore_nulls=True)
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.List)
    )
    texts = [name for name, kind in flat.schema.items() if kind == pl.String]
    return flat.with_columns(
        pl.when(pl.col(name).str.slice(0, 1).is_in(list(FORMULA))).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in texts
    )


def frames(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[pl.DataFrame]:
    """The answer to a query in frames of some rows; an empty one first, so that the columns are known."""
    reader = con.execute(sql).to_arrow_reader(BATCH_ROWS)
    yield pl.DataFrame(pl.from_arrow(reader.schema.empty_table()))
    for batch in reader:
        yield pl.DataFrame(pl.from_arrow(batch))


def _export_lines(con: duckdb.DuckDBPyConnection, out: Path, wanted: list[str] | None, kind: str) -> dict[str, int]:
    rows = {}
    with new_folder(out) as folder:
        for table in tables_of(con, wanted):
            rows[table] = 0
            with (folder / f"{table.removeprefix('main.')}.{kind}").open("wb") as file:
                for number, frame in enumerate(frames(con, f"select * from {table}")):
                    rows[table] += len(frame)
                    if kind == "csv":
                        defused(frame).write_csv(file, include_header=number == 0)
                    elif len(frame):
                        frame.write_ndjson(file)
    return rows


def _month(con: duckdb.DuckDBPyConnection, table: str) -> tuple[str, str] | None:
    """The month of a table's rows and the join that it needs; None where rows belong to no article."""
    columns = {row[0] for row in con.execute(f"describe {table}").fetchall()}
    if table == "main.articles" or "published_on" in columns:
        day, join = "told.published_on", ""
    elif "article_id" in columns and table != "main.blocks":
        day, join = "dated.published_on", "left join main.articles as dated on dated.article_id = told.article_id"
    elif "document_id" in columns:
        day = "dated.published_on"
        join = (
            "left join (select document_id, min(published_on) as published_on from main.articles group by document_id) as dated "
            "on dated.document_id = told.document_id"
        )
    else:
        return None
    return f"coalesce(strftime({day}, '%Y-%m'), 'unknown')", join


class _Counter:
    """Counts rows as they pass."""

    def __init__(self, reader: pa.RecordBatchReader) -> None:
        self.reader = reader
        self.rows = 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        for batch in self.reader:
            self.rows += batch.num_rows
            yield batch
