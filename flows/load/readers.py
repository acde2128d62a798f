"""Files in, records out: one reader a format, each yielding a record or a reject for every page it meets, in order.

Reading streams: no more than one page, or one JSON document, is in memory at a time.
"""

import bz2
import gzip
import json
import lzma
import sys
from collections.abc import Callable, Iterator
from glob import glob
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zlib import error as ZlibError

from flows.errors import InputNotFound
from flows.load.columns import looks_like_html, pick
from flows.load.decode import Undecodable, decode
from flows.load.records import Record, Reject
from flows.settings import Settings

_COMPRESSED: dict[str, Callable[[Path, str], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_BROKEN_ARCHIVE = (gzip.BadGzipFile, EOFError, ZlibError, lzma.LZMAError)
JSON_LINES = {".jsonl", ".ndjson", ".jsonlines"}
_HTML = {".html", ".htm", ".xhtml", ".shtml"}


class Input(NamedTuple):
    """One file to read; ``uri`` is its path relative to the load root, ``path`` None for standard input."""

    uri: str
    path: Path | None


def find_inputs(paths: list[str]) -> list[Input]:
    """The files that paths, folders, globs and ``-`` name, in order, each once.

    A folder's files are named relative to the folder, a file named itself by its name. Hidden files and folders
    (a leading dot) are no inputs. Raises InputNotFound when a path or glob names nothing.
    """
    found: dict[Path | None, Input] = {}
    for given in paths:
        if given == "-":
            found.setdefault(None, Input("stdin", None))
            continue
        path = Path(given)
        if path.is_dir():
            inside = sorted(
                p for p in path.rglob("*") if p.is_file() and not any(part.startswith(".") for part in p.relative_to(path).parts)
            )
            if not inside:
                raise InputNotFound(f"{given}: the folder holds no files.")
            for each in inside:
                found.setdefault(each.resolve(), Input(each.relative_to(path).as_posix(), each))
        elif path.exists():
            found.setdefault(path.resolve(), Input(path.name, path))
        else:
            matches = sorted(Path(match) for match in glob(given, recursive=True))
            files = [match for match in matches if match.is_file()]
            if not files:
                raise InputNotFound(
                    f"{given}: no such file or folder." if not any(c in given for c in "*?[") else f"{given}: matches no file."
                )
            for each in files:
                found.setdefault(each.resolve(), Input(each.name, each))
    return list(found.values())


def read_inputs(inputs: list[Input], settings: Settings) -> Iterator[Record | Reject]:
    """Every page of the inputs, in order. A file that fails midway keeps what came before and ends in one reject."""
    for each in inputs:
        number = 0
        try:
            for found in _read_input(each, settings):
                number = found.record_no
                yield found
        except _BROKEN_ARCHIVE as error:
            yield Reject(each.uri, number + 1, "bad_gzip", f"{type(error).__name__}: {error}")
        except OSError as error:
            yield Reject(each.uri, number + 1, "unreadable", f"{type(error).__name__}: {error.strerror or error}")


def _read_input(each: Input, settings: Settings) -> Iterator[Record | Reject]:
    if each.path is None:
        yield from _read_stream(sys.stdin.buffer, each.uri, suffix="", settings=settings)
        return
    suffix = each.path.suffix.lower()
    opener = _COMPRESSED.get(suffix)
    if opener:
        with opener(each.path, "rb") as stream:
            yield from _read_stream(stream, each.uri, suffix=Path(each.path.stem).suffix.lower(), settings=settings)
        return
    with each.path.open("rb") as stream:
        yield from _read_stream(stream, each.uri, suffix=suffix, settings=settings)


def _read_stream(stream: BinaryIO, uri: str, *, suffix: str, settings: Settings) -> Iterator[Record | Reject]:
    if suffix in JSON_LINES:
        yield from _read_json_lines(stream, b"", uri, settings)
        return
    limit = settings.max_page_bytes
    head = stream.read(limit + 1)
    opening = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix not in _HTML and (suffix == ".json" or opening.startswith((b"{", b"[{"))):
        first = head.split(b"\n", 1)[0].strip()
        if suffix != ".json" and _is_json_object(first):
            yield from _read_json_lines(stream, head, uri, settings)
            return
        if suffix == ".json" or _is_json_object(first) or opening.startswith(b"[{"):
            yield from _read_json(stream, head, uri, suffix, settings)
            return
    if len(head) > limit:
        yield Reject(uri, 1, "too_large", f"more than {limit} bytes (WIREHOUSE_MAX_PAGE_BYTES)")
        return
    yield read_page(head, uri, is_html=suffix in _HTML or None)


def read_page(data: bytes, uri: str, *, is_html: bool | None, record_no: int = 1) -> Record | Reject:
    """One page of text or HTML; ``is_html`` None asks the content itself."""
    if not data.strip():
        return Reject(uri, record_no, "empty", f"{len(data)} bytes, nothing but white space")
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return Reject(uri, record_no, decoded.reason, decoded.detail)
    if not decoded.text.strip():
        return Reject(uri, record_no, "empty", "nothing but white space")
    html = looks_like_html(decoded.text) if is_html is None else is_html
    return Record(
        source_uri=uri,
        record_no=record_no,
        content=decoded.text,
        is_html=html,
        media_type="text/html" if html else "text/plain",
        encoding=decoded.encoding,
        note=decoded.note,
    )


def _is_json_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read_json_lines(stream: BinaryIO, head: bytes, uri: str, settings: Settings) -> Iterator[Record | Reject]:
    """One JSON object a line; ``head`` is what was read already. Blank lines are no records."""
    limit = settings.max_page_bytes
    number = 0
    for line in _lines(stream, head, limit):
        if not line.strip():
            continue
        number += 1
        if len(line) > limit:
            yield Reject(f"{uri}#{number}", number, "too_large", f"a line of more than {limit} bytes (WIREHOUSE_MAX_PAGE_BYTES)")
            continue
        yield _pick_json(line, uri, number)


def _pick_json(line: bytes, uri: str, number: int) -> Record | Reject:
    decoded = decode(line)
    if isinstance(decoded, Undecodable):
        return Reject(f"{uri}#{number}", number, decoded.reason, decoded.detail)
    try:
        fields = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        return Reject(f"{uri}#{number}", number, "bad_json", str(error)[:300])
    if not isinstance(fields, dict):
        return Reject(f"{uri}#{number}", number, "bad_json", f"a {type(fields).__name__}, not an object")
    return pick(fields, file_uri=uri, record_no=number, encoding=decoded.encoding)


def _lines(stream: BinaryIO, head: bytes, limit: int) -> Iterator[bytes]:
    """Lines of a stream, each cut to ``limit`` + 1 bytes; what goes beyond is read and dropped."""
    *whole, pending = head.split(b"\n")
    for line in whole:
        yield line[: limit + 1]
    while line := pending + stream.readline(limit + 1):
        pending = b""
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
        yield line.rstrip(b"\r\n")[: limit + 1]


def _read_json(stream: BinaryIO, head: bytes, uri: str, suffix: str, settings: Settings) -> Iterator[Record | Reject]:
    """A JSON document: one object, or a list of objects; a ``.json`` file that holds JSON Lines is read as such."""
    if suffix == ".json" and _is_json_object(head.split(b"\n", 1)[0].strip()) and b"\n" in head.strip():
        yield from _read_json_lines(stream, head, uri, settings)
        return
    ceiling = 16 * settings.max_page_bytes
    data = head + stream.read(ceiling - len(head) + 1)
    if len(data) > ceiling:
        yield Reject(uri, 1, "too_large", f"a JSON document of more than {ceiling} bytes; write it as JSON Lines")
        return
    if not data.strip():
        yield Reject(uri, 1, "empty", f"{len(data)} bytes, nothing but white space")
        return
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        yield Reject(uri, 1, decoded.reason, decoded.detail)
        return
    try:
        document = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        if suffix == ".json":
            yield Reject(uri, 1, "bad_json", str(error)[:300])
        else:
            yield read_page(data, uri, is_html=None)
        return
    items = document if isinstance(document, list) else [document]
    if isinstance(document, dict):
        inner = [
            value for value in document.values() if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
        ]
        own = pick(document, file_uri=uri, record_no=1, encoding=decoded.encoding)
        items = inner[0] if isinstance(own, Reject) and len(inner) == 1 else [document]
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield pick(item, file_uri=uri, record_no=number, encoding=decoded.encoding)
        else:
            yield Reject(f"{uri}#{number}", number, "bad_json", f"a {type(item).__name__}, not an object")
    if not items:
        yield Reject(uri, 1, "empty", "an empty list")
