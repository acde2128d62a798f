"""Roles of whole pages: the page on the left, the role of each line beside it."""

import polars as pl
import pytest

P1 = (
    "The two delegations met on Tuesday for a third day of talks on missiles of medium range in Europe, and both sides said that they "
    "expected progress before the end of the month."
)
P2 = (
    "“We have agreed on the outline of a treaty, and our experts will now work on the details,” the foreign minister told reporters "
    "after the session, which lasted for more than four hours."
)
P3 = (
    "Inspectors from each country would be allowed to visit the bases of the other at short notice, according to officials who were "
    "present at the talks and who spoke on condition of anonymity."
)
P4 = "The treaty still has to be ratified by both parliaments, which is not expected to happen before the spring of next year."

READER_PAGE = [
    ("Vue lecture", "widget"),
    ("Negotiators near accord on missiles after third day in Geneva", "headline"),
    ("By Anna Keller", "byline"),
    ("November 19, 1987", "dateline"),
    (P1, "body"),
    (P2, "body"),
    ("What the inspectors may see", "subhead"),
    (P3, "body"),
    ("Guest house at the lake", "caption"),
    ("The guest house at the lake where the delegations met on November 18, 1987. (Jane Roe/Example Wire via Example Pictures)", "caption"),
    (P4, "body"),
    ("Share this article", "widget"),
    ("You May Also Like", "related"),
    ("Farmers block roads in the south over milk prices", "related"),
    ("Hundreds of tractors stood on the main roads into the city on Monday as…", "related"),
    ("Museum buys a lost letter of the composer", "related"),
    ("The letter was found in an attic by a student who had no idea what…", "related"),
]

NEXT_ARTICLE = [
    ("Home", "nav"),
    ("World", "nav"),
    ("Negotiators near accord on missiles after third day in Geneva", "headline"),
    ("No time to read?", "widget"),
    ("Get a summary", "widget"),
    (P1, "body"),
    (P2, "body"),
    (P3, "body"),
    ("Previous Article", "nav"),
    ("Farmers block roads in the south over milk prices", "nav"),
    ("Next Article", "nav"),
    ("Museum buys a lost letter of the composer", "nav"),
    ("Privacy Policy", "legal"),
    ("© 1987 Example Herald. All rights reserved.", "legal"),
]

NO_HEADLINE = [
    (P1, "body"),
    (P2, "body"),
    (P3, "body"),
    (
        "Stay ahead with our daily newsletter. Follow us on X, Instagram and Facebook, and send your report to desk@example-herald.com.",
        "promo",
    ),
]


STANDFIRST = [
    ("Negotiators near accord on missiles after third day in Geneva", "headline"),
    ("Both sides speak of progress, and inspectors may visit bases at short notice.", "deck"),
    ("By Anna Keller", "byline"),
    (P1, "body"),
    (P2, "body"),
    (P3, "body"),
]


@pytest.mark.parametrize("joint", ["\n\n", "\n", "\r\n\r\n"], ids=["blank lines", "no blank lines", "CRLF"])
@pytest.mark.parametrize(
    "page", [READER_PAGE, NEXT_ARTICLE, NO_HEADLINE, STANDFIRST], ids=["reader page", "next article", "no headline", "standfirst"]
)
def test_roles_of_a_page(clean, page: list[tuple[str, str]], joint: str) -> None:  # type: ignore[no-untyped-def]
    blocks = clean(joint.join(text for text, _ in page))["blocks"]
    assert list(zip(blocks["text"].to_list(), blocks["role"].to_list(), strict=True)) == page


def test_kept_are_paragraphs_and_subheads(clean) -> None:  # type: ignore[no-untyped-def]
    blocks = clean("\n\n".join(text for text, _ in READER_PAGE))["blocks"]
    kept = blocks.filter(pl.col("kept"))["role"].unique().to_list()
    assert sorted(kept) == ["body", "subhead"]
    assert not blocks.filter(pl.col("role").is_in(["body", "subhead"]) & ~pl.col("kept")).height


def test_every_block_has_a_reason_and_a_role(clean) -> None:  # type: ignore[no-untyped-def]
    blocks = clean("\n\n".join(text for text, _ in READER_PAGE), "•\n\n***\n\nHome", "", "\x00", "السلام عليكم\n\n" + "مرحبا " * 40)[
        "blocks"
    ]
    assert not blocks.filter((pl.col("role") == "") | (pl.col("reason") == "")).height


def test_a_page_may_hold_no_article(clean) -> None:  # type: ignore[no-untyped-def]
    out = clean("Home\n\nWorld\n\nSport\n\nPrivacy policy", "", "  \n ")
    assert out["articles"].height == 0
    assert out["blocks"]["article_id"].null_count() == out["blocks"].height


def test_the_same_page_gives_the_same_rows(clean) -> None:  # type: ignore[no-untyped-def]
    text = "\n\n".join(text for text, _ in READER_PAGE)
    alone, among = clean(text), clean(text, "Home\n\nWorld", text)
    for name in ("blocks", "articles", "related_links"):
        assert alone[name].equals(among[name].filter(pl.col("document_id") == "d0"))
