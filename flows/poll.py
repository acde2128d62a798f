"""Poll feeds: ask each for what is new since the last time, and load the entries, or the pages that they link to.

What is remembered of a feed (ETag, Last-Modified, failures) lies in a small SQLite file beside the warehouse and is
written once the entries are in the warehouse: a poll that dies asks again.
"""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from fastwarc.warc import WarcRecord, WarcRecordType

from flows import warehouse
from flows.errors import InputNotFound
from flows.fetch import FORBIDDEN, Fetched, Manners, Web, fetch
from flows.load.archives import buffered
from flows.load.inputs import Input
from flows.load.readers import read_stream
from flows.load.records import Record
from flows.runs import Summary, run_directly
from flows.settings import Settings

_FIRST_PAUSE = dt.timedelta(minutes=5)
_LONGEST_PAUSE = dt.timedelta(days=1)
_MOST_TRIES = 15  # of a page: about a week
_ENTRY = re.compile(rb"<((?:[\w.-]+:)?(?:item|entry))(?=[\s>])(?:[^>]*?/>|.*?</\1\s*>)", re.S)


class Polled(NamedTuple):
    """A poll: feeds by what they answered, pages fetched beside them, failures (url, why), and the run that loaded it all."""

    new: int
    unchanged: int
    put_off: int
    pages: int
    failures: list[tuple[str, str]]
    summary: Summary | None


class FeedList(NamedTuple):
    """The feeds of a list, each once, in order, and what stands in a feed's place and is no address of http or https."""

    feeds: list[str]
    skipped: list[str]


