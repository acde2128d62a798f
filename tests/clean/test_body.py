"""Which blocks count as text of a story: strays, and what tags put aside."""

from types import SimpleNamespace

import pytest

from flows.clean.body import _drop_signed, _drop_strays, _end_at, _fill_gaps, _is_marked_aside
from flows.clean.evidence import FLAG
from flows.clean.page import BYLINE, DATELINE, Markup


@pytest.mark.parametrize(
    ("odds", "words", "kept"),
    [
        pytest.param({0: 5.0, 1: 5.0, 20: 1.0}, 30, [0, 1], id="a doubtful block far below"),
        pytest.param({0: 1.0, 20: 5.0, 21: 5.0, 22: 5.0}, 30, [20, 21, 22], id="a doubtful block far above"),
        pytest.param({0: 5.0, 1: 5.0, 20: 4.0}, 30, [0, 1, 20], id="sure to be text"),
        pytest.param({0: 5.0, 1: 5.0, 8: 1.0}, 30, [0, 1, 8], id="near the rest"),
        pytest.param({0: 1.0, 20: 1.0}, 30, [0, 20], id="as much as the rest"),
        pytest.param({}, 30, [], id="no body"),
    ],
)
def test_strays_are_no_body(odds: dict[int, float], words: float, kept: list[int]) -> None:
    page = SimpleNamespace(size=24, odds=[odds.get(at, -5.0) for at in range(24)], words=[words] * 24)
    body = [at in odds for at in range(24)]
    _drop_strays(page, body)  # type: ignore[arg-type]
    assert [at for at in range(24) if body[at]] == kept


@pytest.mark.parametrize(
    ("flags", "hint", "odds", "aside"),
    [
        pytest.param(FLAG["main_container"], "", 0.5, False, id="in the main container"),
        pytest.param(0, "", 0.5, True, id="outside, in doubt"),
        pytest.param(0, "", 1.5, False, id="outside, likely"),
        pytest.param(FLAG["main_container"], "caption", 1.5, True, id="class of captions"),
        pytest.param(FLAG["main_container"] | FLAG["comments"], "", 2.5, True, id="among comments"),
        pytest.param(FLAG["main_container"] | FLAG["comments"], "comment", 3.5, False, id="among comments, sure"),
    ],
)
def test_tags_put_blocks_aside(flags: int, hint: str, odds: float, aside: bool) -> None:
    assert _is_marked_aside(Markup(["p"], [hint], [flags], [0.0], [""]), 0, odds) is aside


@pytest.mark.parametrize(
    ("mark", "kept"),
    [pytest.param(2, [0, 1, 4], id="below most of the text"), pytest.param(0, [0, 1, 3, 4], id="above the text")],
)
def test_what_stands_below_a_line_of_comments_must_be_sure(mark: int, kept: list[int]) -> None:
    page = SimpleNamespace(
        size=5,
        odds=[5.0, 5.0, -5.0, 1.0, 7.0],
        words=[30.0] * 5,
        strong=[at == mark for at in range(5)],
        line=[at == mark for at in range(5)],
    )
    body = [True, True, False, True, True]
    _end_at(page, body, 1, 0.3, 6.0)  # type: ignore[arg-type]
    assert [at for at in range(5) if body[at]] == kept


@pytest.mark.parametrize(
    ("odds", "words", "filled"),
    [
        pytest.param(-0.5, 30.0, True, id="nearly text"),
        pytest.param(-3.0, 30.0, False, id="no text"),
        pytest.param(-0.5, 8.0, False, id="short"),
    ],
)
def test_a_paragraph_between_paragraphs_is_body(odds: float, words: float, filled: bool) -> None:
    page = SimpleNamespace(size=4, odds=[5.0, odds, 5.0, -0.5], words=[30.0, words, 30.0, 30.0], prose=[True] * 4, furniture=[0] * 4)
    body = [True, False, True, False]
    _fill_gaps(page, body)  # type: ignore[arg-type]
    assert body == [True, filled, True, False]


@pytest.mark.parametrize(
    ("words", "several", "kept"),
    [
        pytest.param([4, 2, 3, 30, 30], False, [0, 3, 4], id="above the first paragraph"),
        pytest.param([14, 2, 3, 15, 30], False, [0, 3, 4], id="below a long headline"),
        pytest.param([30, 2, 3, 30, 30], False, [0, 1, 2, 3, 4], id="between paragraphs of one story"),
        pytest.param([4, 2, 3, 5, 30], False, [0, 1, 2, 3, 4], id="a list above the first paragraph"),
        pytest.param([30, 2, 3, 30, 30], True, [0, 3, 4], id="below a headline of another story"),
    ],
)
def test_bylines_and_dates_are_no_text_above_a_paragraph(words: list[float], several: bool, kept: list[int]) -> None:
    page = SimpleNamespace(
        size=5,
        words=words,
        furniture=[0, BYLINE, DATELINE, 0, 0],
        odds=[3.0, 0.4, 0.4, 3.0, 3.0],
        address=[False] * 5,
        stopped=lambda at: at > 2,
    )
    body = [True] * 5
    _drop_signed(page, body, is_several=several)  # type: ignore[arg-type]
    assert [at for at in range(5) if body[at]] == kept
