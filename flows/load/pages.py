"""Records to pages: each page's whole text, and what its HTML tells."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from urllib.parse import urlsplit

import polars as pl
import pyarrow as pa
from publicsuffixlist import PublicSuffixList

from flows.load.html import read_html
from flows.load.html_evidence import LineEvidence
from flows.load.identity import Place, document_id, names_page
from flows.load.records import Record
from flows.reference.html_hints import HtmlHints
from flows.schemas import PAGE_FACTS, polars_schema

RECORD_SCHEMA = polars_schema(
    {
        "document_id": "VARCHAR",
        "item": "VARCHAR",
        "origin": "VARCHAR",
        "source_uri": "VARCHAR",
        "record_no": "BIGINT",
        "content": "VARCHAR",
        "is_html": "BOOLEAN",
        "media_type": "VARCHAR",
        "encoding": "VARCHAR",
        "url": "VARCHAR",
        "fetched_at": "TIMESTAMP",
        "published": "VARCHAR",
        "title": "VARCHAR",
        "deck": "VARCHAR",
        "byline": "VARCHAR",
        "outlet": "VARCHAR",
        "note": "VARCHAR",
    }
)
_LINE_FIELDS = pl.Schema({"tag": pl.String, "flags": pl.Int64, "link_share": pl.Float64, "hint": pl.String, "href": pl.String})
LINE_EVIDENCE = pl.List(pl.Struct(_LINE_FIELDS))
PAGE_SCHEMA = polars_schema(
    {
        "document_id": "VARCHAR",
        "source_uri": "VARCHAR",
        "media_type": "VARCHAR",
        "encoding": "VARCHAR",
        "url": "VARCHAR",
        "site": "VARCHAR",
        "fetched_at": "TIMESTAMP",
        "note": "VARCHAR",
        "text": "VARCHAR",
        "text_length": "BIGINT",
        "item": "VARCHAR",
        "origin": "VARCHAR",
        **PAGE_FACTS,
    }
)
PAGE_SCHEMA["markup"] = LINE_EVIDENCE
_TAGS = {"headline": "h1", "deck": "p"}  # of lines that came apart from a page's HTML
_SPACE = re.compile(r"\W+")


def records_frame(records: Sequence[Record], ids: Sequence[str] | None = None, places: Sequence[Place] | None = None) -> pl.DataFrame:
    """One row a record, with its document_id and place, as batches are staged; both are those of the records where they are known."""
    told = zip(ids or map(document_id, records), places or [Place()] * len(records), records, strict=True)
    return pl.DataFrame([(key, *place, *record) for key, place, record in told], schema=RECORD_SCHEMA, orient="row")


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    """The public suffix list, read when the first address is met."""
    return PublicSuffixList()


@lru_cache(maxsize=65536)
def registrable_domain(url: str) -> str | None:
    """The registrable domain of a URL, in lower case; None when it has none.

    >>> registrable_domain("https://www.news.example.co.uk/a/b")
    'example.co.uk'
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if not host or not re.search(r"[^\d.:]", host):
        return None
    return _suffixes().privatesuffix(host) or host


def pages_from_records(records: pl.DataFrame, *, hints: HtmlHints) -> pl.DataFrame:
    """One row a page: its whole text, with the record's title and standfirst first where they came apart from it.

    Expects ``RECORD_SCHEMA``, returns ``PAGE_SCHEMA``. ``markup`` holds one item a non-empty line of an HTML page's
    text (tag, flags, link share, class hint), null for plain text. Fields named ``record_`` come from the input beside
    the text, fields named ``page_`` from the page's own HTML, each null where nothing is told; a standfirst that came beside
    the text is the second line of ``record_title``. ``item`` is what the page is a version of: its address where that names a page, else its
    place (``flows.load.identity``), else the page alone.
    """
    rows = []
    markups: list[list[LineEvidence] | None] = []
    for row in records.iter_rows(named=True):
        url, text, markup, meta = row["url"], row["content"], None, None
        if row["is_html"]:
            page = read_html(text, url=url, hints=hints)
            text, meta = page.text, page.metadata
            markup = page.lines
            url = url or meta.url
        told = [("headline", row["title"]), ("deck", row["deck"])]
        opening = [(kind, line) for kind, line in told if line and not _holds(text if row["is_html"] else text[:4000], line)]
        if opening:
            text = "\n\n".join([*(line for _, line in opening), text])
            if markup is not None:
                markup = [LineEvidence(_TAGS[kind], 0, 0.0, kind, "") for kind, _ in opening] + markup
        rows.append(
            {
                "document_id": row["document_id"],
                "source_uri": row["source_uri"],
                "media_type": row["media_type"],
                "encoding": row["encoding"],
                "url": url,
                "site": registrable_domain(url) if url else None,
                "fetched_at": row["fetched_at"],
                "note": row["note"],
                "text": text,
                "text_length": len(text),
                "item": url if names_page(url) else row["item"] or row["document_id"],
                "origin": row["origin"],
                "record_title": f"{row['title'] or ''}\n{row['deck']}" if row["deck"] else row["title"],
                "record_byline": row["byline"],
                "record_outlet": row["outlet"],
                "record_published": row["published"],
                "page_title": meta and meta.title,
                "page_title_basis": meta and meta.title_basis,
                "page_byline": meta and meta.byline,
                "page_byline_basis": meta and meta.byline_basis,
                "page_site_name": meta and meta.site_name,
                "page_language": meta and meta.language,
                "page_published": meta and meta.published,
                "page_published_basis": meta and meta.published_basis,
            }
        )
        markups.append(markup)
    return pl.DataFrame(rows, schema={name: kind for name, kind in PAGE_SCHEMA.items() if name != "markup"}).with_columns(
        _column_of(markups)
    )


def _column_of(markups: list[list[LineEvidence] | None]) -> pl.Series:
    """The column ``markup``, built of five columns of all lines: polars takes seven times as long to read a record a line."""
    lines = [line for markup in markups if markup for line in markup]
    fields = zip(*lines, strict=True) if lines else ((),) * len(LineEvidence._fields)
    flat = pl.DataFrame(dict(zip(LineEvidence._fields, fields, strict=True)), schema=_LINE_FIELDS).to_struct()
    # made by polars, for pyarrow would look for pandas, which the command hides (flows.cli)
    ends = pl.Series([0, *accumulate(len(markup or ()) for markup in markups)], dtype=pl.Int64).to_arrow()
    is_text = pl.Series([markup is None for markup in markups], dtype=pl.Boolean).to_arrow()
    column = pa.LargeListArray.from_arrays(ends, flat.to_arrow(), mask=is_text)
    return pl.Series("markup", column, dtype=LINE_EVIDENCE)


def _holds(text: str, line: str) -> bool:
    """Tell whether a line stands in a text as one of its lines, or opens it, punctuation and case aside."""
    wanted = _SPACE.sub(" ", line).strip().casefold()
    lines = [_SPACE.sub(" ", each).strip().casefold() for each in text.split("\n")]
    first = next((each for each in lines if each), "")
    return first.startswith(wanted) or wanted in lines