def read_feed_list(path: Path) -> FeedList:
    """The feeds of an OPML file, of a CSV file with a column url, feed, link or xmlUrl, or of one URL a line (``#`` opens a remark).

    Raises InputNotFound when there is no such file, or no feed in it.
    """
    if not path.is_file():
        raise InputNotFound(f"{path}: no such file.")
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if "<outline" in text:
        outlines = _Outlines()
        outlines.feed(text)
        found = outlines.found
    else:
        header = [name.strip().lower() for name in text.partition("\n")[0].split(",")]
        column = next((header.index(name) for name in ("url", "feed", "link", "xmlurl") if name in header), None)
        if column is not None:
            found = [row[column].strip() for row in list(csv.reader(io.StringIO(text)))[1:] if len(row) > column]
        else:
            found = [line.split()[0].strip("\"',;") for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    told = [each for each in dict.fromkeys(found) if each]
    feeds = [each for each in told if each.startswith(("http://", "https://"))]
    if not feeds:
        raise InputNotFound(f"{path}: no feed in it. Give OPML, a CSV file with a column url, or one URL a line.")
    return FeedList(feeds, [each for each in told if each not in set(feeds)])


class _Outlines(HTMLParser):
    """The feeds of an OPML file, also of one that is not quite XML; it knows no entities but HTML's."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "outline":
            self.found += [(value or "").strip() for name, value in attrs if name == "xmlurl"]


def poll(path: Path, feeds: Iterable[str], settings: Settings, *, full: bool = False, manners: Manners | None = None) -> Polled:
    """Ask every feed whose time has come, and load what is new; with ``full`` the linked pages too, those not yet held.

    An entry whose page is held is not loaded: what a feed tells of a page is less than the page. A page that cannot be had is
    asked for again in the next rounds, after pauses as a feed is.
    """
    path = path.absolute()
    inbox = Path(tempfile.mkdtemp(prefix="wirehouse-poll-"))
    web, now = Web(manners or Manners(max_bytes=settings.max_page_bytes)), dt.datetime.now(dt.UTC)
    new = unchanged = put_off = 0
    failures: list[tuple[str, str]] = []
    inputs: list[Input] = []
    answers: dict[str, Fetched] = {}
    pages: dict[str, Fetched] = {}
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
        held = _held(path)
        links = {each.uri: _links(each, settings) for each in inputs}
        if full:
            waiting = dict(memory.execute("select url, not_before from links").fetchall())
            wanted = dict.fromkeys([*waiting, *(link for found in links.values() for link in found if link)])
            due = [link for link in wanted if link not in held and waiting.get(link, "") <= now.isoformat()]
            pages = _fetch_pages(web, due, inbox)
            failures += [(link, answer.error or f"status {answer.status}") for link, answer in pages.items() if answer.status != 200]
        fetched = {link for link, answer in pages.items() if answer.status == 200}
        inputs = [each for each in inputs if _leave_out(each, links[each.uri], held | fetched)]
        if fetched:
            inputs.append(Input("pages", inbox / "pages.warc"))
        summary = run_directly(path, inputs, settings) if inputs else None
        for url, answer in answers.items():
            _remember(memory, url, answer, now)
        for url, answer in pages.items():
            _remember_link(memory, url, answer, now)
        memory.commit()
    finally:
        memory.close()
        shutil.rmtree(inbox, ignore_errors=True)
    return Polled(new, unchanged, put_off, len(fetched), failures, summary)


def _held(path: Path) -> set[str]:
    """The addresses of all pages that polls have fetched into the warehouse."""
    if not path.exists():
        return set()
    with warehouse.connect_reader(path) as con:
        found = con.execute("select distinct url from main.documents where url is not null and source_uri like 'pages#%'").fetchall()
    return {row[0] for row in found}


def _links(feed: Input, settings: Settings) -> list[str | None]:
    """The address that each entry of a feed links to, in order; None for an entry without one, or that is no record."""
    assert feed.path is not None
    with feed.path.open("rb") as stream:
        found = read_stream(buffered(stream), feed.uri, name="feed.xml", settings=settings)
        return [each.url if isinstance(each, Record) else None for each in found]


def _leave_out(feed: Input, links: list[str | None], held: set[str]) -> bool:
    """Take the entries of held pages out of a feed's file; False when no entry is left to load."""
    leaving = {number for number, link in enumerate(links) if link in held}
    if not leaving or len(leaving) == len(links):
        return not leaving
    assert feed.path is not None
    data = feed.path.read_bytes()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        document = json.loads(data)
        document["items"] = [item for number, item in enumerate(document["items"]) if number not in leaving]
        feed.path.write_text(json.dumps(document), encoding="utf-8")
        return True
    found = list(_ENTRY.finditer(data))
    if len(found) == len(links):  # else its entries cannot be told apart: better one too many than one lost
        for number in sorted(leaving, reverse=True):
            data = data[: found[number].start()] + data[found[number].end() :]
        feed.path.write_bytes(data)
    return True


def _fetch_pages(web: Web, links: list[str], inbox: Path) -> dict[str, Fetched]:
    """What each page's server answered, without the bodies; the pages that came lie in one WARC file."""
    answers: dict[str, Fetched] = {}
    with (inbox / "pages.warc").open("wb") as out:
        for link in links:
            answer = fetch(web, link)
            answers[link] = answer._replace(body=b"")
            if answer.status != 200:
                continue
            record = WarcRecord()
            record.init_headers(record_type=WarcRecordType.response, record_urn=_key(link).encode())
            record.headers["WARC-Target-URI"] = link
            record.headers["WARC-Date"] = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")  # WARC 1.1 allows fractions
            record.headers["Content-Type"] = "application/http; msgtype=response"
            kind = answer.headers.get("content-type", "text/html").replace("\r", " ").replace("\n", " ")
            record.set_bytes_content(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode("latin-1", "replace") + answer.body)
            record.write(out)
    return answers


def _memory(path: Path) -> sqlite3.Connection:
    con = sqlite3.connect(path.with_name(f".{path.name}.feeds"))
    con.execute(
        "create table if not exists feeds (url text primary key, etag text, last_modified text, polled_at text, status integer, failures integer, not_before text)"
    )
    con.execute("create table if not exists links (url text primary key, failures integer, not_before text)")
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
    memory.execute(
        "insert into feeds values (?, null, null, ?, ?, ?, ?) on conflict (url) do update set polled_at = excluded.polled_at, "
        "status = excluded.status, failures = excluded.failures, not_before = excluded.not_before",
        [url, now.isoformat(), answer.status, failed, (now + _pause(failed, answer)).isoformat()],
    )


def _remember_link(memory: sqlite3.Connection, url: str, answer: Fetched, now: dt.datetime) -> None:
    """Keep what a page could not be had for the next rounds; one that is there, gone or forbidden, or that failed too often, is let go."""
    row = memory.execute("select failures from links where url = ?", [url]).fetchone()
    failed = (row[0] if row else 0) + 1
    if answer.status in (200, 404, 410) or answer.error == FORBIDDEN or failed > _MOST_TRIES:
        memory.execute("delete from links where url = ?", [url])
    else:
        memory.execute("insert or replace into links values (?, ?, ?)", [url, failed, (now + _pause(failed, answer)).isoformat()])


def _pause(failed: int, answer: Fetched) -> dt.timedelta:
    asked = dt.timedelta(seconds=min(answer.retry_after or 0, 86400))
    return min(_LONGEST_PAUSE, max(_FIRST_PAUSE * 2 ** min(failed - 1, 12), asked))


def _key(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:16]
