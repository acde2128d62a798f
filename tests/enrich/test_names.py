"""Names of persons and bodies: what is found, whom short forms mean, and what is no name."""

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest
from real_gazetteer import marked, names_in, real_gazetteer

from flows.enrich.names import find_names
from flows.enrich.story import Block, Mention, make_story, story_from_text

LABELLED = Path(__file__).parent / "labelled_names.txt"
KINDS = {"P": "person", "O": "organization", "L": "place"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Chinese Premier Zhou Enlai toasted President Richard Nixon. Nixon smiled.",
            [
                ("Chinese", "country/CHN"),
                ("Zhou Enlai", "person/zhou-enlai"),
                ("Richard Nixon", "person/richard-nixon"),
                ("Nixon", "person/richard-nixon"),
            ],
            id="titles are no part of a name, a surname means its bearer",
        ),
        pytest.param(
            "President Vladimir V. Putin of Russia spoke.",
            [("Vladimir V. Putin", "person/vladimir-putin"), ("Russia", "country/RUS")],
            id="a middle initial does not make another man",
        ),
        pytest.param(
            "Pilot Kim Jong-ho met Jimmy Carter-Wells, Wilma Zwart-Thatcher and the Nixon-Brezhnev and Sino-Soviet crowd.",
            [
                ("Kim Jong-ho", "person/kim-jong-ho"),
                ("Jimmy Carter-Wells", "person/jimmy-carter-wells"),
                ("Wilma Zwart-Thatcher", "person/wilma-zwart-thatcher"),
                ("Nixon", "person/richard-nixon"),
                ("Brezhnev", "person/leonid-brezhnev"),
                ("Sino", "country/CHN"),
                ("Soviet", "country/SUN"),
            ],
            id="no known name is cut out of a hyphenated one, pairs are two",
        ),
        pytest.param(
            "The liner Leonid Brezhnev left port. The ferry Otto Lind sank. The Otto Lind was old. Brezhnev wept at the King David Hotel.",
            [("Brezhnev", "person/leonid-brezhnev"), ("King David Hotel", "org/king-david-hotel")],
            id="ships and hotels are no persons",
        ),
        pytest.param(
            "The USS Otto Lind and HMS Kent left with INS Vala. The Otto Lind is old. USS George Washington followed. Officials of the INS left.",
            [],
            id="letters before a ship's name tell it from its namesake",
        ),
        pytest.param(
            "A Shi'ite cleric, Otto Lind, read the Shi’ite prayers. Shi’s aides left.",
            [("Otto Lind", "person/otto-lind"), ("Shi", "person/shi-zhengli")],
            id="no surname is cut off before an apostrophe within a word",
        ),
        pytest.param(
            "Visitors saw NSA Jake Sullivan. Officers of the NSA saw nobody.",
            [("Jake Sullivan", "person/jake-sullivan"), ("NSA", "org/nsa")],
            id="letters of an office before a person are no body",
        ),
        pytest.param(
            "Nurse Jordan Bell wept. Visitors saw farmer Israel Lind and Senator Kenya Walker. His widow, Nancy, wept in Jordan.",
            [
                ("Jordan Bell", "person/jordan-bell"),
                ("Israel Lind", "person/israel-lind"),
                ("Kenya Walker", "person/kenya-walker"),
                ("Nancy", "person/nancy"),
                ("Jordan", "country/JOR"),
            ],
            id="a given name that is a country's or a town's too",
        ),
        pytest.param(
            "Visitors saw Keir Starmer. Sir Keir left. Visitors saw Otto Weiß and Recep Tayyip Erdogan. Mr. Weiss and Erdoğan left.",
            [
                ("Keir Starmer", "person/keir-starmer"),
                ("Keir", "person/keir-starmer"),
                ("Otto Weiß", "person/otto-weiss"),
                ("Recep Tayyip Erdogan", "person/recep-tayyip-erdogan"),
                ("Weiss", "person/otto-weiss"),
                ("Erdoğan", "person/recep-tayyip-erdogan"),
            ],
            id="Sir and a given name, a surname with and without its accents",
        ),
        pytest.param(
            "Visitors saw Crown Prince Mohammed bin Salman and Sultan Qaboos bin Said. Crown Prince Mohammed left.",
            [
                ("Mohammed bin Salman", "person/mohammed-bin-salman"),
                ("Qaboos bin Said", "person/qaboos-bin-said"),
                ("Mohammed", "person/mohammed-bin-salman"),
            ],
            id="a short name with its title and the father's name is one name",
        ),
        pytest.param(
            "Ms. Brezhnev wrote the report. Mr. Nixon read it.",
            [("Brezhnev", "person/brezhnev"), ("Nixon", "person/richard-nixon")],
            id="a title of the other sex means another bearer of the name",
        ),
        pytest.param(
            "Spokeswoman Hanna Quistgaard declined. “No,” Quistgaard said.",
            [("Hanna Quistgaard", "person/hanna-quistgaard"), ("Quistgaard", "person/hanna-quistgaard")],
            id="an unknown person keeps one id",
        ),
        pytest.param(
            "Councilman Otto Young spoke. Young said so. Young people cheered.",
            [("Otto Young", "person/otto-young"), ("Young", "person/otto-young")],
            id="a surname that is a common word too",
        ),
        pytest.param(
            "On Friday Nixon met Brezhnev. Last Tuesday Thatcher spoke. By January Kissinger had left. On 3 May Reagan flew home. On Sunday Hamas said so.",
            [
                ("Nixon", "person/richard-nixon"),
                ("Brezhnev", "person/leonid-brezhnev"),
                ("Thatcher", "person/margaret-thatcher"),
                ("Kissinger", "person/henry-kissinger"),
                ("Reagan", "person/ronald-reagan"),
                ("Hamas", "org/hamas"),
            ],
            id="a weekday or a month that says when opens no name",
        ),
        pytest.param("He read The Sunday Times.", [("Sunday Times", "org/sunday-times")], id="a weekday in a paper's name stays"),
        pytest.param("Mr Ollerenshaw left. He was late.", [("Ollerenshaw", "person/ollerenshaw")], id="Mr makes a person of one word"),
        pytest.param(
            "Sen. Wilbur Frobisher and Gen. Ada Thornquist met.",
            [("Wilbur Frobisher", "person/wilbur-frobisher"), ("Ada Thornquist", "person/ada-thornquist")],
            id="abbreviated titles",
        ),
        pytest.param(
            "Sydney Wexcombe flew to Sydney.",
            [("Sydney Wexcombe", "person/sydney-wexcombe"), ("Sydney", "place/sydney")],
            id="a given name that is a city's too",
        ),
        pytest.param(
            "Theresa May said prices rose in May. May resigned.",
            [("Theresa May", "person/theresa-may"), ("May", "person/theresa-may")],
            id="a surname that is a month too",
        ),
        pytest.param("Pope John Paul II blessed the crowd.", [("John Paul II", "person/pope-john-paul-ii")], id="a pope without his title"),
        pytest.param(
            "Prince Mansur bin Talib al-Qasr met Jan van der Poel.",
            [("Mansur bin Talib al-Qasr", "person/mansur-bin-talib-al-qasr"), ("Jan van der Poel", "person/jan-van-der-poel")],
            id="particles within a name",
        ),
        pytest.param("World War II veterans gathered on Victory Day.", [], id="capitals that are no names"),
        pytest.param("There was no time. Meanwhile, Perhaps. Nobody knew.", [], id="words that open a sentence"),
    ],
)
def test_persons(text: str, expected: list[tuple[str, str]]) -> None:
    assert names_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The Wessex Famine Relief Foundation (WFRF) was closed. The WFRF had no money.",
            [
                ("Wessex Famine Relief Foundation", "org/wessex-famine-relief-foundation"),
                ("WFRF", "org/wessex-famine-relief-foundation"),
                ("WFRF", "org/wessex-famine-relief-foundation"),
            ],
            id="an abbreviation in brackets",
        ),
        pytest.param(
            "Ostrander Milling Co. shut a mill. Grain prices fell.",
            [("Ostrander Milling Co.", "org/ostrander-milling-co")],
            id="a company by its form",
        ),
        pytest.param(
            "China’s Foreign Ministry protested. The Russian Defence Ministry did not.",
            [
                ("China", "country/CHN"),
                ("Foreign Ministry", "org/ministry-of-foreign-affairs-chn"),
                ("Russian", "country/RUS"),
                ("Defence Ministry", "org/ministry-of-defense-rus"),
            ],
            id="a ministry by its country",
        ),
        pytest.param(
            "Japan protested. The Foreign Ministry in Tokyo said so.",
            [("Japan", "country/JPN"), ("Foreign Ministry", "org/ministry-of-foreign-affairs-jpn"), ("Tokyo", "place/tokyo")],
            id="a ministry by the country spoken of",
        ),
        pytest.param(
            "The Bank of China and the New York Times are no places.",
            [("Bank of China", "org/bank-of-china"), ("New York Times", "org/new-york-times")],
            id="a name that holds a place's",
        ),
        pytest.param(
            "The Department of Tides and Currents moved.",
            [("Department of Tides and Currents", "org/department-of-tides-and-currents")],
            id="a department of two things",
        ),
        pytest.param(
            "People's Daily and People’s Daily are one.",
            [("People's Daily", "org/peoples-daily"), ("People’s Daily", "org/peoples-daily")],
            id="both apostrophes",
        ),
    ],
)
def test_bodies(text: str, expected: list[tuple[str, str]]) -> None:
    assert names_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The Sino-American talks and the U.S.-China trade war went on.",
            [("Sino", "country/CHN"), ("American", "country/USA"), ("U.S.", "country/USA"), ("China", "country/CHN")],
            id="joined by a hyphen",
        ),
        pytest.param("Let us go. The US said no.", [("US", "country/USA")], id="us is not the US"),
        pytest.param(
            "In Chad, Chad Bellweather fell ill.", [("Chad", "country/TCD"), ("Chad Bellweather", "person/chad-bellweather")], id="Chad"
        ),
        pytest.param("Guests ate turkey in Turkey.", [("Turkey", "country/TUR")], id="the bird"),
    ],
)
def test_countries(text: str, expected: list[tuple[str, str]]) -> None:
    assert names_in(text) == expected


