"""What makes a page the same page: its stable id, the item whose versions it is among, and the place that it came from."""

import hashlib
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from flows.load.inputs import Input
from flows.load.records import Record

_OWN_ADDRESS = re.compile(r"<(?:link|meta)\b(?=[^<>]{0,500}https?://)[^<>]{0,500}\b(?:canonical|og:url)\b", re.I)


class Place(NamedTuple):
    """Where a page without an address lay, as digests of 16 hexadecimal digits.

    ``item`` is the place alone: a file, a member of an archive, a row with an id of its own. What comes from there later is its next
    version. None for a row that only its number tells, for the next file has a row of that number too, and for standard input.
    ``origin`` is the place and what lay there: the same page, however the path to it was written. None for a page with an address.
    """

    item: str | None = None
    origin: str | None = None


def document_id(record: Record, *, by_place: bool = False) -> str:
    """The stable id of a page: 16 hexadecimal digits that follow from its address and its content alone.

    A page whose address is told, by the input or by its own HTML, is the same in whatever file it comes; any other belongs to
    its source, and so does each with ``by_place``.

    >>> page = Record("a.txt", 1, "Text.", False, "text/plain", "utf-8")
    >>> document_id(page) == document_id(page._replace(encoding="ascii"))
    True
    """
    return _digest(record.source_uri if by_place or not _is_addressed(record) else None, *_told(record))


def find_place(each: Input, record: Record) -> Place:
    """The place of a record of an input, by the absolute path of the file or the address of the object or feed."""
    where = each.place
    if where is None or _is_addressed(record):
        return Place()
    inside = record.source_uri.removeprefix(each.uri)
    is_numbered = inside == f"#{record.record_no}"
    return Place(None if is_numbered else _digest(where, inside), _digest(where, inside, *_told(record)))


def names_page(url: str | None) -> bool:
    """Tell whether an address names a page: more than a site's front, where another story stands every hour.

    >>> names_page("https://news.example/"), names_page("https://news.example/?p=12"), names_page("https://news.example/a")
    (False, True, True)
    """
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def _is_addressed(record: Record) -> bool:
    return bool(record.url) or (record.is_html and _OWN_ADDRESS.search(record.content) is not None)


def _told(record: Record) -> tuple[str | None, ...]:
    return record.url, record.title, record.deck, record.byline, record.published, record.content


def _digest(*parts: str | None) -> str:
    return hashlib.sha256("\0".join(part or "" for part in parts).encode("utf-8")).hexdigest()[:16]
