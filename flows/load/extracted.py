"""What trafilatura extracted: its XML, TEI and CSV, a record a document, with headings and lists as what they are."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html import escape
from typing import BinaryIO

from flows.load.columns import one_line
from flows.load.records import Record, Reject
from flows.settings import Settings

# A declaration of entities or a document type is none of trafilatura's: such a file is read as a page, which knows of neither.
_OPENING = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<(?:corpus|docs|teiCorpus)\b[^>]{0,300}>\s*)?"
    rb"<(?:doc(?:\s+[\w-]{1,40}=\"[^\"]{0,5000}\")*\s*>\s*<main\b|TEI\b[^>]{0,300}>\s*<teiHeader\b)"
)
_TAGS = {
    "p": "p",
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "table": "table",
    "row": "tr",
    "cell": "td",
    "code": "pre",
    "div": "div",
    "lb": "br",
}
_ASIDE = frozenset(("comments", "graphic"))
# The columns of the line without a header that ``--output-format csv`` writes.
CSV_COLUMNS = ("url", "id", "fingerprint", "hostname", "title", "image", "date", "text", "comments", "license", "pagetype")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}$")


def is_csv_line(cells: list[str]) -> bool:
    """Whether a line of a table is one of trafilatura's, which come without a header.

    >>> is_csv_line(["https://a.example/1", "null", "60ecd8a6fb90fb4f", "a.example", "T", "null", "1999-05-04", "Text", "null", "null", "null"])
    True
    """
    return len(cells) in (10, len(CSV_COLUMNS)) and _FINGERPRINT.match(cells[2]) is not None


def is_extracted(head: bytes) -> bool:
    """Whether a file opens as XML or TEI of trafilatura."""
    return _OPENING.match(head) is not None


def read_extracted(stream: BinaryIO, uri: str, settings: Settings) -> Iterator[Record | Reject]:
    """One record a ``doc`` or ``TEI`` element; no more than one is in memory."""
    number = 0
    try:
        for _, element in ET.iterparse(_Limited(stream, 16 * settings.max_page_bytes)):
            name = _name(element)
            if name not in ("doc", "TEI"):
                continue
            number += 1
            yield _read_tei(element, uri, number) if name == "TEI" else _read_doc(element, uri, number)
            element.clear()
    except (ET.ParseError, ValueError, LookupError) as error:
        yield Reject(uri, number + 1, "unreadable", f"broken XML: {error}"[:300])


class _Limited:
    """A stream that ends with an error where it grows too long."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream, self._left = stream, limit

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise ValueError("too long; split it")
        return data


def _read_doc(doc: ET.Element, uri: str, number: int) -> Record | Reject:
    main = doc.find("main")
    return _record(
        uri, number, doc if main is None else main, **{name: doc.get(name) for name in ("url", "title", "author", "date", "sitename")}
    )


def _read_tei(tei: ET.Element, uri: str, number: int) -> Record | Reject:
    space = tei.tag.rpartition("TEI")[0]
    about = next(tei.iter(f"{space}biblFull"), tei)

    def told(name: str) -> str | None:
        found = next(about.iter(f"{space}{name}"), None)
        return None if found is None else "".join(found.itertext())

    pointer = next(about.iter(f"{space}ptr"), None)
    publisher = re.sub(r"\s*\([\w.-]+\)\s*$", "", told("publisher") or "")
    body = next(tei.iter(f"{space}body"), tei)
    url = None if pointer is None else pointer.get("target")
    return _record(uri, number, body, url=url, title=told("title"), author=told("author"), date=told("date"), sitename=publisher)


def _record(uri: str, number: int, body: ET.Element, **about: str | None) -> Record | Reject:
    content = _html(body)
    if not re.sub(r"<[^<>]*>", "", content).strip():
        return Reject(f"{uri}#{number}", number, "no_text", "a document without text")
    url = about["url"] or ""
    return Record(
        source_uri=uri if number == 1 else f"{uri}#{number}",
        record_no=number,
        content=content,
        is_html=True,
        media_type="application/xml",
        encoding="utf-8",
        url=url if url.startswith(("http://", "https://")) else None,
        published=one_line(about["date"]),
        title=one_line(about["title"]),
        byline=one_line((about["author"] or "").replace("; ", ", ")),
        outlet=one_line(about["sitename"]),
    )


def _html(body: ET.Element) -> str:
    """An element's content as HTML; comments of readers are left out."""
    parts: list[str] = []
    waiting: list[ET.Element | str] = [body]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            parts.append(each)
            continue
        name, rend = _name(each), each.get("rend", "")
        if name in _ASIDE or each.get("type") == "comments":
            waiting.append(escape(each.tail or ""))
            continue
        tag = (rend if re.fullmatch(r"h[1-6]", rend) else "h2") if name in ("head", "ab") else _TAGS.get(name, "")
        waiting += [escape(each.tail or "") if each is not body else "", f"</{tag}>" if tag else ""]
        waiting += reversed(each)
        waiting += [escape(each.text or ""), f"<{tag}>" if tag else ""]
    return "".join(parts)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