def test_a_surname_in_the_headline_finds_its_bearer_in_the_body() -> None:
    story = story_from_text("Gromyko Warns Of Arms Race\nForeign Minister Andrei Gromyko spoke in Geneva.", headline=True, language="en")
    mentions, entities = find_names(story, real_gazetteer())
    assert marked(story, mentions, entities)[0] == ("Gromyko", "person/andrei-gromyko")


def test_a_headline_in_capitals_is_read_as_if_written_small() -> None:
    assert ("BREZHNEV", "person/leonid-brezhnev") in names_in(
        "NIXON AND BREZHNEV SIGN ARMS TREATY IN MOSCOW\nLeonid Brezhnev and Richard Nixon met."
    )


def test_an_unknown_word_in_a_headline_is_no_name() -> None:
    assert names_in("Grumbling Farmers Demand Higher Prices After Storm") == []


def test_a_country_acts_when_it_is_a_subject() -> None:
    story = story_from_text("Moscow denied it. A plane landed in Moscow. France said so. They flew to France.", language="en")
    mentions, _ = find_names(story, real_gazetteer())
    assert [(m.entity_id, m.acts) for m in mentions] == [
        ("country/RUS", True),
        ("place/moscow", False),
        ("country/FRA", True),
        ("country/FRA", False),
    ]


