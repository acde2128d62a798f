"""Tone of short texts: which way it goes, and by how much against another."""

import pytest

from flows.enrich.story import story_from_text
from flows.enrich.tone import measure_tone
from flows.reference.events import EventLexicon, load_event_lexicon


@pytest.fixture(scope="module")
def lexicon() -> EventLexicon:
    return load_event_lexicon()


def tone(text: str, lexicon: EventLexicon, language: str = "en") -> float | None:
    return measure_tone(story_from_text(text, language=language), lexicon)


SIGNS = {
    "praise": ("A wonderful success, and a great victory for peace.", "en", 1),
    "horror": ("The brutal attack killed civilians and caused terrible suffering.", "en", -1),
    "negated praise": ("This was not a success and brought no peace.", "en", -1),
    "negated harm": ("Nobody was hurt, there was no violence and no damage.", "en", 1),
    "French": ("La guerre a fait des morts et des blessés.", "fr", -1),
    "German": ("Der Frieden ist ein großer Erfolg.", "de", 1),
    "Spanish": ("El ataque dejó muertos y heridos.", "es", -1),
}


@pytest.mark.parametrize(("text", "language", "sign"), SIGNS.values(), ids=SIGNS.keys())
def test_tone_goes_the_right_way(text: str, language: str, sign: int, lexicon: EventLexicon) -> None:
    value = tone(text, lexicon, language)
    assert value is not None
    assert 0 < value * sign <= 1


def test_tone_of_nothing(lexicon: EventLexicon) -> None:
    assert tone("The train leaves at noon.", lexicon) == 0.0
    assert tone("", lexicon) is None
    assert tone("习近平在北京", lexicon, "zh") is None


def test_intensifiers_and_rounding(lexicon: EventLexicon) -> None:
    plain, strong = tone("They were angry.", lexicon), tone("They were extremely angry.", lexicon)
    assert plain is not None and strong is not None
    assert -1 <= strong < plain < 0
    assert strong == round(strong, 4)


def test_the_english_lexicon_is_large_and_bounded(lexicon: EventLexicon) -> None:
    valence = lexicon.tone["en"].valence
    assert len(valence) >= 1500
    assert all(-1 <= value <= 1 for value in valence.values())
