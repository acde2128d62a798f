"""JSON Lines, and JSON documents that are a record, a list of records, or hold one list of records."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from flows.load.columns import pick
from flows.load.decode import Undecodable, decode
from flows.load.feeds import read_json_feed
from flows.load.plain import read_page
from flows.load.records import Record, Reject
from flows.settings import Settings

JSON_LINES = {".jsonl", ".ndjson", ".jsonlines"}


def read_json_lines(stream: BinaryIO, head: bytes, uri: str, settings: Settings) -> Iterator[Record | Reject]:
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
        yield _pick_json(line, uri, number, settings)
    if number == 0:
        yield Reject(uri, 1, "empty", "not one line")


def _pick_json(line: bytes, uri: str, number: int, settings: Settings) -> Record | Reject:
    decoded = decode(line)
    if isinstance(decoded, Undecodable):
        return Reject(f"{uri}#{number}", number, decoded.reason, decoded.detail)
    try:
        fields = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        return Reject(f"{uri}#{number}", number, "bad_json", str(error)[:300])
    if not isinstance(fields, dict):
        return Reject(f"{uri}#{number}", number, "bad_json", f"a {type(fields).__name__}, not an object")
    return pick(fields, file_uri=uri, record_no=number, encoding=decoded.encoding, text_column=settings.text_column)


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


def _is_json_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read_json(stream: BinaryIO, uri: str, suffix: str, settings: Settings) -> Iterator[Record | Reject]:
    """A JSON document or JSON Lines under any name; what opens like JSON and is none is a page of text.

    A document is read whole, so it has a ceiling; JSON Lines have none.
    """
    ceiling = 16 * settings.max_page_bytes
    first = stream.readline(settings.max_page_bytes + 1)
    second = b""
    while first.endswith(b"\n") and not second.strip() and (line := stream.readline(settings.max_page_bytes + 1)):
        second += line
    if second.strip() and _is_json_object(first):
        yield from read_json_lines(stream, first + second, uri, settings)
        return
    data = first + second + stream.read(ceiling - len(first))
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
        elif len(data) > settings.max_page_bytes:
            yield Reject(uri, 1, "too_large", f"more than {settings.max_page_bytes} bytes (WIREHOUSE_MAX_PAGE_BYTES)")
        else:
            yield read_page(data, uri, is_html=None)
        return
    if isinstance(document, dict) and str(document.get("version", "")).startswith("https://jsonfeed.org/"):
        yield from read_json_feed(document, uri, decoded.encoding)
        return
    for number, item in enumerate(_items(document, uri, settings), 1):
        if isinstance(item, dict):
            yield pick(item, file_uri=uri, record_no=number, encoding=decoded.encoding, text_column=settings.text_column)
        else:
            yield Reject(f"{uri}#{number}", number, "bad_json", f"a {type(item).__name__}, not an object")
    if document == []:
        yield Reject(uri, 1, "empty", "an empty list")


def _items(document: object, uri: str, settings: Settings) -> list[object]:
    """The records of a document: its items, itself, or the one list of objects in it when it has no text of its own."""
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        lists = [
            value for value in document.values() if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
        ]
        if len(lists) == len(document) and lists and "publishing_date" in lists[0][0]:  # Fundus: a list an outlet
            return [{"outlet": outlet, **item} for outlet, items in document.items() for item in items]
        own = pick(document, file_uri=uri, record_no=1, encoding="utf-8", text_column=settings.text_column)
        if isinstance(own, Reject) and len(lists) == 1:
            return lists[0]
    return [document]
