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


def test_pages_are_made_where_pandas_is_hidden() -> None:
    import subprocess
    import sys

    code = (
        "import sys; sys.modules['pandas'] = None; from flows.load.pages import pages_from_records, records_frame; "
        "from flows.load.records import Record; from flows.reference.html_hints import load_html_hints; from flows.reference import BUNDLED; "
        "pages = pages_from_records(records_frame([Record('a', 1, 'A story.', False, 'text/plain', 'utf-8'), "
        "Record('b', 1, '<p>A story.', True, 'text/html', 'utf-8')]), hints=load_html_hints(BUNDLED)); "
        "assert pages['markup'].list.len().to_list() == [None, 1]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
