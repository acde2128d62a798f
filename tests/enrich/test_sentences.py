"""Where a sentence ends: abbreviations do not end one, the same letters as a word do."""

import pytest

from flows.enrich.sentences import sentence_spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("He sat. Then he spoke.", ["He sat.", "Then he spoke."], id="a verb, not Saturday"),
        pytest.param("They met in the sun. It was hot.", ["They met in the sun.", "It was hot."], id="the sun, not Sunday"),
        pytest.param("She said no. Talks failed.", ["She said no.", "Talks failed."], id="no, not number"),
        pytest.param("He fell ill. Doctors came.", ["He fell ill.", "Doctors came."], id="ill, not Illinois"),
        pytest.param("They met Sat. Sept. 3 in Bern.", ["They met Sat. Sept. 3 in Bern."], id="weekday and month"),
        pytest.param("On Mar. 3 they met.", ["On Mar. 3 they met."], id="March"),
        pytest.param("Under resolution no. 5 they met.", ["Under resolution no. 5 they met."], id="a number follows"),
        pytest.param("« Oui », dit-il. « Non. » Roe part.", ["« Oui », dit-il.", "« Non. »", "Roe part."], id="guillemets with spaces"),
        pytest.param("„Ja“, sagte er. „Nein.“ Sie ging.", ["„Ja“, sagte er.", "„Nein.“", "Sie ging."], id="low and high marks"),
        pytest.param("»Ja«, sagte er. »Nein.« Sie ging.", ["»Ja«, sagte er.", "»Nein.«", "Sie ging."], id="guillemets inward"),
        pytest.param("Se fue. ¿Por qué? ¡Vaya!", ["Se fue.", "¿Por qué?", "¡Vaya!"], id="Spanish openers"),
        pytest.param("Mr. Roe met Gen. Doe.", ["Mr. Roe met Gen. Doe."], id="titles"),
    ],
)
def test_an_abbreviation_does_not_end_a_sentence_and_a_word_does(text: str, sentences: list[str]) -> None:
    assert [text[low:high] for low, high in sentence_spans(text)] == sentences
