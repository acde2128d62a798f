"""Bytes of every kind become text with the right encoding, or a reason why they are none."""

import codecs

import pytest

from flows.load.decode import Decoded, Undecodable, decode, without_surrogates

RUSSIAN = "Министры встретились в Женеве и подписали соглашение о торговле."
GERMAN = "Der Außenminister sprach über die Gespräche in Genf und die nächsten Schritte für Österreich."


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding"),
    [
        pytest.param(RUSSIAN.encode(), None, RUSSIAN, "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + RUSSIAN.encode(), None, RUSSIAN, "utf-8-sig", id="utf-8 with mark"),
        pytest.param(codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le"), None, RUSSIAN, "utf-16", id="utf-16 with mark"),
        pytest.param(GERMAN.encode("utf-16-le"), None, GERMAN, "utf-16-le", id="utf-16 without mark"),
        pytest.param(RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN, "cp1251", id="declared"),
        pytest.param(
            b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251"),
            None,
            '<meta charset="windows-1251">' + RUSSIAN,
            "cp1251",
            id="declared in HTML",
        ),
        pytest.param((RUSSIAN * 3).encode("cp1251"), None, RUSSIAN * 3, "cp1251", id="guessed"),
        pytest.param(
            "Café in Zürich: talks on Friday, more on Monday.".encode("latin-1"),
            None,
            "Café in Zürich: talks on Friday, more on Monday.",
            "cp1252",
            id="few high bytes",
        ),
        pytest.param("مرحبا بكم في الأخبار".encode(), None, "مرحبا بكم في الأخبار", "utf-8", id="right to left"),
        pytest.param(GERMAN.encode(), "latin-1", GERMAN, "utf-8", id="wrong declaration"),
    ],
)
def test_text_is_decoded(data: bytes, declared: str | None, text: str, encoding: str) -> None:
    found = decode(data, declared=declared)
    assert isinstance(found, Decoded) and (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"%PDF-1.7\n...", "binary", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary", id="png"),
        pytest.param(bytes(range(256)) * 8, "binary", id="all bytes"),
        pytest.param(b"\x00" * 1000, "binary", id="nul bytes"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\x00b", "undecodable", id="half a character"),
    ],
)
def test_what_is_no_text_has_a_reason(data: bytes, reason: str) -> None:
    found = decode(data)
    assert isinstance(found, Undecodable) and found.reason == reason


def test_a_broken_byte_is_replaced_with_a_note() -> None:
    found = decode(RUSSIAN.encode() + b"\xff and more")
    assert isinstance(found, Decoded)
    assert found.text == RUSSIAN + "\ufffd and more"
    assert found.note == "1 broken bytes replaced by U+FFFD"


def test_lone_surrogates_are_replaced_and_pairs_kept() -> None:
    assert without_surrogates("a\ud800b 😀") == ("a\ufffdb 😀", "1 lone surrogates replaced by U+FFFD")
    assert without_surrogates("plain") == ("plain", None)
