"""Which field of a JSON record or column of a table holds what: the usual names, found by themselves."""

import ast
import contextlib
import datetime as dt
import html as markup
import re
from collections.abc import Mapping
from typing import Any

from flows.load.decode import Undecodable, decode, without_surrogates
from flows.load.records import Record, Reject

# In order of trust: the names used by trafilatura, news-please, Fundus, newspaper4k, Media Cloud, FineWeb, CC-News and common sense.
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "page_text", "content", "body", "maintext", "plain_text", "plaintext", "raw_text", "article", "article_text",
             "full_text", "fulltext", "story", "content_text", "body_text"),
    "html": ("html", "raw_html", "content_html", "page_html", "html_content", "raw_content"),
    "url": ("url", "link", "uri", "source_url", "page_url", "canonical_url", "responded_url", "requested_url", "href", "source"),
    "title": ("title", "headline", "name"),
    "deck": ("deck", "standfirst", "subtitle", "subheading", "subheadline"),
    "byline": ("byline", "author", "authors", "creator"),
    "published": ("published", "date", "published_at", "published_on", "date_publish", "publish_date", "publication_date", "pub_date",
                  "pubdate", "publishedat", "published_date", "publishing_date", "date_published", "datepublished"),
    "fetched_at": ("fetched_at", "crawled_at", "date_download", "crawl_date", "crawl_time", "retrieved_at", "downloaded_at", "scraped_at",
                   "indexed_date"),
    "outlet": ("outlet", "sitename", "site_name", "publisher", "source_name", "media_name", "publication", "source-hostname", "meta_site_name", "source"),
    "id": ("id", "doc_id", "document_id", "uuid", "guid", "record_id", "_id"),
}  # fmt: skip
_UNKNOWN: tuple[object, ...] = (None, "", [], "None", "null", "nan", "NaN")  # how tools write that they know nothing
_OF_CRAWLS = ("dump", "timestamp", "metadata")  # columns that tell what a date is
_TAGS = re.compile(r"<(?:!doctype html|html|head|body|p|div|article|br|h[1-6]|ul|table|span|a)\b[^<>]*>", re.I)
# What shows that a text was cut out of a page, however short: a paragraph or line break, an inline element that is closed, an entity.
_STRUCTURE = re.compile(
    r"<(p|div|h[1-6]|ul|ol|li|blockquote|table|figure|section)(?:\s[^<>]*)?>(?=.*?</\1\s*>)|<br\s*/?>|</p\s*>\s*<p>", re.I | re.S
)
_INLINE = re.compile(r"<(a|b|i|u|em|strong|span|cite|q|small|sub|sup|mark|font)(?:\s[^<>]*)?>(.*?)</\1\s*>", re.I | re.S)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});", re.I)
_BLANK_LINES = re.compile(r"(?<!>)[ \t]*\n[ \t]*\n\s*(?!<)")


def looks_like_html(text: str) -> bool:
    """Tell whether a text is markup: it opens as a document, or holds several tags of text structure.

    >>> looks_like_html("<p>One<p>Two<p>Three"), looks_like_html("1 < 2 and a > b")
    (True, False)
    """
    head = text[:2000].lstrip().lower()
    if head.startswith(("<!doctype html", "<html", "<?xml")):
        return True
    return len(_TAGS.findall(text[:20000])) >= 3


def read_fragment(text: str) -> tuple[str, bool]:
    """A field's text, or a piece of a page with so few tags that ``looks_like_html`` does not see it, and whether it is HTML.

    Tags of structure make it HTML, in which blank lines go on parting paragraphs; tags within a line are taken off; entities become
    what they stand for.

    >>> read_fragment("<p>Talks at AT&amp;T.</p>"), read_fragment("It&#39;s <b>on</b>, 1 < 2")
    (('<p>Talks at AT&amp;T.</p>', True), ("It's on, 1 < 2", False))
    """
    if looks_like_html(text):
        return text, True
    if "&" in text:
        meant = markup.unescape(text)
        if meant != text and _STRUCTURE.search(meant) and not _STRUCTURE.search(text):
            text = meant
    if "<" in text and _STRUCTURE.search(text):
        return _BLANK_LINES.sub("<br><br>", text), True
    while "<" in text and (bare := _INLINE.sub(r"\2", text)) != text:
        text = bare
    return (_ENTITY.sub(lambda found: markup.unescape(found[0]), text) if "&" in text else text), False


