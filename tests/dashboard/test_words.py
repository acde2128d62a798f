"""Text that strangers wrote becomes Markdown that says just that; facts cut a block without losing a character."""

import pytest

pytest.importorskip("streamlit")

from flows.dashboard import words
from flows.dashboard.filters import Filters, from_address
from flows.dashboard.network import place_nodes
from flows.dashboard.parts import marked
from flows.dashboard.spans import Fact, pieces


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# head", "\\# head"),
        ("[a](javascript:b)", "\\[a\\]\\(javascript\\:b\\)"),
        ("![a](https://x.example/y)", "\\!\\[a\\]\\(https\\:\\/\\/x\\.example\\/y\\)"),
        ("<b>", "\\<b\\>"),
        ("a\nb", "a b"),
        ("a\u202eb", "a�b"),
        ("東京 и Москва", "東京 и Москва"),
        ("", ""),
    ],
)
def test_markdown_is_inert(text: str, says: str) -> None:
    assert words.plain(text) == says


@pytest.mark.parametrize("text", [":red[a]", ":material/home:", ":smile:"])
def test_short_codes_are_broken(text: str) -> None:
    assert "\u2060" in words.plain(text)


def test_overlapping_facts_lose_no_character() -> None:
    text = "“Nixon met Mao,” he said"
    facts = [
        Fact("quote", 1, 1, 101, 115, ""),
        Fact("mention", 1, 1, 101, 106, ""),
        Fact("event", 1, 1, 107, 110, ""),
        Fact("mention", 2, 1, 90, 102, ""),
    ]
    found = pieces(text, 100, facts)
    assert "".join(piece["text"] for piece in found) == text
    assert [piece.get("fact") for piece in found if piece["text"] in ("Nixon", "met")] == ["mention-1", "event-1"]


@pytest.mark.parametrize("text", ["", "مرحبا بالعالم", "東京で会談", "İstanbul", "a<script>"])
def test_marks_lose_no_character(text: str) -> None:
    assert "".join(run["text"] for run in marked(text, [(0, 1), (0, 2), (3, 4), (900, 901)])) == text


@pytest.mark.parametrize(
    "address", [{}, {"from": ["x"]}, {"from": []}, {"country": ["", "CHN", "CHN"]}, {"person": ["a"] * 100}, {"from": ["9999-99-99"]}]
)
def test_an_address_made_up_by_somebody_is_read_as_far_as_it_can_be(address: dict[str, list[str]]) -> None:
    found = from_address(address)
    assert isinstance(found, Filters) and len(found.people) <= 20


def test_an_address_comes_back_as_it_went() -> None:
    filters = from_address({"from": ["1972-02-01"], "country": ["CHN", "USA"], "outlet": ["a & b"]})
    assert from_address({key: [value] if isinstance(value, str) else value for key, value in filters.as_address().items()}) == filters


def test_a_drawing_is_the_same_each_time_and_fits() -> None:
    ties = tuple((f"n{at}", f"n{at * 7 % 30}", 1.0 + at % 3) for at in range(1, 60))
    first = place_nodes(ties)
    assert first == place_nodes(ties) and all(0 <= node.x <= 1 and 0 <= node.y <= 1 for node in first)
    assert place_nodes(()) == ()
