"""Whom pronouns and phrases mean."""

import datetime as dt

import pytest
from real_gazetteer import real_gazetteer

from flows.enrich.coreference import entity_at, resolve_references
from flows.enrich.names import find_names
from flows.enrich.story import story_from_text


def references(text: str, on: dt.date | None = None) -> list[tuple[str, str]]:
    """The pronouns and phrases of a text with whom they mean."""
    story = story_from_text(text, language="en")
    mentions, entities = find_names(story, real_gazetteer())
    both = resolve_references(story, mentions, entities, real_gazetteer(), on=on)
    assert all(mention.entity_id in entities for mention in both)
    assert [m.char_start for m in both] == sorted(m.char_start for m in both)
    return [(story.page_text[m.char_start : m.char_end], m.entity_id.split("/")[1]) for m in both if m not in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Anwar Sadat met Jimmy Carter. “Good,” he said.", [("he", "anwar-sadat")], id="the subject before the object"),
        pytest.param(
            "Egyptian President Anwar Sadat visited Vienna and met American President Jimmy Carter.\n\n“Good,” he said.",
            [("he", "anwar-sadat")],
            id="the subject of joined verbs before the object with its title",
        ),
        pytest.param(
            "Leonid Brezhnev met Indira Gandhi. She thanked him.", [("She", "indira-gandhi"), ("him", "leonid-brezhnev")], id="genders"
        ),
        pytest.param(
            "Spokesman Kim Ottersby spoke. He was brief.", [("He", "kim-ottersby")], id="a title tells the gender of a name of both"
        ),
        pytest.param("Helmut Kohl said he would go. He went.", [("he", "helmut-kohl"), ("He", "helmut-kohl")], id="a chain"),
        pytest.param(
            "Margaret Thatcher called. “He is weak,” she said of Michael Foot.", [("she", "margaret-thatcher")], id="a quote's he"
        ),
        pytest.param("He said nothing.", [], id="nobody named"),
        pytest.param("Margaret Thatcher spoke. He left.", [], id="nobody of that gender"),
        pytest.param("Ronald Reagan praised him.", [], id="not the subject himself"),
    ],
)
def test_pronouns(text: str, expected: list[tuple[str, str]]) -> None:
    assert references(text) == expected


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        pytest.param(
            "Mikhail Gorbachev came. The Soviet leader smiled.", None, [("Soviet leader", "mikhail-gorbachev")], id="a leader named before"
        ),
        pytest.param("Otto Lind, an aide to the president, spoke. The president left.", None, [], id="no aide is the man he serves"),
        pytest.param("Anna Lind, the leader’s sister, spoke. The leader left.", None, [], id="nor is a relative"),
        pytest.param(
            "Otto Lind, deputy secretary of the treasury, spoke. The deputy secretary left.",
            None,
            [("deputy secretary", "otto-lind")],
            id="a title with of the",
        ),
        pytest.param(
            "The Egyptian president, Otto Lind, flew home.",
            dt.date(1978, 9, 18),
            [("Egyptian president", "otto-lind")],
            id="a name in apposition before whoever held the office on the day",
        ),
        pytest.param(
            "“He met the Egyptian president, Otto Lind said.",
            dt.date(1978, 9, 18),
            [("Egyptian president", "anwar-sadat")],
            id="a speaker after a comma is no apposition",
        ),
        pytest.param("Fighters of the Rapid Support Forces left. The military stayed.", None, [], id="an armed group is no military"),
        pytest.param(
            "The Egyptian president flew home.",
            dt.date(1978, 9, 18),
            [("Egyptian president", "anwar-sadat")],
            id="who held the office that day",
        ),
        pytest.param("The Egyptian president flew home.", None, [], id="no day, no holder"),
        pytest.param(
            "Foreign Minister Otto Hale met Senator Ida Krone. The minister spoke. The senator left.",
            None,
            [("minister", "otto-hale"), ("senator", "ida-krone")],
            id="titles printed with the names",
        ),
        pytest.param("President of the board, he thought. The president left.", None, [], id="an office of nobody named"),
        pytest.param(
            "Ostrander Milling Co. shut a mill. The company lost money.", None, [("company", "ostrander-milling-co")], id="the company"
        ),
        pytest.param("The World Bank lent money. The company did not.", None, [], id="a noun that does not fit"),
        pytest.param("The minister Otto Hale spoke.", None, [], id="a title before a name"),
    ],
)
def test_phrases(text: str, on: dt.date | None, expected: list[tuple[str, str]]) -> None:
    assert references(text, on) == expected


def test_the_head_of_a_phrase_is_its_person() -> None:
    story = story_from_text("Kremlin spokesman Dmitry Peskov said so.", language="en")
    mentions, _ = find_names(story, real_gazetteer())
    head = entity_at(mentions, 0, 4)
    assert head is not None and head.entity_id == "person/dmitry-peskov"
    assert entity_at(mentions, 4, 6) is None


@pytest.mark.parametrize("text", ["", "“”", "قال إنه سيذهب", "他说"])
def test_odd_text_passes(text: str) -> None:
    assert references(text) == []
