"""What is wrong with one record costs none of those beside it."""

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from flows.load.decode import Decoded, decode
from flows.load.inputs import at_place, find_inputs
from flows.load.pages import document_id
from flows.load.plain import one_of_many
from flows.load.readers import read_inputs
from flows.load.records import Record, Reject
from flows.settings import Settings

BAD_BYTES = b"caf\xe9 \\ud800 +2AA- \xe9\xe8\xff"
NO_ENCODINGS = ["unicode_escape", "unicode-escape", "raw_unicode_escape", "undefined", "utf-7", "U7", "idna", "punycode", "charmap", "hex"]


def read(path: Path) -> list[Record | Reject]:
    found = list(read_inputs(find_inputs([str(path)]), Settings()))
    for each in found:
        if isinstance(each, Record):
            document_id(each)
    return found


def outcomes(found: list[Record | Reject]) -> list[str]:
    return ["loaded" if isinstance(each, Record) else each.reason for each in found]


@pytest.mark.parametrize("name", [*NO_ENCODINGS, "a\0b", "\ud800"])
def test_a_name_that_is_no_encoding_of_pages_is_passed_over(name: str) -> None:
    declared = b'<meta charset="' + name.encode("utf-8", "replace") + b'">' + BAD_BYTES
    for found in (decode(BAD_BYTES, declared=name), decode(declared)):
        assert isinstance(found, Decoded) and "\\ud800" in found.text and found.encoding not in NO_ENCODINGS
        found.text.encode("utf-8")


def test_a_page_whose_ascii_declares_utf_16_is_not_in_it() -> None:
    found = decode(b'<meta charset="utf-16">' + "Café in Zürich: talks on Friday".encode("cp1252"))
    assert isinstance(found, Decoded) and found.text.endswith("Café in Zürich: talks on Friday")


@pytest.mark.parametrize(
    ("subject", "kind", "body"),
    [
        pytest.param(b"=?utf-7?q?+2AA-?= x", b"text/plain", b"Second story.", id="a subject of half a character"),
        pytest.param(b"Two", b'text/plain; charset="undefined"', BAD_BYTES, id="an encoding that is none"),
        pytest.param(b"Two", b"text/plain; charset=un\0defined", BAD_BYTES, id="NUL in an encoding"),
        pytest.param(b"Two", b"text/html", b"<meta charset=unicode_escape>" + BAD_BYTES, id="escapes as an encoding"),
        pytest.param(b"=?x\0?b?4?=", b"text/plain; charset*=\xff''\xff", BAD_BYTES, id="nonsense"),
    ],
)
def test_a_mailbox_goes_on_after_a_bad_message(tmp_path: Path, subject: bytes, kind: bytes, body: bytes) -> None:
    def message(subject: bytes, kind: bytes, body: bytes) -> bytes:
        return b"From a@b.example Mon Jan  1 00:00:00 2024\nSubject: " + subject + b"\nContent-Type: " + kind + b"\n\n" + body + b"\n\n"

    good = message(b"One", b"text/plain; charset=utf-8", b"A good story.")
    (tmp_path / "a.mbox").write_bytes(good + message(subject, kind, body) + good)
    assert outcomes(read(tmp_path)) == ["loaded"] * 3


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"kind": b"text/html; charset=undefined"}, id="an encoding that is none"),
        pytest.param({"kind": b"text/html; charset=un\0defined"}, id="NUL in an encoding"),
        pytest.param({"body": b'<meta charset="undefined">' + BAD_BYTES}, id="an encoding that is none, in the page"),
        pytest.param({"body": b'<meta charset="unicode_escape">' + BAD_BYTES}, id="escapes as an encoding"),
        pytest.param({"address": b"http://a.example/\xff\xc3"}, id="bytes in the address"),
        pytest.param({"date": b"2024-13-45T99:00:00Z"}, id="a day that there is not"),
    ],
)
def test_an_archive_goes_on_after_a_bad_page(tmp_path: Path, told: dict[str, bytes]) -> None:
    def page(
        kind: bytes = b"text/html",
        body: bytes = b"<p>A story: caf\xe9.</p>",
        address: bytes = b"http://a.example/",
        date: bytes = b"2024-01-01T00:00:00Z",
    ) -> bytes:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + body
        head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + address + b"\r\nWARC-Date: " + date
        about = b"\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: " + str(len(http)).encode()
        return head + about + b"\r\n\r\n" + http + b"\r\n\r\n"

    (tmp_path / "a.warc").write_bytes(page() + page(**told) + page())
    assert outcomes(read(tmp_path)) == ["loaded"] * 3