def test_the_holder_of_the_office_on_the_day_is_meant() -> None:
    story = story_from_text("President Bush spoke.", language="en")
    gazetteer = real_gazetteer()
    first, _ = find_names(story, gazetteer, on=dt.date(1990, 8, 2))
    second, _ = find_names(story, gazetteer, on=dt.date(2003, 3, 20))
    assert [m.entity_id for m in (*first, *second)] == ["person/george-h-w-bush", "person/george-w-bush"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n\t\n ", id="white space"),
        pytest.param("قال الرئيس المصري إن المحادثات كانت مثمرة.", id="right to left"),
        pytest.param("两国领导人在北京举行会谈。", id="no spaces"),
        pytest.param("“ ” - — . , A. B. C. '", id="marks alone"),
        pytest.param("They went North", id="a direction at the end"),
        pytest.param("Mr. Gen. X. of the-\nÉ - O’ D'\nU.S.", id="titles and initials without names"),
        pytest.param("ПРЕЗИДЕНТ ПРИБЫЛ В СТОЛИЦУ", id="another script in capitals"),
    ],
)
def test_odd_text_passes(text: str) -> None:
    story = story_from_text(text)
    mentions, entities = find_names(story, real_gazetteer())
    assert {mention.entity_id for mention in mentions} == set(entities)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "de",
            "Leonid Breschnew kam nach Bonn. Frankreich und Wladimir Putin schwiegen. Der Minister sprach in Moskau.",
            ["country/FRA", "person/vladimir-putin", "place/moscow"],
            id="nouns in capitals",
        ),
        pytest.param("ru", "Владимир Путин прибыл. Китай ждал.", ["person/vladimir-putin", "country/CHN"], id="Cyrillic"),
        pytest.param("ar", "وصل بوتين إلى موسكو.", ["person/vladimir-putin", "place/moscow"], id="right to left"),
        pytest.param("zh", "习近平在北京会见普京。", ["person/xi-jinping", "place/beijing", "person/vladimir-putin"], id="no spaces"),
    ],
)
def test_other_languages_have_listed_names_alone(language: str, text: str, expected: list[str]) -> None:
    story = story_from_text(text, language=language)
    mentions, entities = find_names(story, real_gazetteer())
    found = [mention.entity_id for mention in mentions if mention.entity_id in entities]
    assert [id for id in found if id in expected] == expected
    assert all(method == "gazetteer" for method in (mention.method for mention in mentions))