def has_content(fields: Mapping[str, Any], text_column: str = "") -> bool:
    """Tell whether some field is called as a text or HTML column is."""
    names = {str(name).lower() for name in fields}
    return bool(names & {*NAMES["text"], *NAMES["html"], *([text_column.lower()] if text_column else [])})


def telling_columns(names: list[str], text_column: str = "") -> list[str]:
    """Those of a table's columns that say something of a page: what else it has need not be read."""
    known = {name for kind in NAMES.values() for name in kind} | {text_column.lower(), *_OF_CRAWLS}
    return [name for name in names if name.lower() in known]


def no_columns(uri: str, found: list[str]) -> Reject:
    """The reject of a table that holds no pages, with what it has instead."""
    listed = ", ".join(sorted(map(str, found))[:20]) + (" …" if len(found) > 20 else "")
    return Reject(uri, 1, "no_text", f"no text or html column; it has {listed}. Name one with --text-column.")


def pick(fields: Mapping[str, Any], *, file_uri: str, record_no: int, encoding: str, text_column: str = "") -> Record | Reject:
    """Make a record of a mapping of names to values (a JSON object, a row), by the usual names in ``NAMES``.

    HTML wins over text where both hold something, for it tells more. The record's ``source_uri`` is the file's plus
    ``#`` and the record's own id, or its number when it has none. A mapping without a text is a reject ``no_text``.
    """
    lowered = _flat(fields)

    def fields_of(kind: str) -> list[Any]:
        return [lowered[name] for name in NAMES[kind] if lowered.get(name) not in _UNKNOWN]

    def value(kind: str) -> Any:
        return next(iter(fields_of(kind)), None)

    key = value("id")
    key = str(key) if isinstance(key, str | int) and len(str(key)) <= 300 else str(record_no)
    key, _ = without_surrogates(key)
    uri = f"{file_uri}#{key}"
    html, text = value("html"), value("text")
    if text_column:
        html, text = None, lowered.get(text_column.lower())
    content = html if isinstance(html, str) and html.strip() else text
    if isinstance(content, Mapping) and (parts := _sections(content)):
        content = parts
    if isinstance(content, list) and content and all(isinstance(part, str) for part in content):
        content = "\n\n".join(content)
    if content is None and has_content(lowered, text_column):
        return Reject(uri, record_no, "empty", "the text is empty")
    if content is None:
        return Reject(uri, record_no, "no_text", f"no text or html among the fields {sorted(lowered)[:20]}. Name one with --text-column.")
    if not isinstance(content, str):
        return Reject(uri, record_no, "no_text", f"the text is a {type(content).__name__}, not a string")
    if not content.strip():
        return Reject(uri, record_no, "empty", "the text is empty")
    content, is_html = read_fragment(content)
    if not content.strip():
        return Reject(uri, record_no, "empty", "the text is empty")
    content, note = without_surrogates(content)
    return Record(
        source_uri=uri,
        record_no=record_no,
        content=content,
        is_html=is_html,
        media_type="text/html" if is_html else "text/plain",
        encoding=encoding,
        url=next((one_line(each) for each in fields_of("url") if _is_url(each)), None),
        fetched_at=_moment(value("fetched_at")),
        published=one_line(value("published")),
        title=one_line(value("title")),
        deck=one_line(value("deck")),
        byline=one_line(_listed(value("byline"))),
        outlet=_outlet(fields_of("outlet")),
        note=note,
    )


