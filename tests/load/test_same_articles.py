"""The same two hundred articles through every door that can carry them are the same articles, whatever brought them.

The files are made by each format's own writer. Three ways of telling a story go in: as copied text, as a row beside its headline,
as HTML; most doors hand over one of them unchanged, and what is the same record is cleaned once.
"""

import csv
import datetime as dt
import email.policy
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from email.header import Header
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet
import pytest
import zstandard
from fastwarc.warc import WarcRecord, WarcRecordType
from feedgen.feed import FeedGenerator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.clean import clean_pages
from flows.knowledge import Knowledge, load_knowledge
from flows.load.inputs import find_inputs
from flows.load.pages import pages_from_records, records_frame
from flows.load.readers import read_inputs
from flows.load.records import Record
from flows.settings import Settings
from tests.load.invented import Invented, articles

STORIES = articles()
ROWS = [each.row for each in STORIES]
TABLE = pa.Table.from_pylist(ROWS)
Story = tuple[str | None, str]
_LEAST = 0.98


def texts(folder: Path) -> str:
    for each in STORIES:
        (folder / f"{each.number:03}.txt").write_text(each.page, encoding="utf-8")
    return str(folder)


def texts_in_zip(folder: Path) -> str:
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for each in STORIES:
            archive.writestr(f"{each.number:03}.txt", each.page)
    return str(folder)


def texts_in_tar(folder: Path) -> str:
    with tarfile.open(folder / "a.tar.xz", "w:xz") as archive:
        for each in STORIES:
            data = each.page.encode("utf-16")
            info = tarfile.TarInfo(f"{each.number:03}.txt")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return str(folder)


def texts_in_wet(folder: Path) -> str:
    with (folder / "a.warc.wet.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for each in STORIES:
            record = writer.create_warc_record(
                each.url, "conversion", payload=io.BytesIO(each.page.encode()), warc_content_type="text/plain"
            )
            writer.write_record(record)
    return str(folder)


def pages(folder: Path) -> str:
    for each in STORIES:
        (folder / f"{each.number:03}.html").write_text(each.html, encoding="utf-8")
    return str(folder)


def pages_in_gzip(folder: Path) -> str:
    for each in STORIES:
        (folder / f"{each.number:03}.html.gz").write_bytes(gzip.compress(each.html.encode()))
    return str(folder)


def pages_in_warc(folder: Path) -> str:
    with (folder / "a.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for each in STORIES:
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(each.url, "response", payload=io.BytesIO(each.html.encode()), http_headers=head))
    return str(folder)


def pages_in_fastwarc(folder: Path) -> str:
    with (folder / "a.warc").open("wb") as out:
        for each in STORIES:
            record = WarcRecord()
            record.init_headers(record_type=WarcRecordType.response)
            record.headers["WARC-Target-URI"] = each.url
            record.headers["Content-Type"] = "application/http; msgtype=response"
            record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + each.html.encode())
            record.write(out)
    return str(folder)


def saved_pages(folder: Path) -> str:
    for each in STORIES:
        message = EmailMessage(policy=email.policy.SMTP)
        message["From"], message["Subject"], message["Snapshot-Content-Location"] = "<Saved by Blink>", each.title, each.url
        message.set_content(each.html, subtype="html", cte="quoted-printable")
        message["Content-Location"] = each.url
        message.make_related()
        (folder / f"{each.number:03}.mhtml").write_bytes(message.as_bytes())
    return str(folder)


def pages_in_json(folder: Path) -> str:
    told = [{"id": each.number, "url": each.url, "html": each.html} for each in STORIES]
    (folder / "a.jsonl.zst").write_bytes(zstandard.compress("\n".join(map(json.dumps, told)).encode()))
    return str(folder)


def letters(folder: Path) -> str:
    for each in STORIES:
        message = MIMEMultipart("alternative")
        message["From"], message["Subject"] = "The Invented Post <post@invented-post.example>", Header(each.title, "utf-8")
        message["Date"] = format_datetime(dt.datetime.combine(each.day, dt.time()))
        message.attach(MIMEText(each.text, "plain", "utf-8"))
        message.attach(MIMEText(f"<html><body>{each.content}</body></html>", "html", "utf-8"))
        (folder / f"{each.number:03}.eml").write_bytes(message.as_bytes())
    return str(folder)


def feed(each_as: str) -> Callable[[Path], str]:
    def write(folder: Path) -> str:
        made = FeedGenerator()
        made.id("https://invented-post.example/")
        made.title("The Invented Post")
        made.link(href="https://invented-post.example/")
        made.description("All news")
        for each in STORIES:
            entry = made.add_entry(order="append")
            entry.id(each.url)
            entry.title(each.title)
            entry.link(href=each.url)
            entry.published(f"{each.day.isoformat()}T00:00:00Z")
            entry.author(name=each.byline)
            entry.content(each.content, type="html" if each_as == "atom" else "CDATA")
        getattr(made, f"{each_as}_file")(str(folder / "feed.xml"))
        return str(folder)

    return write


