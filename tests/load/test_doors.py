"""Every door, with files made by the format's own writers: the same pages come through each."""

import csv
import gzip
import io
import json
import sqlite3
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet
import pytest
import zstandard
from fastwarc.warc import WarcRecord, WarcRecordType

from flows.errors import InputNotFound
from flows.load.inputs import find_inputs
from flows.load.readers import read_inputs
from flows.load.records import Record, Reject
from flows.settings import Settings

PAGES = [
    {
        "id": f"p{n}",
        "url": f"https://news.example.org/{n}",
        "title": f"Title {n}",
        "date": "1972-02-21",
        "text": f"Körper {n}. Ministers met in Genève.\nIt rained.",
    }
    for n in range(3)
]


def read(path: Path | str, **settings: object) -> list[Record | Reject]:
    return list(read_inputs(find_inputs([str(path)]), Settings(**settings)))  # type: ignore[arg-type]


def records(path: Path | str) -> list[Record]:
    found = read(path)
    assert not [each for each in found if isinstance(each, Reject)], found
    return [each for each in found if isinstance(each, Record)]


def as_csv(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(PAGES[0]))
        writer.writeheader()
        writer.writerows(PAGES)


def as_semicolons(path: Path) -> None:
    with path.open("w", newline="", encoding="cp1252") as out:
        writer = csv.DictWriter(out, list(PAGES[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(PAGES)


def as_tsv_gz(path: Path) -> None:
    with gzip.open(path, "wt", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(PAGES[0]), delimiter="\t")
        writer.writeheader()
        writer.writerows(PAGES)


def as_ipc(path: Path) -> None:
    table = pa.Table.from_pylist(PAGES)
    with pyarrow.ipc.new_file(path, table.schema) as out:
        out.write_table(table)


def as_sqlite(path: Path) -> None:
    con = sqlite3.connect(path)
    con.execute("create table articles (id, url, title, date, text)")
    con.executemany("insert into articles values (:id, :url, :title, :date, :text)", PAGES)
    con.commit()
    con.close()


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param("pages.csv", as_csv, id="csv"),
        pytest.param("pages.csv", as_semicolons, id="csv with semicolons in cp1252"),
        pytest.param("pages.tsv.gz", as_tsv_gz, id="tsv in gzip"),
        pytest.param("pages.parquet", lambda path: pyarrow.parquet.write_table(pa.Table.from_pylist(PAGES), path), id="parquet"),
        pytest.param("pages.feather", lambda path: pyarrow.feather.write_feather(pa.Table.from_pylist(PAGES), path), id="feather"),
        pytest.param("pages.arrow", as_ipc, id="arrow"),
        pytest.param(
            "pages.jsonl.zst",
            lambda path: path.write_bytes(zstandard.compress("\n".join(map(json.dumps, PAGES)).encode())),
            id="jsonl in zstd",
        ),
        pytest.param("pages.json", lambda path: path.write_text(json.dumps({"articles": PAGES}, indent=2)), id="json"),
    ],
)
def test_a_table_of_pages(tmp_path: Path, name: str, write) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / name)
    found = records(tmp_path)
    assert [(r.source_uri, r.content, r.title, r.url, r.published) for r in found] == [
        (f"{name}#{page['id']}", page["text"], page["title"], page["url"], page["date"]) for page in PAGES
    ]


def test_a_sqlite_table(tmp_path: Path) -> None:
    as_sqlite(tmp_path / "old.db")
    assert [r.source_uri for r in records(f"sqlite:{tmp_path / 'old.db'}#articles")] == [
        "old.db#articles#p0",
        "old.db#articles#p1",
        "old.db#articles#p2",
    ]
    (missing,) = read(f"sqlite:{tmp_path / 'old.db'}#nothing")
    assert isinstance(missing, Reject) and missing.reason == "bad_table"
    with pytest.raises(InputNotFound, match="sqlite:FILE#TABLE"):
        find_inputs([f"sqlite:{tmp_path / 'old.db'}"])


