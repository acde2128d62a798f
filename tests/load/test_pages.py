"""Records become pages: ids that only source and content decide, titles first where they came apart."""

import pytest

from flows.load.pages import document_id, registrable_domain
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
    ("url", "domain"),
    [
        ("https://www.news.example.co.uk/a", "example.co.uk"),
        ("http://EXAMPLE.com:8080/x?y=http://other.org", "example.com"),
        ("https://user@sub.example.de/", "example.de"),
        ("http://192.168.0.1/a", None),
        ("http://[bad", None),
        ("not a url", None),
        ("https://пример.рф/а", "пример.рф"),
    ],
)
def test_registrable_domain(url: str, domain: str | None) -> None:
    assert registrable_domain(url) == domain
