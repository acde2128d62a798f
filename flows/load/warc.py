"""WARC and WET archives: the HTML and text responses in them, with the address, date and encoding of each."""

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.load.columns import one_line
from flows.load.plain import one_of_many, read_page
from flows.load.records import Record, Reject
from flows.settings import Settings

_TEXT_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "")


def read_warc(stream: BinaryIO, uri: str, settings: Settings) -> Iterator[Record | Reject]:
    """One record for each response or conversion of HTML or text; other records of an archive are no pages and are passed over.

    A response with another status than 200 is passed over too. A page that is too large or no text is a reject.
    """
    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    number = found = 0
    for item in ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="all"):
        number += 1
        key = f"{uri}#{(item.record_id or str(number)).strip('<>').removeprefix('urn:uuid:')}"
        media = _media_type(item)
        if media not in _TEXT_TYPES or (item.http_headers is not None and item.http_headers.status_code not in (200, None)):
            continue
        found += 1
        data = item.reader.read(settings.max_page_bytes + 1)
        if len(data) > settings.max_page_bytes:
            yield Reject(key, number, "too_large", f"more than {settings.max_page_bytes} bytes (WIREHOUSE_MAX_PAGE_BYTES)")
            continue
        yield one_of_many(partial(_read_page, item, data, key, number, media), key, number)
    if found == 0:
        yield Reject(uri, 1, "empty", f"{number} records, none of them HTML or text")


def _read_page(item: Any, data: bytes, key: str, number: int, media: str) -> Record | Reject:
    """The page of a record whose content is ``data``."""
    declared = item.http_charset if item.http_headers is not None else None
    page = read_page(data, key, is_html=True if "html" in media else None, record_no=number, declared=declared)
    if isinstance(page, Reject):
        return page
    moment = item.record_date
    address = one_line((item.headers.get("WARC-Target-URI") or "").strip("<>"))
    return page._replace(url=address, fetched_at=moment.replace(tzinfo=None) if moment else None)


def _media_type(item: Any) -> str:
    http = getattr(item, "http_headers", None)
    kind = getattr(item, "http_content_type", None) if http is not None else getattr(item, "headers", {}).get("Content-Type", "")
    return str(kind or "").partition(";")[0].strip().lower()
