"""Every file, record and broken thing comes out once, as a record or as a reject with a reason."""

import bz2
import gzip
import io
import json
import lzma
from pathlib import Path

import pytest

from flows.errors import InputNotFound
from flows.load.inputs import Input, find_inputs
from flows.load.readers import read_inputs
from flows.load.records import REASONS, Record, Reject
from flows.settings import Settings

SMALL = Settings(max_page_bytes=2000)


def read(folder: Path, settings: Settings = SMALL) -> list[Record | Reject]:
    return list(read_inputs(find_inputs([str(folder)]), settings))


def test_a_folder_is_read_file_by_file_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("B page")
    (tmp_path / "sub" / "a.html").write_text("<html><body><p>A</p></body></html>")
    (tmp_path / ".hidden").write_text("no input")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("no input")
    found = read(tmp_path)
    assert [(r.source_uri, r.is_html) for r in found if isinstance(r, Record)] == [("b.txt", False), ("sub/a.html", True)]


def test_globs_and_files_named_twice_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A")
    (tmp_path / "b.txt").write_text("B")
    inputs = find_inputs([str(tmp_path / "*.txt"), str(tmp_path / "a.txt")])
    assert [each.uri for each in inputs] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("given", ["nowhere", "nowhere/*.txt"])
def test_a_path_that_names_nothing_is_an_error(given: str, tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="nowhere"):
        find_inputs([str(tmp_path / given)])


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="holds no files"):
        find_inputs([str(tmp_path)])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("a.txt", b"", "empty", id="empty"),
        pytest.param("a.txt", b" \n\t ", "empty", id="white space"),
        pytest.param("a.txt", b"\xef\xbb\xbf \n", "empty", id="a mark and white space"),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), "binary", id="picture under a text name"),
        pytest.param("a.pdf", b"%PDF-1.4", "binary", id="pdf"),
        pytest.param("a.txt", b"\xfe\xff\xd8", "undecodable", id="half a character"),
        pytest.param("a.txt", b"x" * 3000, "too_large", id="too large"),
        pytest.param("a.txt.gz", b"no gzip", "bad_archive", id="not gzip"),
        pytest.param("a.txt.gz", gzip.compress(b"a page " * 9)[:-9], "bad_archive", id="gzip cut short"),
        pytest.param("a.txt.xz", b"no xz", "bad_archive", id="not xz"),
        pytest.param("a.json", b'{"text": ', "bad_json", id="broken json"),
        pytest.param("a.json", b'{"title": "only"}', "no_text", id="object without text"),
        pytest.param("a.json", b"[1]", "bad_json", id="list of no objects"),
        pytest.param("a.json", b"[]", "empty", id="empty list"),
        pytest.param("a.jsonl", b'{"text": 5}', "no_text", id="text is a number"),
        pytest.param("a.jsonl", b'{"text": " "}', "empty", id="text is white space"),
        pytest.param("a.jsonl", b"[" * 1500, "bad_json", id="deep nesting"),
        pytest.param("a.jsonl", b'{"text": "' + b"x" * 3000 + b'"}', "too_large", id="line too large"),
    ],
)
def test_bad_input_is_a_reject_with_a_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    (found,) = read(tmp_path)
    assert isinstance(found, Reject)
    assert found.reason == reason and found.reason in REASONS and found.detail


def test_an_unreadable_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("B page")
    found = list(read_inputs([Input("gone.txt", tmp_path / "gone.txt"), Input("b.txt", tmp_path / "b.txt")], SMALL))
    assert [type(each).__name__ for each in found] == ["Reject", "Record"]
    assert isinstance(found[0], Reject) and found[0].reason == "unreadable"


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.jsonl", bytes), ("a.jsonl.gz", gzip.compress), ("a.ndjson.bz2", bz2.compress), ("a.jsonl.xz", lzma.compress), ("lines", bytes)],
)
def test_json_lines_keep_good_records_beside_bad_ones(tmp_path: Path, name: str, pack) -> None:  # type: ignore[no-untyped-def]
    lines = [
        json.dumps(
            {
                "id": "one",
                "text": "First.",
                "url": "https://news.example.org/1",
                "date": "1972-02-21",
                "title": "A title",
                "author": ["A", "B"],
            }
        ),
        "",
        "{broken",
        json.dumps({"content": "Third.", "link": "not a url"}),
        '"just a string"',
        json.dumps({"html": "<p>Fifth</p>", "text": "fifth"}),
    ]
    (tmp_path / name).write_bytes(pack("\n".join(lines).encode()))
    found = read(tmp_path)
    assert [(r.source_uri.partition("#")[2], type(r).__name__) for r in found] == [
        ("one", "Record"), ("2", "Reject"), ("3", "Record"), ("4", "Reject"), ("5", "Record")]  # fmt: skip
    first, third, fifth = (r for r in found if isinstance(r, Record))
    assert (first.content, first.url, first.published, first.title, first.byline) == (
        "First.",
        "https://news.example.org/1",
        "1972-02-21",
        "A title",
        "A, B",
    )
    assert third.url is None and third.published is None
    assert fifth.content == "<p>Fifth</p>"


def test_a_json_document_of_records_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps([{"text": "One"}, {"text": "Two"}]))
    (tmp_path / "object.json").write_text(json.dumps({"text": "Three", "images": [{"src": "x"}]}, indent=1))
    (tmp_path / "wrapped.json").write_text(json.dumps({"status": "ok", "articles": [{"content": "Four"}]}))
    assert [r.content for r in read(tmp_path) if isinstance(r, Record)] == ["One", "Two", "Three", "Four"]


def test_standard_input_takes_text_and_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for content, count in ((b"A page of text.", 1), (b'{"text": "a"}\n{"text": "b"}\n', 2)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert len(list(read_inputs(find_inputs(["-"]), SMALL))) == count


def test_a_text_that_opens_with_a_brace_is_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("{Correction} The meeting took place on Monday.")
    (found,) = read(tmp_path)
    assert isinstance(found, Record) and not found.is_html


def test_lone_surrogates_in_json_are_mended_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "a\\ud800b"}')
    (found,) = read(tmp_path)
    assert isinstance(found, Record) and found.content == "a\ufffdb" and found.note
