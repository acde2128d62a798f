"""UTF-8 that was read as something else is undone where that is certain, and look-alikes stay as they are."""

import json
from pathlib import Path

import pytest

from flows.load.inputs import find_inputs
from flows.load.mojibake import undo
from flows.load.readers import read_inputs
from flows.load.records import Record
from flows.settings import Settings


def misread(text: str, encoding: str = "cp1252", times: int = 1) -> str:
    """UTF-8 bytes as a careless program reads them; bytes that the encoding lacks become control characters, as in browsers."""
    for _ in range(times):
        text = "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())
    return text


MEANT = {
    "English": "It’s a “naïve” café — £5, 20 °C …",
    "French": "L’été dernier, le président a déclaré « être prêt » à Genève : “oui”, dit-il.",
    "German": "Müller sagte: „Größe“.",
    "Spanish": "El señor Núñez no irá mañana.",
    "Polish": "Kraków, Łódź i Wałęsa",
    "Vietnamese": "Việt Nam họp báo",
    "Russian": "Привет, мир, в Женеве состоялась встреча",
    "Greek": "Η συνάντηση έγινε στη Γενεύη",
    "Arabic": "اجتمع الوزراء في جنيف",
    "Chinese": "中国外交部发言人表示，会谈是建设性的",
    "Japanese": "東京で会談",
    "an emoji": "Well done 😀",
    "one name": "José spoke first.",
    "markup": "<p>Café</p>\n<p>Résumé – “fin”</p>",
}


@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice over"])
@pytest.mark.parametrize("kind", MEANT)
def test_what_was_read_as_cp1252_is_undone_with_a_note(kind: str, times: int) -> None:
    text, note = undo(misread(MEANT[kind], times=times))
    assert text == MEANT[kind]
    assert note and "cp1252" in note and ("twice over" in note) == (times == 2)


def test_what_was_read_as_latin_1_or_cp1251_is_undone() -> None:
    assert undo(MEANT["French"].encode().decode("latin-1"))[0] == MEANT["French"]
    assert undo(misread(MEANT["Russian"], "cp1251"))[0] == MEANT["Russian"]


@pytest.mark.parametrize(
    "text",
    [
        *MEANT.values(),
        pytest.param("“IRMÃ”, disse", id="a capital before a closing mark"),
        pytest.param("ÚŽASNÝ DEN v Praze", id="Czech capitals"),
        pytest.param("«Å“»", id="marks of two kinds"),
        pytest.param("BLÅ” sagde han", id="Danish capitals"),
        pytest.param("Škoda’s and Ä’s rival", id="a genitive"),
        pytest.param("voilà\xa0» dit-il à\xa0«\xa0X\xa0»", id="French spacing"),
        pytest.param("Il est là… été…", id="an ellipsis after an accent"),
        pytest.param("SÃO PAULO – “NÃO”", id="Portuguese capitals"),
        pytest.param("Ð is eth, Ñ is eñe, Ø is ø", id="single letters"),
        pytest.param("The word café shows up as “cafÃ©” when it is read wrongly.", id="a page about it"),
        pytest.param("РОССИЯ, СССР и РСФСР «снова»", id="Russian capitals"),
        pytest.param("Її відповідь: «так»…", id="Ukrainian"),
        pytest.param("plain ASCII", id="ASCII"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_right_or_could_be_stays(text: str) -> None:
    assert undo(text) == (text, None)


def test_a_line_that_is_right_stays_beside_lines_that_are_undone() -> None:
    wrong = "\n".join(misread(MEANT["French"]) for _ in range(3))
    text, note = undo(f"Société — à propos\n{wrong}")
    assert text == "\n".join(["Société — à propos", *[MEANT["French"]] * 3]) and note
    right = "\n".join([MEANT["French"]] * 5)
    assert undo(f"{right}\ncafÃ©") == (f"{right}\ncafÃ©", None)


def test_every_door_undoes_it_in_the_text_and_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": misread(MEANT["French"]), "title": misread("Été à Genève")}))
    (tmp_path / "b.html").write_text(f"<html><body><p>{misread(MEANT['French'])}</p></body></html>", encoding="utf-8")
    (tmp_path / "c.txt").write_text(MEANT["French"], encoding="utf-8")
    first, second, third = (each for each in read_inputs(find_inputs([str(tmp_path)]), Settings()) if isinstance(each, Record))
    assert (first.content, first.title) == (MEANT["French"], "Été à Genève") and first.note and second.note
    assert MEANT["French"] in second.content
    assert (third.content, third.note) == (MEANT["French"], None)
