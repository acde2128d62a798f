"""Wording is matched by words alone: case, punctuation and accents do not count, numbers are all alike."""

import pytest

from flows.clean.blocks import split_blocks
from flows.clean.lexicon import CleanLexicon
from flows.clean.wording import BIT, make_vocabulary, read_wording
from flows.clean.words import find_words, number_phrases


def told(lexicon: CleanLexicon, text: str, position: str) -> set[str]:
    blocks = split_blocks([text])
    wording = read_wording(find_words(blocks), lexicon.vocabulary)
    mask = int(getattr(wording, position)[0])
    return {role for role, bit in BIT.items() if mask & bit}


@pytest.mark.parametrize(
    ("text", "position", "role"),
    [
        pytest.param("SHARE THIS ARTICLE", "line", "widget", id="capitals"),
        pytest.param("— Previous Article —", "line", "previous", id="punctuation around"),
        pytest.param("1,204 comments", "line", "comment", id="a number"),
        pytest.param("Vue lecture", "line", "widget", id="French"),
        pytest.param("A lire egalement", "line", "related", id="French without accents"),
        pytest.param("Das könnte Sie auch interessieren:", "line", "related", id="German"),
        pytest.param("Читайте также: переговоры в Женеве", "start", "related", id="Russian"),
        pytest.param("اقرأ أيضا", "line", "related", id="Arabic"),
        pytest.param("延伸阅读：日内瓦会谈", "start", "related", id="Chinese, no spaces"),
        pytest.param("무단전재 및 재배포 금지", "within", "legal", id="Korean"),
        pytest.param("Photo by Jane Roe", "start", "credit", id="credit"),
        pytest.param("You can sign up for our newsletter here", "within", "promo", id="within"),
    ],
)
def test_furniture_is_known(lexicon: CleanLexicon, text: str, position: str, role: str) -> None:
    assert role in told(lexicon, text, position)


@pytest.mark.parametrize(
    "text", ["Gorbachev and Reagan met in Geneva in November 1985.", "Женева приняла гостей.", ""], ids=["English", "Russian", "empty"]
)
def test_prose_is_no_furniture_line(lexicon: CleanLexicon, text: str) -> None:
    blocks = split_blocks([text])
    wording = read_wording(find_words(blocks), lexicon.vocabulary)
    assert not wording.line.any()


def test_users_wording_is_read() -> None:
    vocabulary = make_vocabulary([("widget", "line", "toss a coin")], function_words=[], months=[], weekdays=[])
    blocks = split_blocks(["Toss a coin!\n\nToss a coin now"])
    assert read_wording(find_words(blocks), vocabulary).line.tolist() == [BIT["widget"], 0]


def test_a_role_that_is_unknown_is_an_error() -> None:
    with pytest.raises(KeyError):
        make_vocabulary([("nonsense", "line", "a")], function_words=[], months=[], weekdays=[])


def test_numbers_do_not_depend_on_the_batch() -> None:
    alone, _, _ = number_phrases(["peace talks"])
    among, _, _ = number_phrases(["x", "Peace  TALKS", "y z"])
    assert alone[0] == among[1]
