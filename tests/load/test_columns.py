"""A field's text is read as what it is: plain, or a piece of a page however few its tags."""

import pytest

from flows.load.columns import pick, read_fragment
from flows.load.records import Record


@pytest.mark.parametrize(
    ("given", "content", "is_html"),
    [
        pytest.param(
            "<p>A met B.</p><p>&quot;Good,&quot; B said.</p>", "<p>A met B.</p><p>&quot;Good,&quot; B said.</p>", True, id="two tags"
        ),
        pytest.param("<p>A met B.</p>", "<p>A met B.</p>", True, id="one tag"),
        pytest.param("One.<br><br>Two.", "One.<br><br>Two.", True, id="line breaks"),
        pytest.param("One.\n\nTwo.<br>Three.", "One.<br><br>Two.<br>Three.", True, id="blank lines and a line break"),
        pytest.param("&lt;p&gt;One.&lt;/p&gt;", "<p>One.</p>", True, id="escaped markup"),
        pytest.param("R&amp;D. It&#39;s on", "R&D. It's on", False, id="entities"),
        pytest.param("One.\n\nTwo <b>or</b> more", "One.\n\nTwo or more", False, id="tags within a line"),
        pytest.param("1 < 2 & 3 > 2; the <p> tag", "1 < 2 & 3 > 2; the <p> tag", False, id="no markup"),
    ],
)
def test_a_piece_of_a_page_in_a_field(given: str, content: str, is_html: bool) -> None:
    assert read_fragment(given) == (content, is_html)
    found = pick({"body": given}, file_uri="f", record_no=1, encoding="utf-8")
    assert isinstance(found, Record) and (found.content, found.is_html) == (content, is_html)


@pytest.mark.parametrize(
    ("fields", "outlet", "url"),
    [
        pytest.param(
            {"source": {"id": None, "name": "Port News"}, "url": "https://a.example/1"}, "Port News", "https://a.example/1", id="object"
        ),
        pytest.param({"source": "Port News"}, "Port News", None, id="a name"),
        pytest.param({"source": "https://a.example/1"}, None, "https://a.example/1", id="an address"),
        pytest.param(
            {"source": "https://a.example/1", "url": "none", "publication": "Port News"}, "Port News", "https://a.example/1", id="both"
        ),
        pytest.param({"source": 17}, None, None, id="a number"),
    ],
)
def test_who_published_it_and_where(fields: dict[str, object], outlet: str | None, url: str | None) -> None:
    found = pick({"text": "Talks.", "publishedAt": "2024-01-05T10:00:00Z", **fields}, file_uri="f", record_no=1, encoding="utf-8")
    assert isinstance(found, Record) and (found.outlet, found.url, found.published) == (outlet, url, "2024-01-05T10:00:00Z")
