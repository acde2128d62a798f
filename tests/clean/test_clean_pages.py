"""Messy pages and the roles of their lines; whatever the text, its blocks cover it exactly."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean import clean_pages
from flows.reference.lexicon import load_clean_lexicon

LEXICON = load_clean_lexicon()
LEAD = "The ministers of trade of the two countries met in Geneva on Tuesday and agreed to lower duties on wheat and steel by the end of the year."
MORE = "Officials said that the talks had lasted for nine hours, and that both sides would send experts to Vienna in March to settle what remains."
LAST = "Farmers on both sides of the border had warned for months that a failure would cost them a third of their sales, the unions said."
HEAD = "Ministers agree in Geneva to lower duties on wheat and steel"


def clean(*texts: str, **about: str) -> dict[str, pl.DataFrame]:
    empty = dict.fromkeys(("url", "site", "record_title", "record_byline", "record_outlet", "page_title", "page_byline", "page_site_name"))
    rows = [
        {
            **empty,
            "document_id": f"d{number}",
            "source_uri": "a",
            "media_type": "text/plain",
            "fetched_at": None,
            "text": text,
            "markup": None,
            **about,
        }
        for number, text in enumerate(texts)
    ]
    return clean_pages(pl.DataFrame(rows, infer_schema_length=None), wording=LEXICON)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([HEAD, LEAD, MORE, LAST], ["headline", "body", "body", "body"], id="a headline and its text"),
        pytest.param([HEAD, "Share this @tradenews.example", LEAD, MORE, LAST], ["headline", "widget", "body", "body", "body"], id="a share bar"),
        pytest.param([HEAD, "No time to read?", "Get a summary", LEAD, MORE, LAST], ["headline", "widget", "widget", "body", "body", "body"], id="a reading aid"),
        pytest.param([HEAD, LEAD, MORE, LAST, "•"], ["headline", "body", "body", "body", "separator"], id="a separator"),
        pytest.param([HEAD, LEAD, MORE, LAST, "Previous Article", "Storm closes the harbor for a third day", "Next Article", "Ten soups for a cold week at home"],
                     ["headline", "body", "body", "body", "nav", "nav", "nav", "nav"], id="the articles before and after"),
        pytest.param([HEAD, LEAD, MORE, LAST, "© 2024 Trade News. All rights reserved."], ["headline", "body", "body", "body", "legal"], id="a legal line"),
        pytest.param(["Vue lecture", HEAD, LEAD, MORE, LAST], ["widget", "headline", "body", "body", "body"], id="a reader page in French"),
        pytest.param(["Talks end", "GENEVA, May 5 (Example Wire) – " + LEAD, MORE], ["headline", "body", "body"], id="a lead with a dateline"),
    ],
)  # fmt: skip
def test_lines_get_their_roles(lines: list[str], expected: list[str]) -> None:
    assert clean("\n\n".join(lines))["blocks"]["role"].to_list() == expected


def test_text_without_a_headline_gets_none() -> None:
    articles = clean(f"{LEAD}\n{MORE}\n{LAST}")["articles"]
    assert articles["title"].to_list() == [None]
    assert articles["display_title"][0].startswith("The ministers of trade")


def test_stories_between_separators_are_told_apart() -> None:
    other = "Storm closes the harbor for a third day"
    storm = "Waves of six meters kept every ship in port on Monday, and the ferry to the islands will not sail before Thursday, the harbor master said."
    articles = clean("\n\n".join([HEAD, LEAD, MORE, "•", other, storm, "•"]))["articles"]
    assert articles["title"].to_list() == [HEAD, other]
    assert articles["body"].to_list() == [f"{LEAD}\n\n{MORE}", storm]


def test_related_stories_become_links_with_caption_and_teaser() -> None:
    related = [
        "You May Also Like",
        "Boats in the harbor",
        "Storm Closes the Harbor for a Third Day",
        "Waves of six meters kept every ship in port, and…",
    ]
    links = clean("\n\n".join([HEAD, LEAD, MORE, LAST, *related]))["related_links"]
    assert links.select("kind", "title", "teaser", "caption").row(0) == ("related", related[2], related[3], related[1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "\u200b",
        "۱۲۳",
        "مرحبا بكم في الأخبار",
        "今日のニュースです。首相は会見した。",
        "a\x00b",
        "\u2028x\u2029y\x85z",
        "•\n•",
        "😀" * 50,
    ],
)
def test_odd_texts_pass_through(text: str) -> None:
    blocks = clean(text, LEAD)["blocks"].filter(pl.col("document_id") == "d0")
    assert " ".join(blocks["text"].to_list()).split() == text.split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=8).map("\n".join))
def test_blocks_cover_any_text_exactly(text: str) -> None:
    blocks = clean(text, LEAD)["blocks"].filter(pl.col("document_id") == "d0")
    at = 0
    for start, end, block in blocks.select("char_start", "char_end", "text").iter_rows():
        assert text[at:start].strip() == "" and text[start:end] == block and block.strip() == block != ""
        at = end
    assert text[at:].strip() == ""
