"""One page as bytes: plain text or HTML."""

from collections.abc import Callable
from typing import BinaryIO

from flows.load.columns import looks_like_html
from flows.load.decode import Undecodable, decode
from flows.load.records import Record, Reject
from flows.settings import Settings


def read_whole_page(stream: BinaryIO, uri: str, settings: Settings, *, is_html: bool | None) -> Record | Reject:
    """The one page that a stream holds; longer than the limit, it is a reject, read no further."""
    data = stream.read(settings.max_page_bytes + 1)
    if len(data) > settings.max_page_bytes:
        return Reject(uri, 1, "too_large", f"more than {settings.max_page_bytes} bytes (WIREHOUSE_MAX_PAGE_BYTES)")
    return read_page(data, uri, is_html=is_html)


def read_page(data: bytes, uri: str, *, is_html: bool | None, record_no: int = 1, declared: str | None = None) -> Record | Reject:
    """One page of text or HTML; ``is_html`` None asks the content itself, ``declared`` is the encoding that a header names."""
    if not data.strip():
        return Reject(uri, record_no, "empty", f"{len(data)} bytes, nothing but white space")
    decoded = decode(data, declared=declared)
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


def one_of_many(read: Callable[[], Record | Reject], uri: str, record_no: int) -> Record | Reject:
    """A record among others, from bytes that are there: a mistake of the reader's own on it costs none of those after it."""
    try:
        return read()
    except Exception as error:
        return Reject(uri, record_no, "unreadable", f"unexpected {type(error).__name__}: {error}"[:300])
