"""Bylines as pages and metadata have them, taken apart."""

import pytest

from flows.clean.bylines import split_byline
from flows.clean.metadata import Outlets
from flows.reference.lexicon import load_clean_lexicon

LEXICON = load_clean_lexicon(weights=None, boundaries=None, evidence=None)
OUTLETS = Outlets(LEXICON.outlets, LEXICON.agencies, LEXICON.platforms)
FORMS = {
    "By Ann Poe": "Ann Poe",
    "Ann Poe, John Roe": "Ann Poe; John Roe",
    "By Ann Poe and John Roe, Reuters in Kyiv": "Ann Poe; John Roe; Reuters=agency",
    "BY ANN POE AND JOHN O'ROE": "Ann Poe; John O'Roe",
    "By ANN POE, Associated Press Writer": "Ann Poe; Associated Press=agency",
    "AP Diplomatic Writer Ann Poe": "Associated Press=agency; Ann Poe",
    "ANN POE of the Associated Press": "Ann Poe; Associated Press=agency",
    "By Reuters Staff": "Reuters=agency",
    "The Associated Press": "Associated Press=agency",
    "(AP)": "Associated Press=agency",
    "By Ann Poe for The Lakeside Tribune": "Ann Poe; The Lakeside Tribune=outlet",
    "By Ann Poe, Special to The Lakeside Tribune": "Ann Poe; The Lakeside Tribune=outlet",
    "From Ann Poe, CNN": "Ann Poe; CNN=outlet",
    "BBC News, Washington": "BBC News=outlet",
    "Lakeside Tribune": "Lakeside Tribune=outlet",
    "By Mary Ann O’Poe-Roth in Geneva and John van der Roe in London": "Mary Ann O’Poe-Roth; John van der Roe",
    "By Ann Poe, Staff Writer": "Ann Poe",
    "Staff writer": "Staff writer=desk",
    "By our own correspondent": "our own correspondent=desk",
    "Editorial Board": "Editorial Board=desk",
    "By Ann Poe and staff reports": "Ann Poe; staff reports=desk",
    "By Ann Poe ann.poe@herald.example": "Ann Poe",
    "Ann Poe | 3 May 2024, 10:00": "Ann Poe",
    "By Ann Poe; editing by John Roe": "Ann Poe; John Roe=person/editor",
    "Ann Poe. Translated by Eva Roth": "Ann Poe; Eva Roth=person/translator",
    "Translated by Eva Roth from the German": "Eva Roth=person/translator",
    "Von Eva Roth, dpa": "Eva Roth; dpa=agency",
    "dpa/AFP": "dpa=agency; Agence France-Presse=agency",
    "Von Eva Roth und Max Lund, Berlin": "Eva Roth; Max Lund",
    "Aus dem Englischen von Eva Roth": "Eva Roth=person/translator",
    "Par Anne Poe avec AFP": "Anne Poe; Agence France-Presse=agency",
    "Traduit par Anne Poe": "Anne Poe=person/translator",
    "Por Ana Ruiz y Juan Gil | EFE": "Ana Ruiz; Juan Gil; EFE=agency",
    "Анна По, Перевод: Ева Рот": "Анна По; Ева Рот=person/translator",
    "本报记者 王小明 李雷": "王小明; 李雷",
    "文／王小明 译者：李雷": "王小明; 李雷=person/translator",
    "김철수 기자": "김철수",
    "بقلم: سارة حداد": "سارة حداد",
    "admin": "",
    "Updated 3 May 2024": "",
    "": "",
}


@pytest.mark.parametrize(("byline", "parts"), FORMS.items(), ids=list(FORMS))
def test_bylines_are_taken_apart(byline: str, parts: str) -> None:
    found = []
    for one in split_byline(byline, LEXICON.bylines, OUTLETS, "lakesidetribune.example"):
        about = one.kind if one.role == "author" else f"{one.kind}/{one.role}"
        found.append(one.name if about == "person" else f"{one.name}={about}")
    assert "; ".join(found) == parts


def test_an_author_is_told_as_printed_beside_the_usual_form() -> None:
    (one,) = split_byline("By ANN POE", LEXICON.bylines, OUTLETS)
    assert (one.text, one.name) == ("ANN POE", "Ann Poe")


def test_a_byline_names_nobody_without_words_to_read_it_by() -> None:
    assert split_byline(None, LEXICON.bylines, OUTLETS) == []