def json_feed(folder: Path) -> str:
    items = [
        {
            "id": each.url,
            "url": each.url,
            "title": each.title,
            "content_html": each.content,
            "date_published": f"{each.day.isoformat()}T00:00:00Z",
        }
        for each in STORIES
    ]
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "The Invented Post", "items": items}
    (folder / "feed.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return str(folder)


def rows_in_csv(folder: Path) -> str:
    with (folder / "a.csv").open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.DictWriter(out, list(ROWS[0]))
        writer.writeheader()
        writer.writerows(ROWS)
    return str(folder)


def rows_in_tsv(folder: Path) -> str:
    with lzma.open(folder / "a.tsv.xz", "wt", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(ROWS[0]), delimiter="\t")
        writer.writeheader()
        writer.writerows(ROWS)
    return str(folder)


def rows_in_json(folder: Path) -> str:
    (folder / "a.json").write_text(json.dumps({"articles": ROWS}, ensure_ascii=False, indent=1), encoding="utf-8")
    return str(folder)


def rows_in_arrow(folder: Path) -> str:
    with pyarrow.ipc.new_file(folder / "a.arrow", TABLE.schema) as out:
        out.write_table(TABLE, max_chunksize=64)
    return str(folder)


def rows_in_a_stream(folder: Path) -> str:
    with pyarrow.ipc.new_stream(folder / "data-00000-of-00001.arrow", TABLE.schema) as out:
        out.write_table(TABLE, max_chunksize=64)
    return str(folder)


def rows_in_sqlite(folder: Path) -> str:
    con = sqlite3.connect(folder / "a.db")
    con.execute(f"create table articles ({', '.join(ROWS[0])})")
    con.executemany(f"insert into articles values ({', '.join('?' * len(ROWS[0]))})", [tuple(row.values()) for row in ROWS])
    con.commit()
    con.close()
    return f"sqlite:{folder / 'a.db'}#articles"


def rows_in_duckdb(folder: Path) -> str:
    with duckdb.connect(str(folder / "a.duckdb")) as con:
        con.register("given", TABLE)
        con.execute("create table articles as select * from given")
    return f"duckdb:{folder / 'a.duckdb'}#articles"


DOORS: dict[str, Callable[[Path], str]] = {
    "text files": texts,
    "zip of text files": texts_in_zip,
    "tar.xz of UTF-16 text files": texts_in_tar,
    "WET by warcio": texts_in_wet,
    "HTML files": pages,
    "HTML in gzip": pages_in_gzip,
    "WARC by warcio": pages_in_warc,
    "WARC by fastwarc": pages_in_fastwarc,
    "MHTML": saved_pages,
    "JSON Lines with HTML, zstd": pages_in_json,
    "newsletters": letters,
    "RSS": feed("rss"),
    "Atom": feed("atom"),
    "JSON Feed": json_feed,
    "CSV": rows_in_csv,
    "TSV in xz": rows_in_tsv,
    "JSON": rows_in_json,
    "Parquet": lambda folder: pyarrow.parquet.write_table(TABLE, folder / "a.parquet", row_group_size=50) or str(folder),
    "Feather": lambda folder: pyarrow.feather.write_feather(TABLE, folder / "a.feather") or str(folder),
    "Arrow file": rows_in_arrow,
    "Arrow stream": rows_in_a_stream,
    "SQLite": rows_in_sqlite,
    "DuckDB": rows_in_duckdb,
}


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return load_knowledge(None)


CLEANED: dict[Record, list[Story]] = {}


def stories(records: list[Record]) -> list[list[Story]]:
    """The stories of each record, as (title, body); a record that came through another door before is not cleaned again."""
    bare = [each._replace(source_uri=str(at), record_no=1, encoding="", note=None, fetched_at=None) for at, each in enumerate(records)]
    fresh = [each for each in bare if each not in CLEANED]
    if fresh:
        frame = pages_from_records(records_frame(fresh), hints=knowledge().hints)
        made = clean_pages(frame, wording=knowledge().wording)["articles"].sort("document_id", "story_no")
        found: dict[str, list[Story]] = {}
        for row in made.iter_rows(named=True):
            found.setdefault(row["document_id"], []).append((row["title"], row["body"]))
        for record, document in zip(fresh, frame["document_id"], strict=True):
            CLEANED[record] = found.get(document, [])
    return [CLEANED[each] for each in bare]


def through(door: str, folder: Path) -> list[list[Story]]:
    records = list(read_inputs(find_inputs([DOORS[door](folder)]), Settings()))
    assert len(records) == len(STORIES) and all(isinstance(each, Record) for each in records), records[:2]
    return stories([each for each in records if isinstance(each, Record)])


def meant(each: Invented) -> Story:
    return each.title, "\n\n".join(each.paragraphs)


@pytest.mark.parametrize("door", DOORS)
def test_every_door_gives_the_same_articles(door: str, tmp_path: Path) -> None:
    found = through(door, tmp_path)
    assert [len(each) for each in found] == [1] * len(STORIES)
    same = sum(each[0] == meant(story) for each, story in zip(found, STORIES, strict=True))
    assert same >= _LEAST * len(STORIES), next((each[0], meant(s)) for each, s in zip(found, STORIES, strict=True) if each[0] != meant(s))