def pick_mended(
    fields: dict[str, Any], *, file_uri: str, record_no: int, encoding: str, text_column: str = "", note: str | None = None
) -> Record | Reject:
    """``pick`` of a row in which bytes that are not of its ``encoding`` stand as surrogates (``surrogateescape``).

    A value with such bytes is decoded by itself as a file's bytes are, with a word in the record's note, after ``note``.
    """
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    notes = [note] if note else []
    for name, value in fields.items():
        if not isinstance(value, str) or value.isascii() or without_surrogates(value)[1] is None:
            continue
        decoded = decode(value.encode(codec, "surrogateescape"))
        if isinstance(decoded, Undecodable):
            return Reject(f"{file_uri}#{record_no}", record_no, decoded.reason, f"column {name}: {decoded.detail}")
        fields[name] = decoded.text
        encoding = decoded.encoding
        notes.append(f"column {name}: {decoded.note}")
    found = pick(fields, file_uri=file_uri, record_no=record_no, encoding=encoding, text_column=text_column)
    if notes and isinstance(found, Record):
        return found._replace(note="; ".join([*notes, *([found.note] if found.note else [])]))
    return found


def _flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A record's fields by their names in lower case, those of an object ``metadata`` among them where the record has none of that name.

    The ``date`` and ``timestamp`` of a text cut out of a dump of the web are those of the crawl: FineWeb, C4 and their kin name the
    dump, or have nothing beside text, address and timestamp.
    """
    lowered = {str(name).lower(): value for name, value in fields.items() if isinstance(name, str)}
    if isinstance(beside := lowered.get("metadata"), Mapping):
        lowered = {str(name).lower(): value for name, value in beside.items()} | lowered
    names = frozenset(lowered)
    if "dump" in names or ({"text", "url", "timestamp"} <= names <= {"text", "url", "timestamp", "source", "id"}):
        crawled = lowered.pop("date", None) or lowered.get("timestamp")
        lowered = {"fetched_at": crawled} | lowered
        if lowered.get("source") in ("mC4", "OSCAR") or str(lowered.get("source")).startswith("OSCAR-"):
            del lowered["source"]
    return lowered


def _sections(body: Mapping[str, Any]) -> str:
    """An article's body as Fundus keeps it, summary, sections, headlines and paragraphs, as HTML; "" for any other object."""
    sections = body.get("sections")
    if not isinstance(sections, list) or not all(isinstance(each, Mapping) for each in sections):
        return ""
    parts = [("p", body.get("summary"))]
    for each in sections:
        parts += [("h2", each.get("headline")), ("p", each.get("paragraphs"))]
    lines = [(tag, line) for tag, told in parts if isinstance(told, list) for line in told if isinstance(line, str) and line.strip()]
    return "\n".join(f"<{tag}>{markup.escape(line, quote=False)}</{tag}>" for tag, line in lines)


def _listed(value: object) -> object:
    """A list that a table's cell holds as Python writes it, as a list: "['A', 'B']"."""
    if isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        with contextlib.suppress(ValueError, SyntaxError, MemoryError, RecursionError):
            return ast.literal_eval(value[:10_000])
    return value


def _outlet(told: list[Any]) -> str | None:
    """The first name of an outlet: an address or a number (a column ``source`` holds either in some sets) is none."""
    names = (one_line(each) for each in told if not isinstance(each, int | float))
    return next((name for name in names if name and not _is_url(name) and not name.isdigit()), None)


def _is_url(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def one_line(value: object) -> str | None:
    """A value as one line of text: lists joined by commas, white space runs as one space; None when nothing is left."""
    if isinstance(value, list | tuple):
        value = ", ".join(part for part in (one_line(item) for item in value) if part)
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("full_name") or ""
    if isinstance(value, dt.date | int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    return without_surrogates(" ".join(value.split()))[0] or None


def _moment(value: object) -> dt.datetime | None:
    """A moment in UTC without a zone; None when the value is no ISO date."""
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
        except ValueError:
            return None
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
    return dt.datetime(value.year, value.month, value.day) if isinstance(value, dt.date) else None
