"""What makes a page the same page, told by its address, else by the place that it came from."""

from pathlib import Path

import pytest

from flows.load.identity import Place, document_id, find_place, names_page
from flows.load.inputs import Input
from flows.load.records import Record

PAGE = Record("a.txt", 1, "Some text.", False, "text/plain", "utf-8")


def test_the_id_follows_from_source_and_content_alone() -> None:
    assert document_id(PAGE) == document_id(PAGE._replace(record_no=7, encoding="cp1252", note="x"))
    assert (
        len(
            {
                document_id(page)
                for page in (PAGE, PAGE._replace(source_uri="b.txt"), PAGE._replace(content="Other."), PAGE._replace(title="T"))
            }
        )
        == 4
    )
    assert document_id(PAGE) == "d699d4a850407474"


def test_a_page_whose_address_is_told_is_the_same_in_any_file() -> None:
    addressed = PAGE._replace(url="https://news.example/1")
    own = PAGE._replace(content='<html><link href="https://news.example/1" rel="canonical"><p>Some text.', is_html=True)
    for page in (addressed, own):
        assert document_id(page) == document_id(page._replace(source_uri="b.txt"))
        assert document_id(page, by_place=True) != document_id(page._replace(source_uri="b.txt"), by_place=True)
    assert document_id(addressed) != document_id(addressed._replace(url="https://news.example/2"))
    silent = own._replace(content="<html><p>See the canonical text at https://news.example/1.")
    assert document_id(silent) != document_id(silent._replace(source_uri="b.txt"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example", False),
        ("https://news.example/#top", False),
        ("https://news.example//", False),
        ("https://news.example/a", True),
        ("https://news.example/?p=7", True),
        ("http://[bad", False),
        (None, False),
        ("", False),
    ],
)
def test_a_front_page_is_no_address_of_a_story(url: str | None, expected: bool) -> None:
    assert names_page(url) is expected


def test_a_place_is_told_by_the_absolute_path_and_by_what_names_the_record_there() -> None:
    file, elsewhere = Input("a.jsonl", Path("/x/may/a.jsonl")), Input("a.jsonl", Path("/x/june/a.jsonl"))
    named, numbered = PAGE._replace(source_uri="a.jsonl#accord", record_no=3), PAGE._replace(source_uri="a.jsonl#3", record_no=3)
    assert find_place(file, named) == find_place(Input("may/a.jsonl", file.path), named._replace(source_uri="may/a.jsonl#accord"))
    assert find_place(file, named).item != find_place(elsewhere, named).item
    changed = find_place(file, named._replace(content="Other."))
    assert changed.item == find_place(file, named).item and changed.origin != find_place(file, named).origin
    assert find_place(file, numbered).item is None and find_place(file, numbered).origin is not None
    assert find_place(Input("stdin"), PAGE) == find_place(file, PAGE._replace(url="https://news.example/1")) == Place()
