"""Blocks tile every page, whatever is in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean.blocks import split_blocks


def spans_of(text: str) -> list[str]:
    blocks = split_blocks([text])
    return [text[start:end] for start, end in zip(blocks.char_start().tolist(), blocks.char_end().tolist(), strict=True)]


def assert_tiles(texts: list[str]) -> None:
    blocks = split_blocks(texts)
    starts, ends = blocks.char_start().tolist(), blocks.char_end().tolist()
    for page, text in enumerate(texts):
        at = 0
        for number in range(blocks.first[page], blocks.first[page + 1]):
            assert blocks.page[number] == page
            assert text[at : starts[number]].strip() == ""
            block = text[starts[number] : ends[number]]
            assert block and block == block.strip()
            at = ends[number]
        assert text[at:].strip() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \t\r\n\u3000\u2028 ", [], id="white space only"),
        pytest.param("Ford meets Brezhnev\n\n  They spoke.  ", ["Ford meets Brezhnev", "They spoke."], id="blank line and margins"),
        pytest.param("a\r\nb\rc\vd\fe\x85f\u2028g\u2029h", list("abcdefgh"), id="all line breaks"),
        pytest.param("a  b\tc \x00 d", ["a  b\tc \x00 d"], id="inside a block nothing changes"),
        pytest.param("\u00a0אבא הלך\n\u200fשלום\u00a0", ["אבא הלך", "\u200fשלום"], id="right to left, no-break spaces"),
        pytest.param("👩‍👩‍👧 família\n🇫🇷", ["👩‍👩‍👧 família", "🇫🇷"], id="emoji and flags"),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert spans_of(text) == expected


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet=st.characters() | st.sampled_from("\n\r\v\f\x85\u2028\x00 \t\u3000"), max_size=200), max_size=4))
def test_any_text_tiles(texts: list[str]) -> None:
    assert_tiles(texts)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(40, 90),
    st.lists(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=11), min_size=20, max_size=60), min_size=1, max_size=5),
)
def test_wrapped_text_tiles(width: int, paragraphs: list[list[str]]) -> None:
    import textwrap

    assert_tiles(["\n\n".join(textwrap.fill(" ".join(words), width) for words in paragraphs)])


def test_wrapped_page_becomes_paragraphs() -> None:
    import textwrap

    sentence = "The delegations met in the old guest house at the lake and talked until the evening about missiles of medium range"
    paragraphs = [f"{sentence}, {word}, and agreed to meet again." for word in ("first", "second", "third", "fourth")]
    text = "\n\n".join(textwrap.fill(paragraph, 64) for paragraph in ["Talks at the lake", *paragraphs])
    assert [block.replace("\n", " ") for block in spans_of(text)] == ["Talks at the lake", *paragraphs]


def test_lines_of_a_list_stay_lines() -> None:
    text = "\n".join(["Home", "World", "Politics and more", "Sport", "Culture", "Weather today", "About us", "Contact", "Privacy"])
    assert len(spans_of(text)) == 9