def test_columns_of_other_names_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nr,wortlaut\n1,Ein Satz.\n")
    (rejected,) = read(tmp_path)
    assert (
        isinstance(rejected, Reject)
        and rejected.reason == "no_text"
        and "--text-column" in rejected.detail
        and "wortlaut" in rejected.detail
    )
    (found,) = read(tmp_path, text_column="wortlaut")
    assert isinstance(found, Record) and found.content == "Ein Satz."


def test_the_text_may_be_called_raw_content(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"raw_content": "T", "title": "H", "published": "2024-01-02", "author": "A"}))
    (found,) = records(tmp_path)
    assert (found.content, found.title, found.published, found.byline) == ("T", "H", "2024-01-02", "A")


def warc_of(pages: list[tuple[str, str, bytes]]) -> bytes:
    out = io.BytesIO()
    for url, kind, body in pages:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        item = WarcRecord()
        item.init_headers(WarcRecordType.response)
        item.headers["WARC-Target-URI"] = url
        item.headers["Content-Type"] = "application/http; msgtype=response"
        item.headers["WARC-Date"] = "2024-03-04T05:06:07Z"
        item.set_bytes_content(head + body)
        item.write(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_warc_archive(tmp_path: Path, name: str) -> None:
    data = warc_of(
        [
            ("https://a.example.org/1", "text/html; charset=windows-1251", "<p>Привет, мир</p>".encode("cp1251")),
            ("https://a.example.org/x.png", "image/png", b"\x89PNG"),
            ("https://a.example.org/2", "text/plain", b"Plain text."),
        ]
    )
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    first, second = records(tmp_path)
    assert (first.url, first.content, first.is_html, str(first.fetched_at)) == (
        "https://a.example.org/1",
        "<p>Привет, мир</p>",
        True,
        "2024-03-04 05:06:07",
    )
    assert (second.content, second.is_html) == ("Plain text.", False)
    assert first.source_uri.startswith(f"{name}#") and first.source_uri != second.source_uri


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Feed</title>
<item><title>Full &amp; whole</title><link>https://x.example/1</link><guid>g1</guid><pubDate>Mon, 21 Feb 1972 10:00:00 GMT</pubDate>
<description>short</description><content:encoded><![CDATA[<p>All of the text.</p>]]></content:encoded><source url="https://o.example/feed">The Origin</source></item>
<item><title>Teaser</title><link>https://x.example/2</link><description>Only a teaser.</description></item><item><title>Nothing</title></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Atom Feed</title><entry><id>e1</id><title>One</title>
<link href="https://x.example/1"/><published>1972-02-21T10:00:00Z</published><author><name>A. Writer</name></author><content type="html">&lt;p&gt;Body&lt;/p&gt;</content></entry></feed>"""


def test_feeds(tmp_path: Path) -> None:
    (tmp_path / "rss.xml").write_text(RSS)
    full, teaser, nothing = read(tmp_path)
    assert isinstance(full, Record) and isinstance(teaser, Record) and isinstance(nothing, Reject)
    assert (full.source_uri, full.content, full.title, full.outlet, full.published) == (
        "rss.xml#g1", "<p>All of the text.</p>", "Full & whole", "The Origin", "1972-02-21T10:00:00Z")  # fmt: skip
    assert (teaser.content, teaser.outlet, teaser.url) == ("Only a teaser.", "The Feed", "https://x.example/2")
    assert nothing.reason == "no_text"
    (tmp_path / "rss.xml").write_text(ATOM)
    (entry,) = records(tmp_path)
    assert (entry.content, entry.byline, entry.outlet) == ("<p>Body</p>", "A. Writer", "Atom Feed")
    (tmp_path / "rss.xml").unlink()
    (tmp_path / "feed.json").write_text(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "J",
                "items": [{"id": "1", "content_text": "Text.", "authors": [{"name": "A"}]}],
            }
        )
    )
    (entry,) = records(tmp_path)
    assert (entry.content, entry.outlet, entry.byline) == ("Text.", "J", "A")


def test_an_entity_bomb_in_a_feed_does_no_harm(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    secret = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    (tmp_path / "a.xml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [{bomb}{secret}]><rss version="2.0"><channel><title>t</title><item><title>&x;</title><description>&e11; text</description></item></channel></rss>'
    )
    assert all(len(r.content) < 10_000 and "root:" not in r.content + (r.title or "") for r in read(tmp_path) if isinstance(r, Record))


def test_newsletters_and_saved_pages(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        "The briefing",
        "The Herald <news@herald.example>",
        "Mon, 21 Feb 1972 10:00:00 +0000",
    )
    message.set_content("Plain part.")
    message.add_alternative("<html><body><p>HTML part, é.</p></body></html>", subtype="html")
    (tmp_path / "letter.eml").write_bytes(message.as_bytes())
    (letter,) = records(tmp_path)
    assert (letter.title, letter.outlet, letter.is_html, "HTML part, é." in letter.content) == ("The briefing", "The Herald", True, True)
    (tmp_path / "letter.eml").unlink()
    (tmp_path / "page.mht").write_bytes(
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/a\r\nSubject: t\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: https://x.example/a\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Caf=C3=A9</p>\r\n--b--\r\n"
    )
    (page,) = records(tmp_path)
    assert page.url == "https://x.example/a" and "Café" in page.content


def test_archives_of_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.txt", "One page.")
        archive.writestr("../../two.html", "<html><body><p>Two</p></body></html>")
        archive.writestr("more.jsonl", json.dumps(PAGES[0]))
        archive.writestr(".hidden", "no")
        archive.writestr("empty.txt", "")
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("inner/three.txt")
        info.size = 6
        archive.addfile(info, io.BytesIO(b"Three."))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    found = read(tmp_path)
    assert [(r.source_uri, type(r).__name__) for r in found] == [
        ("a.zip#one.txt", "Record"), ("a.zip#../../two.html", "Record"), ("a.zip#more.jsonl#p0", "Record"), ("a.zip#empty.txt", "Reject"),
        ("b.tar.gz#inner/three.txt", "Record")]  # fmt: skip
    assert [r.record_no for r in found] == [1, 2, 3, 4, 1]
    assert sorted(file.name for file in tmp_path.parent.iterdir()) == [tmp_path.name] or not (tmp_path.parent / "two.html").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.zip", b"PK\x03\x04 broken", id="broken zip"),
        pytest.param("a.tar", b"x" * 257 + b"ustar" + b"y" * 300, id="broken tar"),
        pytest.param("a.txt.zst", zstandard.compress(b"text " * 999)[:-5], id="zstd cut short"),
        pytest.param("a.parquet", b"PAR1 broken PAR1", id="broken parquet"),
        pytest.param("a.feather", b"ARROW1 broken", id="broken arrow"),
        pytest.param("a.warc", b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\nshort", id="lying warc"),
        pytest.param("a.xml", b"<rss><broken", id="broken feed"),
        pytest.param("a.eml", b"Content-Type: multipart/mixed; boundary=b\r\n\r\n", id="empty mail"),
    ],
)
def test_broken_files_are_rejects(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path)
    assert len(found) == 1 and isinstance(found[0], Reject), found


def test_a_bomb_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.load.archives._ALWAYS_ALLOWED", 1_000_000)
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=9) as out:
        out.write(b"\n" * 5_000_000)
    (found,) = read(tmp_path)
    assert isinstance(found, Reject) and found.reason == "bad_archive" and "unpack" in found.detail


def test_archives_within_archives_have_an_end(tmp_path: Path) -> None:
    data = b"text"
    for _ in range(8):
        data = gzip.compress(data)
    (tmp_path / "a.gz").write_bytes(data)
    (found,) = read(tmp_path)
    assert isinstance(found, Reject) and found.reason == "bad_archive"
