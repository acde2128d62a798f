"""Amounts of printed text, messy input and expected rows side by side: value, unit, bound, what, text."""

import pytest

from flows.enrich.amounts import find_amounts
from flows.enrich.story import Amount, story_from_text
from flows.reference.events import EventLexicon, load_event_lexicon


@pytest.fixture(scope="module")
def lexicon() -> EventLexicon:
    return load_event_lexicon()


def amounts(text: str, lexicon: EventLexicon, language: str | None = None) -> list[tuple[float, str | None, str, str | None, str]]:
    story = story_from_text(text, language=language)
    return [(a.value, a.unit, a.bound, a.what, text[a.char_start : a.char_end]) for a in find_amounts(story, [], lexicon)]


CASES = {
    "a time with a point": ("The train left at 17.42 and stopped.", []),
    "a time with a point, as a range": ("Open from 9.30 until 17.30 daily.", []),
    "a decimal is no time": ("It rose from 17.42 percent.", [(17.42, "percent", "exact", None, "17.42 percent")]),
    "a score": ("They beat Turin 3-2 on Sunday.", []),
    "a score, the loser's first": ("It was a 1-4 defeat.", []),
    "a score after its word": ("A draw 2-2 was enough, a loss 0-3 was not.", []),
    "no noun": ("The two last met in May; the three still talk.", []),
    "a vote told in words": ("A panel of 12 judges ruled.", [(12, "people", "exact", "judges", "12 judges")]),
    "marks": ("200 million deutsche marks", [(200e6, "DEM", "exact", None, "200 million deutsche marks")]),
    "at most in words": ("no more than 40 troops", [(40, "people", "at most", "troops", "no more than 40 troops")]),
    "dead with left": ("The quake left 31 people dead.", [(31, "people", "exact", "people dead", "31 people")]),
    "a third of a million": ("It holds 1.5 million barrels of oil.", [(1.5e6, "bbl", "exact", "oil", "1.5 million barrels")]),
    "pence and cents left alone": ("Shares rose 12 to 575.", []),
    "yen": ("109.25 yen to the dollar", [(109.25, "JPY", "exact", None, "109.25 yen")]),
    "casualties": ("At least 12 people were killed.", [(12, "people", "at least", "people killed", "At least 12 people")]),
    "two casualties": (
        "The blast killed 12 soldiers and wounded 30.",
        [(12, "people", "exact", "soldiers killed", "12 soldiers"), (30, "people", "exact", "wounded", "30")],
    ),
    "killing in a participle": (
        "It fell, killing more than 200 people.",
        [(200, "people", "at least", "people killed", "more than 200 people")],
    ),
    "counted without a noun": (
        "Four were hurt, 12 killed.",
        [(4, "people", "exact", "hurt", "Four"), (12, "people", "exact", "killed", "12")],
    ),
    "dollars": ("The $3.5 billion loan", [(3.5e9, "USD", "exact", "loan", "$3.5 billion")]),
    "what money is for": ("About $40m in aid", [(40e6, "USD", "about", "aid", "About $40m")]),
    "euros with a suffix": ("nearly €200m was lost", [(200e6, "EUR", "about", None, "nearly €200m")]),
    "pounds, bn": ("£1.2bn", [(1.2e9, "GBP", "exact", None, "£1.2bn")]),
    "sign of two tokens": ("US$400 million", [(400e6, "USD", "exact", None, "US$400 million")]),
    "code before": ("EUR 5,000 a head", [(5000, "EUR", "exact", None, "EUR 5,000")]),
    "currency in words": ("70 million roubles", [(70e6, "RUB", "exact", None, "70 million roubles")]),
    "currency of a country": ("up to 300 Australian dollars", [(300, "AUD", "at most", None, "up to 300 Australian dollars")]),
    "percent sign": ("a 10% tax on imports", [(10, "percent", "exact", "tax", "10%")]),
    "per cent of": ("over 51.5 per cent of voters", [(51.5, "percent", "at least", "voters", "over 51.5 per cent")]),
    "percentage points": ("by 0.25 percentage points", [(0.25, "percentage points", "exact", None, "0.25 percentage points")]),
    "range of percent": ("5 to 10 percent", [(5, "percent", "at least", None, "5"), (10, "percent", "at most", None, "10 percent")]),
    "range with a dash": ("a rise of 5-10%", [(5, "percent", "at least", None, "5"), (10, "percent", "at most", None, "10%")]),
    "between, scale shared": (
        "between 5 and 10 million barrels",
        [(5e6, "bbl", "at least", None, "5"), (10e6, "bbl", "at most", None, "10 million barrels")],
    ),
    "between two sums": (
        "between $2 million and $3 million",
        [(2e6, "USD", "at least", None, "$2 million"), (3e6, "USD", "at most", None, "$3 million")],
    ),
    "length": ("5 km of road", [(5, "km", "exact", "road", "5 km")]),
    "area": ("1,200 square kilometres of forest", [(1200, "km2", "exact", "forest", "1,200 square kilometres")]),
    "tons": ("3,000 tons of wheat", [(3000, "t", "exact", "wheat", "3,000 tons")]),
    "unit without a space": ("a 40km front", [(40, "km", "exact", "front", "40km")]),
    "number words": ("two hundred and five refugees", [(205, "people", "exact", "refugees", "two hundred and five refugees")]),
    "hyphenated words": ("twenty-five tanks", [(25, None, "exact", "tanks", "twenty-five tanks")]),
    "dozens": ("dozens of protesters", [(24, "people", "at least", "protesters", "dozens of protesters")]),
    "tens of thousands": ("tens of thousands of people", [(20000, "people", "at least", "people", "tens of thousands of people")]),
    "half a million": ("half a million Syrians", [(500000, "people", "exact", "Syrians", "half a million Syrians")]),
    "adjectives before the noun": (
        "some 24 other foreign leaders",
        [(24, "people", "about", "other foreign leaders", "some 24 other foreign leaders")],
    ),
    "things": ("11 seasons", [(11, None, "exact", "seasons", "11 seasons")]),
    "not more than": ("no more than six children", [(6, "people", "at most", "children", "no more than six children")]),
    "year": ("In 1986 they met", []),
    "people of a year's size": ("1,986 people", [(1986, "people", "exact", "people", "1,986 people")]),
    "date": ("on 3 September and October 5, 1986", []),
    "time": ("at 2:30 p.m. and 5 pm", []),
    "duration": ("for three days and 11 years", []),
    "age": ("the 34-year-old", []),
    "ordinal": ("the 3rd time, the 20th century", []),
    "decade": ("in the 1990s", []),
    "label": ("Article 5 of Resolution 242, Flight 370", []),
    "part of a name": ("Covid-19 and the G20", []),
    "score": ("they won 3-1", []),
    "lone one": ("one of them", []),
    "an article is no sign": ("a $3 billion deal", [(3e9, "USD", "exact", "deal", "$3 billion")]),
    "an Australian sign": ("an A$5m loan", [(5e6, "AUD", "exact", "loan", "A$5m")]),
    "a pronoun is no sign": ("It cost us 30,000 jobs.", [(30000, None, "exact", "jobs", "30,000 jobs")]),
    "a verb is no code": ("They try 5 options.", [(5, None, "exact", "options", "5 options")]),
    "scores, the verb": ("Ford scores twice, Roe scores three goals.", [(3, None, "exact", "goals", "three goals")]),
    "scores, the number": ("scores of people", [(40, "people", "at least", "people", "scores of people")]),
    "vague and scaled": (
        "several hundred thousand people and several million voters",
        [
            (300000, "people", "at least", "people", "several hundred thousand people"),
            (3e6, "people", "at least", "voters", "several million voters"),
        ],
    ),
    "date with an abbreviation": ("On Oct. 7 Rebels attacked the No. 5 seeds.", []),
    "fractions": ("two-thirds of the members, three quarters of voters", []),
    "a name that opens with a number": ("the Six Nations match; Six Nations rugby", []),
    "a number before a name": ("Six Russians left.", [(6, "people", "exact", "Russians", "Six Russians")]),
    "no verb among what is counted": ("About 1,200 herders live here.", [(1200, None, "about", "herders", "About 1,200 herders")]),
    "empty": ("", []),
    "other scripts": ("٣ أشخاص 习近平 3人", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_amounts(text: str, expected: list[tuple[float, str | None, str, str | None, str]], lexicon: EventLexicon) -> None:
    assert amounts(text, lexicon) == expected


def test_spans_stay_in_their_sentence(lexicon: EventLexicon) -> None:
    text = "They lost 5. 30 soldiers came.\n$6 million"
    story = story_from_text(text)
    found: list[Amount] = find_amounts(story, [], lexicon)
    assert [(a.value, a.sentence_no, a.block_no) for a in found] == [(30.0, 2, 1), (6e6, 3, 2)]


def test_other_languages_have_amounts_with_units_only(lexicon: EventLexicon) -> None:
    assert amounts("un aumento del 3,5% este año para 300 personas", lexicon, "es") == [(3.5, "percent", "exact", None, "3,5%")]
    assert amounts("über 1.200.000 €", lexicon, "de") == [(1.2e6, "EUR", "exact", None, "1.200.000 €")]
