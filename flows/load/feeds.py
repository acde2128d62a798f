"""RSS, Atom and JSON Feed: one record an entry, with the outlet that the entry came from."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, cast

import feedparser

from flows.load.columns import looks_like_html, one_line
from flows.load.decode import without_surrogates
from flows.load.records import Record, Reject
from flows.settings import Settings

_FEED = re.compile(
    rb"^(?:<\?xml[^>]*\?>\s*)?(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*)*<(?:rss|feed|rdf:RDF)[\s>]", re.S
)
_DECLARATIONS = re.compile(rb"<!DOCTYPE[^>\[]*\[")
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")


def is_feed(text: bytes) -> bool:
    """Tell whether a stream that opens so is an RSS or Atom feed."""
    return text.startswith(b"<") and _FEED.match(text) is not None


def read_feed(stream: BinaryIO, uri: str, settings: Settings) -> Iterator[Record | Reject]:
    """One record an entry of an RSS or Atom feed: its full content where it has that, else its summary.

    The outlet is the entry's ``<source>``, else the feed's title. External entities are never fetched.
    """
    data = stream.read(settings.max_page_bytes + 1)
    if len(data) > settings.max_page_bytes:
        yield Reject(uri, 1, "too_large", f"a feed of more than {settings.max_page_bytes} bytes (WIREHOUSE_MAX_PAGE_BYTES)")
        return
    feed = feedparser.parse(_without_declarations(data), sanitize_html=False, resolve_relative_uris=False)
    for number, entry in enumerate(feed.entries, 1):
        contents = [part.get("value") for part in entry.get("content", [])]
        content = max((part for part in (*contents, entry.get("summary")) if part), key=len, default="")
        source = entry.get("source") or {}
        yield _record(
            uri,
            number,
            content,
            key=entry.get("id") or entry.get("link"),
            url=entry.get("link"),
            published=_moment(entry.get("published_parsed")) or entry.get("published"),
            title=_plain(entry.get("title")),
            byline=entry.get("author"),
            outlet=source.get("title") or feed.feed.get("title"),
            encoding=feed.get("encoding") or "utf-8",
        )
    if not feed.entries:
        reason = "bad_feed" if feed.bozo else "empty"
        yield Reject(uri, 1, reason, str(feed.get("bozo_exception") or "a feed without entries")[:300])


def _without_declarations(data: bytes) -> bytes:
    """A feed without the entities that it declares itself: no real feed does, and a few lines of them unpack to gigabytes."""
    declared = _DECLARATIONS.search(data)
    root = _ROOT.search(data, declared.end()) if declared else None
    return data[: declared.start()] + data[root.start() :] if declared and root else data


def read_json_feed(document: Mapping[str, Any], uri: str, encoding: str) -> Iterator[Record | Reject]:
    """One record an item of a JSON Feed (version 1 or 1.1)."""
    items = document.get("items")
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        if not isinstance(item, Mapping):
            yield Reject(f"{uri}#{number}", number, "bad_json", f"a {type(item).__name__}, not an object")
            continue
        authors = item.get("authors") or ([item["author"]] if item.get("author") else []) or document.get("authors")
        yield _record(
            uri,
            number,
            item.get("content_html") or item.get("content_text") or item.get("summary") or "",
            key=item.get("id") or item.get("url"),
            url=item.get("url"),
            published=one_line(item.get("date_published")),
            title=one_line(item.get("title")),
            byline=one_line(authors),
            outlet=one_line(document.get("title")),
            encoding=encoding,
        )
    if not items:
        yield Reject(uri, 1, "empty", "a feed without items")


def _record(uri: str, number: int, content: Any, *, key: Any, url: Any, encoding: str, **about: Any) -> Record | Reject:
    name = f"{uri}#{one_line(key) or number}"
    if not isinstance(content, str) or not content.strip():
        return Reject(name, number, "no_text", "an entry without content and without summary")
    content, note = without_surrogates(content)
    html = looks_like_html(content) or re.search(r"</?[a-z]+[^<>]*>", content) is not None
    return Record(
        source_uri=name,
        record_no=number,
        content=content,
        is_html=html,
        media_type="text/html" if html else "text/plain",
        encoding=encoding,
        url=url if isinstance(url, str) and url.startswith(("http://", "https://")) else None,
        note=note,
    )._replace(**cast(Any, {field: one_line(value) for field, value in about.items()}))


def _plain(title: str | None) -> str | None:
    """A title without tags."""
    return re.sub(r"<[^<>]{1,200}>", "", title) if title else None


def _moment(parsed: Any) -> str | None:
    """feedparser's time tuple, in UTC, as an ISO string; None when it is no real moment."""
    if not parsed:
        return None
    try:
        return dt.datetime(*parsed[:6]).isoformat() + "Z"
    except ValueError:
        return None
