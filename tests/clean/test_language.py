"""The language of short texts, where names weigh more than words."""

import re

import numpy as np
import pytest

from flows.clean.language import language_of

FUNCTION_WORDS = {"en": {"in", "on", "the", "and"}, "nl": {"met", "in", "op"}, "pt": {"o", "da", "do", "com", "para"}}


def told(text: str) -> str | None:
    words = re.findall(r"\w+", text.lower())
    votes = np.array([sum(word in known for word in words) for known in FUNCTION_WORDS.values()])
    return language_of(text, votes, tuple(FUNCTION_WORDS))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("HAVANA - Cuban President Raul Castro met Barack Obama in Havana on Monday.", "en", id="names of many languages"),
        pytest.param("Putin met Xi in Sochi on Tuesday.", "en", id="two words of English"),
        pytest.param("TOKYO (Kyodo) - Shigeru Ishiba met Yoon Suk-yeol in Seoul.", "en", id="names of East Asia"),
        pytest.param("Di president don meet di mayor for town yesterday to tok about di new hospital.", "pcm", id="Nigerian Pidgin"),
        pytest.param("O presidente da Xunta reuniuse onte en Santiago co alcalde da cidade.", "gl", id="Galician, not Portuguese"),
        pytest.param("El president es va reunir ahir amb l'alcalde per parlar del nou hospital.", "ca", id="Catalan"),
    ],
)
def test_the_language_of_few_words(text: str, language: str) -> None:
    assert told(text) == language
