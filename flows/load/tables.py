"""Tables of pages: CSV and TSV, Parquet, Arrow and Feather; the usual column names are found by themselves."""

import csv
import io
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet

from flows.load.archives import seekable
from flows.load.columns import has_content, pick
from flows.load.decode import Undecodable, decode
from flows.load.records import Record, Reject
from flows.settings import Settings

_BATCH = 500  # rows in memory at a time


def read_csv(stream: BinaryIO, uri: str, settings: Settings, *, delimiter: str) -> Iterator[Record | Reject]:
    """One record a row of a CSV or TSV file with a header; encoding and delimiter are found by its first lines."""
    sample = cast(io.BufferedReader, stream).peek(1 << 16)[: 1 << 16]
    if not sample.strip():
        yield Reject(uri, 1, "empty", "nothing but white space")
        return
    decoded = decode(sample[: sample.rfind(b"\n") + 1] or sample)
    if isinstance(decoded, Undecodable):
        yield Reject(uri, 1, decoded.reason, decoded.detail)
        return
    header = decoded.text.split("\n", 1)[0]
    if delimiter == "," and header.count(",") < max(header.count(";"), header.count("\t"), header.count("|")):
        delimiter = max(";\t|", key=header.count)
    csv.field_size_limit(settings.max_page_bytes)
    lines = io.TextIOWrapper(stream, encoding=decoded.encoding, errors="replace", newline="")
    rows = csv.DictReader((line.replace("\x00", "") for line in lines), delimiter=delimiter)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if number == 1 and not has_content(row, settings.text_column):
                yield _no_columns(uri, list(row))
                return
            yield pick(row, file_uri=uri, record_no=number, encoding=decoded.encoding, text_column=settings.text_column)
    except csv.Error as error:
        yield Reject(uri, number + 1, "bad_table", f"line {rows.line_num}: {error}")
        return
    if number == 0:
        yield Reject(uri, 1, "empty", "a header and no rows")
    lines.detach()


def read_columnar(stream: BinaryIO, uri: str, settings: Settings) -> Iterator[Record | Reject]:
    """One record a row of a Parquet, Arrow or Feather file, read in batches."""
    stream = seekable(stream)
    number = 0
    try:
        batches = iter(_batches(stream))
        first = next(batches, None)
        if first is None or (not has_content(dict.fromkeys(first.schema.names), settings.text_column)):
            yield Reject(uri, 1, "empty", "a table without rows") if first is None else _no_columns(uri, first.schema.names)
            return
        for batch in chain([first], batches):
            for at in range(0, len(batch), _BATCH):
                for row in batch.slice(at, _BATCH).to_pylist():
                    number += 1
                    yield pick(row, file_uri=uri, record_no=number, encoding="utf-8", text_column=settings.text_column)
    except (pa.ArrowException, OSError, ValueError, OverflowError, UnicodeDecodeError) as error:
        yield Reject(uri, number + 1, "bad_table", f"{type(error).__name__}: {error}"[:300])
        return
    if number == 0:
        yield Reject(uri, 1, "empty", "a table without rows")


def _batches(stream: BinaryIO) -> Iterator[Any]:
    head = stream.read(6)
    stream.seek(0)
    if head.startswith(b"PAR1"):
        yield from pyarrow.parquet.ParquetFile(stream).iter_batches(batch_size=_BATCH)
    elif head.startswith(b"ARROW1"):
        reader = pyarrow.ipc.open_file(stream)
        yield from (reader.get_batch(index) for index in range(reader.num_record_batches))
    else:
        yield from pyarrow.feather.read_table(stream).to_batches(max_chunksize=_BATCH)


def _no_columns(uri: str, found: list[str]) -> Reject:
    return Reject(uri, 1, "no_text", f"no text or html column, found {sorted(map(str, found))[:20]}. Name one with --text-column.")
