"""Tables of pages: CSV and TSV, Parquet, Arrow and Feather; the usual column names are found by themselves."""

import contextlib
import csv
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet

from flows.load.archives import seekable
from flows.load.columns import has_content, no_columns, pick, pick_mended, telling_columns
from flows.load.decode import Undecodable, decode
from flows.load.extracted import CSV_COLUMNS, is_csv_line
from flows.load.records import Record, Reject
from flows.settings import Settings

_BATCH = 500  # rows in memory at a time
_LARGEST_CELL = 4  # times the limit of a page: what is longer is no value but a quotation mark that nothing closes
_ARROW = {".arrow", ".arrows", ".ipc", ".feather"}
_STREAM = b"\xff\xff\xff\xff"  # what an Arrow stream, as Hugging Face datasets are kept, begins with


def read_csv(stream: BinaryIO, uri: str, settings: Settings, *, delimiter: str) -> Iterator[Record | Reject]:
    """One record a row of a CSV or TSV file with a header; encoding and delimiter are found by its first lines.

    A value that is not in that encoding is decoded by itself. A row with a value that is too large is a reject.
    """
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
    limit = settings.max_page_bytes
    csv.field_size_limit(_LARGEST_CELL * limit)
    columns = CSV_COLUMNS if is_csv_line(_first_row(decoded.text)) else None
    wide = decoded.encoding.startswith(("utf-16", "utf-32"))  # whose bytes cannot stand as surrogates
    lines = io.TextIOWrapper(stream, encoding=decoded.encoding, errors="replace" if wide else "surrogateescape", newline="")
    rows = csv.DictReader((line.replace("\x00", "") for line in lines), columns, delimiter="\t" if columns else delimiter)
    guessed = None if decoded.encoding.startswith("utf-8") else decoded.note
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if number == 1 and not has_content(row, settings.text_column):
                yield no_columns(uri, list(row))
                return
            cells = [value for value in row.values() if isinstance(value, str)]
            if max(map(len, cells), default=0) > limit:
                yield Reject(f"{uri}#{number}", number, "too_large", f"a value of more than {limit} bytes (WIREHOUSE_MAX_PAGE_BYTES)")
                continue
            note = guessed if guessed and not all(map(str.isascii, cells)) else None
            yield pick_mended(row, file_uri=uri, record_no=number, encoding=decoded.encoding, text_column=settings.text_column, note=note)
    except csv.Error as error:
        yield Reject(uri, number + 1, "bad_table", f"line {rows.line_num}: {error}")
        return
    if number == 0:
        yield Reject(uri, 1, "empty", "a header and no rows")
    lines.detach()


def _first_row(text: str) -> list[str]:
    """The cells of a table's first row, were they parted by tabs."""
    with contextlib.suppress(csv.Error):
        return next(csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter="\t"), [])
    return []


def read_columnar(stream: BinaryIO, uri: str, settings: Settings) -> Iterator[Record | Reject]:
    """One record a row of a Parquet, Arrow or Feather file, read in batches; columns that say nothing of a page are not read."""
    stream = seekable(stream)
    number = 0
    try:
        names, batches = _open(stream, settings.text_column)
        if not has_content(dict.fromkeys(names), settings.text_column):
            yield no_columns(uri, names)
            return
        for batch in batches:
            for at in range(0, len(batch), _BATCH):
                for row in _to_microseconds(batch.slice(at, _BATCH)).to_pylist():
                    number += 1
                    yield pick(row, file_uri=uri, record_no=number, encoding="utf-8", text_column=settings.text_column)
    except (pa.ArrowException, OSError, ValueError, OverflowError, UnicodeDecodeError) as error:
        yield Reject(uri, number + 1, "bad_table", f"{type(error).__name__}: {error}"[:300])
        return
    if number == 0:
        yield Reject(uri, 1, "empty", "a table without rows")


def is_columnar(head: bytes, suffix: str) -> bool:
    """Tell whether a file is Parquet, Arrow (a file or a stream) or Feather."""
    return head.startswith((b"PAR1", b"ARROW1", b"FEA1")) or (suffix in _ARROW and head.startswith(_STREAM))


def _open(stream: BinaryIO, text_column: str) -> tuple[list[str], Iterator[Any]]:
    """The names of all columns, and the batches of those that say something of a page."""
    head = stream.read(6)
    stream.seek(0)
    if head.startswith(b"PAR1"):
        file = pyarrow.parquet.ParquetFile(stream)
        names = file.schema_arrow.names
        return names, file.iter_batches(batch_size=_BATCH, columns=telling_columns(names, text_column))
    if head.startswith(b"ARROW1"):
        reader = pyarrow.ipc.open_file(stream)
        names, batches = reader.schema.names, (reader.get_batch(index) for index in range(reader.num_record_batches))
    elif head.startswith(_STREAM):
        batches = pyarrow.ipc.open_stream(stream)
        names = batches.schema.names
    else:
        table = pyarrow.feather.read_table(stream)
        names, batches = table.schema.names, table.to_batches(max_chunksize=_BATCH)
    telling = [index for index, name in enumerate(names) if telling_columns([name], text_column)]
    return names, (pa.RecordBatch.from_arrays([batch.column(i) for i in telling], [names[i] for i in telling]) for batch in batches)


def _to_microseconds(batch: Any) -> Any:
    """A batch whose moments Python can hold: pandas writes them in nanoseconds."""
    for at, field in enumerate(batch.schema):
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns":
            moments = batch.column(at).cast(pa.timestamp("us", field.type.tz), safe=False)
            batch = batch.set_column(at, field.with_type(moments.type), moments)
    return batch
