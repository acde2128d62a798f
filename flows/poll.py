"""Poll feeds: ask each for what is new since the last time, and load the entries, or the pages that they link to.

What is remembered of a feed (ETag, Last-Modified, failures) lies in a small SQLite file beside the warehouse and is
written once the entries are in the warehouse: a poll that dies asks again.
"""

import csv
import datetime as dt
import hashlib
import io
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import NamedTuple

from fastwarc.warc import WarcRecord, WarcRecordType

from flows import warehouse
from flows.errors import InputNotFound
from flows.fetch import Fetched, Manners, Web, fetch
from flows.load.archives import buffered
from flows.load.inputs import Input
from flows.load.readers import read_stream
from flows.load.records import Record
from flows.runs import Summary, run_directly
from flows.settings import Settings

_OUTLINE = re.compile(r"<outline\b[^>]*?\bxmlUrl\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_FIRST_PAUSE = dt.timedelta(minutes=5)
_LONGEST_PAUSE = dt.timedelta(days=1)


class Polled(NamedTuple):
    """A poll: feeds by what they answered, pages fetched beside them, failures (url, why), and the run that loaded it all."""

    new: int
    unchanged: int
    put_off: int
    pages: int
    failures: list[tuple[str, str]]
    summary: Summary | None


def read_feed_list(path: Path) -> list[str]:
    """The feeds of an OPML file, of a CSV file with a column url, feed, link or xmlUrl, or of one URL a line; each once, in order.

    Raises InputNotFound when there is no such file, or no feed in it.
    """
    if not path.is_file():
        raise InputNotFound(f"{path}: no such file.")
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if "<outline" in text:
        found = [unescape(double or single) for double, single in _OUTLINE.findall(text)]
    else:
        header = [name.strip().lower() for name in next(csv.reader([text.split("\n", 1)[0]]), [])]
        column = next((name for name in ("url", "feed", "link", "xmlurl") if name in header), None)
        if column is None:
            found = [line.split(",")[0].strip() for line in text.splitlines()]
        else:
            found = [row[header.index(column)].strip() for row in csv.reader(io.StringIO(text)) if len(row) > header.index(column)]
    feeds = [url for url in dict.fromkeys(found) if url.startswith(("http://", "https://"))]
    if not feeds:
        raise InputNotFound(f"{path}: no feed in it. Give OPML, a CSV file with a column url, or one URL a line.")
    return feeds


def poll(path: Path, feeds: Iterable[str], settings: Settings, *, full: bool = False, manners: Manners | None = None) -> Polled:
    """Ask every feed whose time has come, and load what is new; with ``full`` the linked pages too, those not yet held."""
    path = path.absolute()
    inbox = Path(tempfile.mkdtemp(prefix="wirehouse-poll-"))
    web, now = Web(manners or Manners(max_bytes=settings.max_page_bytes)), dt.datetime.now(dt.UTC)
    new = unchanged = put_off = 0
    failures: list[tuple[str, str]] = []
    inputs: list[Input] = []
    answers: dict[str, Fetched] = {}
    memory = _memory(path)
    try:
        for url in feeds:
            etag, modified, not_before = memory.execute(
                "select etag, last_modified, not_before from feeds where url = ?", [url]
            ).fetchone() or (None, None, None)
            if not_before and not_before > now.isoformat():
                put_off += 1
                continue
            known = {"If-None-Match": etag, "If-Modified-Since": modified}
            answer = answers[url] = fetch(web, url, {name: value for name, value in known.items() if value})
            if answer.status == 304:
                unchanged += 1
            elif answer.status == 200:
                new += 1
                file = inbox / f"{_key(url)}.xml"
                file.write_bytes(answer.body)
                inputs.append(Input(url, file))
            else:
                failures.append((url, answer.error or f"status {answer.status}"))
        pages = _fetch_pages(web, path, inputs, inbox, settings, failures) if full else 0
        if pages:
            inputs.append(Input("pages", inbox / "pages.warc"))
        summary = run_directly(path, inputs, settings) if inputs else None
        for url, answer in answers.items():
            _remember(memory, url, answer, now)
        memory.commit()
    finally:
        memory.close()
        shutil.rmtree(inbox, ignore_errors=True)
    return Polled(new, unchanged, put_off, pages, failures, summary)


def _fetch_pages(web: Web, path: Path, feeds: list[Input], inbox: Path, settings: Settings, failures: list[tuple[str, str]]) -> int:
    """Fetch the pages that the entries link to into one WARC file; those that the warehouse has a page of are left out."""
    held: set[str] = set()
    if path.exists():
        with warehouse.connect_reader(path) as con:
            held = {
                row[0]
                for row in con.execute("select url from main.documents where url is not null and source_uri like 'pages#%'").fetchall()
            }
    links: dict[str, None] = {}
    for each in feeds:
        if each.path is not None:
            with each.path.open("rb") as stream:
                found = read_stream(buffered(stream), each.uri, name="feed.xml", settings=settings)
                links.update((record.url, None) for record in found if isinstance(record, Record) and record.url)
    count = 0
    with (inbox / "pages.warc").open("wb") as out:
        for link in links:
            if link in held:
                continue
            answer = fetch(web, link)
            if answer.status != 200:
                failures.append((link, answer.error or f"status {answer.status}"))
                continue
            record = WarcRecord()
            record.init_headers(record_type=WarcRecordType.response, record_urn=_key(link).encode())
            record.headers["WARC-Target-URI"] = link
            record.headers["WARC-Date"] = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            record.headers["Content-Type"] = "application/http; msgtype=response"
            kind = answer.headers.get("content-type", "text/html").replace("\r", " ").replace("\n", " ")
            record.set_bytes_content(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode("latin-1", "replace") + answer.body)
            record.write(out)
            count += 1
    return count


def _memory(path: Path) -> sqlite3.Connection:
    con = sqlite3.connect(path.with_name(f".{path.name}.feeds"))
    con.execute(
        "create table if not exists feeds (url text primary key, etag text, last_modified text, polled_at text, status integer, failures integer, not_before text)"
    )
    return con


def _remember(memory: sqlite3.Connection, url: str, answer: Fetched, now: dt.datetime) -> None:
    """Keep what a feed answered; after a failure it is left alone for five minutes, then ten, and so on up to a day."""
    if answer.status in (200, 304):
        memory.execute(
            "insert into feeds values (?, ?, ?, ?, ?, 0, null) on conflict (url) do update set etag = coalesce(excluded.etag, iif(excluded.status = 304, etag, null)), "
            "last_modified = coalesce(excluded.last_modified, iif(excluded.status = 304, last_modified, null)), polled_at = excluded.polled_at, "
            "status = excluded.status, failures = 0, not_before = null",
            [url, answer.headers.get("etag"), answer.headers.get("last-modified"), now.isoformat(), answer.status],
        )
        return
    row = memory.execute("select failures from feeds where url = ?", [url]).fetchone()
    failed = (row[0] if row else 0) + 1
    pause = min(_LONGEST_PAUSE, max(_FIRST_PAUSE * 2 ** min(failed - 1, 12), dt.timedelta(seconds=min(answer.retry_after or 0, 86400))))
    memory.execute(
        "insert into feeds values (?, null, null, ?, ?, ?, ?) on conflict (url) do update set polled_at = excluded.polled_at, "
        "status = excluded.status, failures = excluded.failures, not_before = excluded.not_before",
        [url, now.isoformat(), answer.status, failed, (now + pause).isoformat()],
    )


def _key(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:16]
