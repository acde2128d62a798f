"""Places: which of several namesakes is meant, and whether a capital stands for its government."""

import pytest
from real_gazetteer import names_in, real_gazetteer

from flows.enrich.names import find_names
from flows.enrich.places import town_of_site
from flows.enrich.story import story_from_text
from flows.reference.towns import Town, pack_towns


def point(text: str, name: str, **about: object) -> tuple[float, float] | None:
    """Where the first mention of a name lies, in whole degrees."""
    story = story_from_text(text, **{"language": "en", **about})  # type: ignore[arg-type]
    mentions, entities = find_names(story, real_gazetteer())
    for mention in mentions:
        if story.page_text[mention.char_start : mention.char_end] == name:
            entity = entities[mention.entity_id]
            return None if entity.latitude is None or entity.longitude is None else (round(entity.latitude), round(entity.longitude))
    return None


@pytest.mark.parametrize(
    ("text", "name", "where"),
    [
        pytest.param("The talks opened in Paris.", "Paris", (49, 2), id="the largest of the name"),
        pytest.param("The barn burned in Paris, Texas.", "Paris", (34, -96), id="a state after the name"),
        pytest.param("Deputies came to Alexandria, La., at noon.", "Alexandria", (31, -92), id="an abbreviated state"),
        pytest.param("A storm hit Bergen, N.J., and Ely, Minn., at dusk.", "Ely", (48, -92), id="a small town by its state"),
        pytest.param("He taught in Cambridge, Massachusetts.", "Cambridge", (42, -71), id="a state in full"),
        pytest.param("Shells fell on Tripoli, Lebanon.", "Tripoli", (34, 36), id="a country after the name"),
        pytest.param("Visitors left Lebanon, Ohio, at noon.", "Lebanon", (39, -84), id="a country's name and a state that has such a town"),
        pytest.param("Visitors left Lebanon, Texas and Ohio out.", "Lebanon", (34, 36), id="a list of countries and states"),
        pytest.param("Georgia’s governor spoke in Atlanta and Savannah.", "Georgia", (33, -83), id="a state that is a country too"),
        pytest.param("Georgia accused Russia. Tbilisi is the capital of Georgia.", "Georgia", (42, 44), id="a country that is a state too"),
        pytest.param("Licking County deputies searched a farm.", "Licking County", (40, -82), id="a county of one state"),
        pytest.param(
            "Ohio deputies searched Marion County. Columbus police helped, Ohio said.",
            "Marion County",
            (41, -83),
            id="a county by the state spoken of",
        ),
    ],
)
def test_the_place_that_is_meant(text: str, name: str, where: tuple[int, int]) -> None:
    assert point(text, name) == where


def test_the_state_of_a_small_town_is_a_mention_of_its_own() -> None:
    assert names_in("A flood struck Pineville, La., on Monday.") == [("Pineville", "place/pineville-us-la"), ("La.", "place/louisiana")]


def test_without_a_site_the_largest_is_meant() -> None:
    assert point("A man was hurt in Springfield near the Missouri line.", "Missouri") is not None
    assert point("A man was hurt in Munich.", "Munich") == (48, 12)


def test_the_papers_own_town_decides() -> None:
    text = "A man was hurt in Springfield on Monday."
    assert point(text, "Springfield", site="sj-r.com") == (40, -90)
    assert point(text, "Springfield", site="masslive.com") == (42, -73)


@pytest.mark.parametrize(
    ("site", "town"),
    [
        pytest.param("lincolnstarledger.example", "Lincoln", id="a domain that opens with a town"),
        pytest.param("world-news.example", None, id="a domain that does not"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="none"),
    ],
)
def test_the_town_of_a_site(site: str | None, town: str | None) -> None:
    assert town_of_site(site, real_gazetteer()) == town


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Moscow said it would reply.", "country/RUS", id="says"),
        pytest.param("A delegation arrived in Moscow.", "place/moscow", id="in"),
        pytest.param("His visit to Moscow ended.", "place/moscow", id="a visit to"),
        pytest.param("The Moscow summit ended.", "place/moscow", id="a meeting there"),
        pytest.param("Relations with Moscow cooled.", "country/RUS", id="relations with"),
        pytest.param("Few knew of Moscow’s intentions.", "country/RUS", id="its intentions"),
        pytest.param("The Moscow-based firm closed.", "place/moscow", id="based there"),
        pytest.param("The Moscow-Washington axis broke.", "country/RUS", id="an axis"),
    ],
)
def test_a_capital_is_a_city_or_its_government(text: str, expected: str) -> None:
    assert names_in(text)[0][1] == expected


def test_towns_are_packed_by_name_without_accents_too() -> None:
    rows = [Town("Río Seco", 1.0, -2.0, "AR.05", 700), Town("Big City", 5.0, 5.0, "XX.01", 90_000)]
    assert pack_towns(rows) == {"Río Seco": "AR.05|1.000|-2.000|700", "Rio Seco": "AR.05|1.000|-2.000|700"}


def test_common_words_are_no_towns() -> None:
    assert names_in("Reading is fun. Most children agree. Nice weather helps.") == []


def test_what_bears_the_name_of_a_town_or_saint_is_no_town() -> None:
    text = "Brent futures fell as the Azov regiment left St. Michael’s cathedral. Visitors came to the town of Azov."
    assert names_in(text) == [("Azov", "place/azov")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("pt", "Ontem a Casa Branca nada disse.", id="Portuguese"),
        pytest.param("es", "Ayer la Casa Blanca no dijo nada.", id="Spanish"),
        pytest.param("it", "Ieri la Casa Bianca non ha detto nulla.", id="Italian"),
        pytest.param("de", "Das Weiße Haus schwieg.", id="German"),
    ],
)
def test_the_white_house_in_other_languages(language: str, text: str) -> None:
    assert [id for _, id in names_in(text, language=language)] == ["org/white-house"]