def test_mentions_lie_in_their_blocks_in_order_and_do_not_overlap() -> None:
    text = "Anwar Sadat flew home.\nThe Egyptian president met Jimmy Carter at Camp David. Sadat and Carter signed."
    blocks = [Block(7, "body", True, 0, text.split("\n")[0]), Block(9, "body", True, text.index("The"), text.split("\n")[1])]
    story = make_story(page_text=text, blocks=blocks, language="en")
    mentions, entities = find_names(story, real_gazetteer())
    assert [m.block_no for m in mentions] == [7, 9, 9, 9, 9, 9]
    assert all(left.char_end <= right.char_start for left, right in pairwise(mentions))
    assert all(mention.entity_id in entities for mention in mentions)


def read_labelled() -> list[tuple[str, set[tuple[int, int, str]]]]:
    """The made-up articles: their texts without the marks, and the spans of their names."""
    articles = []
    lines = [line for line in LABELLED.read_text(encoding="utf-8").split("\n") if not line.startswith("#")]
    for article in re.split(r"\n\s*\n", "\n".join(lines)):
        text, names, at = "", set(), 0
        for mark in re.finditer(r"\{([^|}]+)\|([POL])\}", article):
            text += article[at : mark.start()]
            names.add((len(text), len(text) + len(mark.group(1)), KINDS[mark.group(2)]))
            text += mark.group(1)
            at = mark.end()
        articles.append((text + article[at:], names))
    return articles


def is_adjective(text: str, mention: Mention) -> bool:
    return (text[mention.char_start : mention.char_end], mention.entity_id) in real_gazetteer().nationalities


def test_names_of_the_labelled_sentences() -> None:
    right = wrong = missed = 0
    for text, names in read_labelled():
        mentions, _ = find_names(story_from_text(text, language="en"), real_gazetteer())
        found = {
            (m.char_start, m.char_end, "place" if m.kind == "country" else m.kind)
            for m in mentions
            if m.kind not in ("accord", "gathering") and not is_adjective(text, m)
        }
        right += len(found & names)
        wrong += len(found - names)
        missed += len(names - found)
    assert len([line for line in LABELLED.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]) >= 200
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.94


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Chicago beat Dallas 98-91 in the basketball game, the coach said.\nThe team plays in Boston on Friday.\n"
            "Results of games in the league:\nDENVER 101 Utah 99\nMIAMI 6 2 .750\nORLANDO 4 3 .571",
            {"Chicago": "org/chicago-bulls", "Dallas": "org/dallas-mavericks", "Boston": "place/boston", "MIAMI": "org/miami-heat"},
            id="towns as teams",
        ),
        pytest.param(
            "CRICKET - KENT WIN.\nKent bowled Derbyshire out for 127 at Canterbury, taking ten wickets.\nEssex, the leaders, lost.",
            {"KENT": "org/kent-county-cricket-club", "Derbyshire": "org/derbyshire", "Canterbury": "place/canterbury"},
            id="counties as sides",
        ),
        pytest.param(
            "Police in Chicago said floods hit Denver and Kent. The union said the Senators left.",
            {"Chicago": "place/chicago", "Denver": "place/denver"},
            id="no team in a story of something else",
        ),
        pytest.param(
            "England beat Ukraine 2-0 at Wembley in the World Cup qualifier, the soccer coach said after the match.",
            {"England": "country/GBR", "Ukraine": "country/UKR"},
            id="a national team is its country",
        ),
    ],
)
def test_teams_are_told_from_towns(text: str, expected: dict[str, str]) -> None:
    found = dict(names_in(text))
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Talks failed, the newspaper Varnista said on Friday.", ("Varnista", "org/varnista"), id="the newspaper X"),
        pytest.param("Fires burned in the Ardelune district of the city.", ("Ardelune", "place/ardelune"), id="the X district"),
        pytest.param("LONDON 1996-08-30\nShares rose.", ("LONDON", "place/london"), id="a dateline with its day in digits"),
        pytest.param("The Iraqi News Agency (INA) left. INA said no.", ("INA", "org/iraqi-news-agency"), id="abbreviation of a known body"),
        pytest.param("The U.N. Security Council met.", ("U.N. Security Council", "org/un-security-council"), id="a body with its owner"),
        pytest.param("Westpac Banking Corp cut rates.", ("Westpac Banking Corp", "org/westpac"), id="a company's full form"),
        pytest.param("He bowled A. Fordham and D. Sales out.", ("D. Sales", "person/d-sales"), id="an initial before a common word"),
    ],
)
def test_newswire_forms(text: str, expected: tuple[str, str]) -> None:
    assert expected in names_in(text)