def test_a_zip_archive_goes_on_after_a_broken_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.txt", "A story.")
        archive.writestr("2.txt.gz", gzip.compress(os.urandom(500))[:-60])
        archive.writestr("3.txt", "Another story.")
    found = read(tmp_path)
    assert outcomes(found) == ["loaded", "bad_archive", "loaded"]
    assert [(each.source_uri, each.record_no) for each in found] == [
        (f"a.zip#{name}", n) for n, name in enumerate(("1.txt", "2.txt.gz", "3.txt"), 1)
    ]


def test_a_mistake_on_one_record_is_one_reject() -> None:
    assert one_of_many(lambda: [][0], "a.warc#2", 2) == Reject(
        "a.warc#2", 2, "unreadable", "unexpected IndexError: list index out of range"
    )  # type: ignore[misc]


def test_names_that_are_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / "in" / name).write_text("A story.")
    except OSError:
        pytest.skip("this disk keeps no such names")
    with tarfile.open(tmp_path / "in" / "z.tar", "w") as archive:
        member = tarfile.TarInfo(name)
        member.size = 5
        archive.addfile(member, io.BytesIO(b"Story"))
    assert [each.source_uri for each in read(tmp_path / "in")] == ["caf\\xe9.txt", "z.tar#caf\\xe9.txt"]
    first = find_inputs([str(tmp_path / "in")])[0]
    assert first.place and at_place(first.uri, first.place) == first


ASCII = "A plain story of some length that runs on for a while and says little of note"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [pytest.param("cp1252", "Café Müller opened in Köln – naïve", id="cp1252"), pytest.param("utf-8", "Жёлтые «кавычки»", id="utf-8")],
)
def test_a_table_that_leaves_ascii_late_keeps_its_letters(tmp_path: Path, encoding: str, told: str) -> None:
    lines = ["id,text", *(f'{n},"{ASCII} {n}"' for n in range(1200)), f'x,"{told}"', f'y,"{ASCII}"']
    (tmp_path / "a.csv").write_bytes("\n".join(lines).encode(encoding))
    assert (tmp_path / "a.csv").stat().st_size > 1 << 16
    *_, before, late, after = read(tmp_path / "a.csv")
    assert isinstance(late, Record) and isinstance(before, Record) and isinstance(after, Record)
    assert (late.content, late.encoding) == (told, encoding)
    assert late.note == ("column text: encoding guessed as cp1252" if encoding == "cp1252" else None)
    assert before.note is after.note is None


def test_a_table_says_that_its_encoding_was_guessed(tmp_path: Path) -> None:
    text = "Der Außenminister sprach über die Gespräche in Genf und die nächsten Schritte für Österreich."
    (tmp_path / "a.csv").write_bytes(f"text,title\n{text},Genf\nNur Ascii,Genf\n{text},Bern\n".encode("latin-1"))
    found = read(tmp_path / "a.csv")
    assert [each.content for each in found if isinstance(each, Record)] == [text, "Nur Ascii", text]
    assert [each.note for each in found if isinstance(each, Record)] == ["encoding guessed as cp1252", None, "encoding guessed as cp1252"]


def test_a_row_that_is_too_large_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\n1,one story\n2,"' + "x" * 2000 + '"\n3,three\n')
    found = list(read_inputs(find_inputs([str(tmp_path / "a.csv")]), Settings(max_page_bytes=1000)))
    assert outcomes(found) == ["loaded", "too_large", "loaded"]
    assert [(each.source_uri, each.record_no) for each in found] == [(f"a.csv#{n}", n) for n in (1, 2, 3)]
