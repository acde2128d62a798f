"""Pages in the encodings that news is kept in: as declared, as marked, and as found where nothing is told."""

from pathlib import Path

import pytest

from flows.load.decode import Decoded, decode
from flows.load.inputs import find_inputs
from flows.load.readers import read_inputs
from flows.load.records import Record
from flows.settings import Settings

TOLD = {
    "gb18030": "外交部发言人星期一在记者会上表示，双方就贸易问题举行了建设性会谈，并同意继续保持沟通。",
    "shift_jis": "外務省の報道官は月曜日、両国が貿易問題について建設的な協議を行ったと述べた。次回の会合は来月開かれる。",
    "euc_kr": "외교부 대변인은 월요일 양국이 무역 문제에 대해 건설적인 협의를 했다고 밝혔다. 다음 회의는 다음 달에 열린다.",
    "big5": "外交部發言人星期一在記者會上表示，雙方就貿易問題舉行了建設性會談，並同意繼續保持溝通。",
    "cp1251": "Представитель министерства заявил в понедельник, что стороны провели конструктивные переговоры о торговле.",
    "koi8_r": "Представитель министерства заявил в понедельник, что стороны провели конструктивные переговоры о торговле.",
    "iso8859_2": "Rzecznik ministerstwa powiedział w poniedziałek, że strony odbyły rozmowy o handlu. Źródła są zgodne.",
    "cp1252": "Le porte-parole a déclaré lundi que les deux côtés avaient mené des négociations à Genève.",
}


@pytest.mark.parametrize("encoding", TOLD)
def test_the_encoding_that_a_header_or_the_page_declares(encoding: str) -> None:
    found = decode(TOLD[encoding].encode(encoding), declared=encoding)
    assert isinstance(found, Decoded) and found.text == TOLD[encoding] and found.note is None
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{TOLD[encoding]}</p></body></html>'
    found = decode(page.encode(encoding))
    assert isinstance(found, Decoded) and found.text == page


@pytest.mark.parametrize("encoding", ["gb18030", "shift_jis", "euc_kr", "cp1251", "koi8_r", "cp1252"])
def test_an_encoding_that_nobody_declares_is_found_with_a_note(encoding: str) -> None:
    found = decode((TOLD[encoding] + "\n").encode(encoding) * 4)
    assert isinstance(found, Decoded) and found.text == (TOLD[encoding] + "\n") * 4 and found.note


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_at_the_beginning_goes_before_what_is_declared(encoding: str) -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{TOLD["koi8_r"]}</p></body></html>'
    found = decode(page.encode(encoding), declared="iso-8859-1")
    assert isinstance(found, Decoded) and found.text == page


def test_utf_16_without_a_mark_and_utf_8_under_another_name() -> None:
    english = "The spokesman said on Monday that the talks had gone well."
    for encoding in ("utf-16-le", "utf-16-be"):
        found = decode(english.encode(encoding))
        assert isinstance(found, Decoded) and (found.text, found.encoding) == (english, encoding)
    found = decode(TOLD["gb18030"].encode(), declared="gb2312")
    assert isinstance(found, Decoded) and (found.text, found.encoding) == (TOLD["gb18030"], "utf-8")


def test_a_header_goes_before_the_page_and_an_unknown_name_is_passed_over() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{TOLD["koi8_r"]}</p></body></html>'
    found = decode(page.encode("koi8_r"), declared="koi8-r")
    assert isinstance(found, Decoded) and found.text == page
    found = decode(TOLD["cp1252"].encode("cp1252"), declared="no-such-charset")
    assert isinstance(found, Decoded) and found.text == TOLD["cp1252"]


def test_files_say_which_encoding_they_were_in(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(f'<meta charset="shift_jis"><p>{TOLD["shift_jis"]}</p>'.encode("shift_jis"))
    (found,) = read_inputs(find_inputs([str(tmp_path)]), Settings())
    assert isinstance(found, Record) and found.encoding == "shift_jis" and TOLD["shift_jis"] in found.content


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("El señor Ibáñez llegó", "cp1252"),
        ("São Tomé", "cp1252"),
        ("Hon är på väg, sade han", "cp1252"),
        ("È così, ma è già tardi", "cp1252"),
        ("Müller, Håkan, François and Peña met", "cp1252"),
        ("It cost £30 and 5 km² — “too much”", "cp1252"),
        ("Spotkał się w Łodzi, żeby mówić o przyszłości", "cp1250"),
        ("Předseda řekl, že přijede příští týden", "cp1250"),
        ("A kormány erős; a főváros népe örült, és megköszönte", "cp1250"),
        ("Dışişleri bakanı dün İstanbul'da görüştü", "cp1254"),
        ("Prezidentas sakė, kad šį rudenį važiuos", "cp1257"),
        ("El señor Ibáñez llegó ayer con su mujer, María", "cp850"),
        ("Le ministre a déclaré à la presse que l’été serait long".replace("’", "'"), "cp850"),
        ("Der Bundeskanzler führte Gespräche über die Öffnung der Straßen", "cp850"),
        ("Han sade på måndagen att mötet är över", "cp850"),
        ("O porta-voz não confirmou a reunião de São Paulo", "cp850"),
        ("Le ministre a déclaré à la presse que l’été serait long", "mac_roman"),
        ("Der Bundeskanzler führte Gespräche über die Öffnung der Straßen", "mac_roman"),
        ("El señor Ibáñez llegó ayer, después de María", "mac_roman"),
        ("“The naïve Señor Peña”, he said — “is in São Tomé”", "mac_roman"),
        ("Spotkał się w Łodzi, żeby mówić o przyszłości", "cp852"),
        ("Předseda řekl, že přijede příští týden", "cp852"),
        ("The man—who didn’t—said “no”…", "cp1252"),
        ("It’s ‘all’ he’s—we’re told—got", "cp1252"),
    ],
)
@pytest.mark.parametrize("times", [1, 6])
def test_the_letters_of_a_language_tell_its_encoding(text: str, encoding: str, times: int) -> None:
    found = decode((text + "\n").encode(encoding) * times)
    assert isinstance(found, Decoded) and (found.text, found.encoding) == ((text + "\n") * times, encoding)


def test_vietnamese_with_its_tones_written_apart_is_composed() -> None:
    found = decode("Thu\u0309 tươ\u0301ng đê\u0301n Ha\u0300 Nô\u0323i, ho\u0323p vơ\u0301i ca\u0301c nươ\u0301c".encode("cp1258"))
    assert isinstance(found, Decoded) and found.text == "Thủ tướng đến Hà Nội, họp với các nước"
