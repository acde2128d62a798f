"""Records become pages: titles first where they came apart."""

import pytest

from flows.load.pages import registrable_domain


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
