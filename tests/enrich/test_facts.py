"""The facts of an article as rows: what the finders find of one another."""

import polars as pl

from flows.enrich.articles import enrich_articles
from flows.knowledge import load_knowledge


def enriched(text: str, *, published: str | None = None, language: str = "en") -> dict[str, pl.DataFrame]:
    """The fact tables of one page that is one article, a line a paragraph."""
    blocks = []
    at = 0
    for no, line in enumerate(text.split("\n"), 1):
        blocks.append(("d", no, "a", "body", True, at, line))
        at += len(line) + 1
    pages = pl.DataFrame(
        [("d", text, None, None, published, None, None, None)],
        schema={
            **dict.fromkeys(
                ("document_id", "text", "url", "site", "record_published", "page_published", "page_published_basis"), pl.String
            ),
            "fetched_at": pl.Datetime,
        },
        orient="row",
    )
    articles = pl.DataFrame(
        [("a", "d", language, None, None, None)],
        schema=dict.fromkeys(("article_id", "document_id", "language", "title", "outlet", "dateline_place"), pl.String),
        orient="row",
    )
    frame = pl.DataFrame(blocks, schema=["document_id", "block_no", "article_id", "role", "kept", "char_start", "text"], orient="row")
    return enrich_articles(pages, frame, articles, knowledge=load_knowledge())


def test_a_surname_means_who_held_the_office_on_the_day_of_the_article() -> None:
    text = "President Bush spoke to troops in Kansas on Friday."
    for day, bush in (("1990-08-10", "person/george-h-w-bush"), ("2003-03-21", "person/george-w-bush")):
        assert bush in enriched(text, published=day)["mentions"]["entity_id"].to_list()


def test_a_nationality_is_no_name_of_its_country() -> None:
    facts = enriched("Russian officials met the Palestinians and European envoys in Russia.")
    assert facts["mentions"].select("text", "entity_id").rows() == [
        ("Russian", "nationality/RUS"),
        ("Palestinians", "nationality/PSE"),
        ("European", "nationality/europe"),
        ("Russia", "country/RUS"),
    ]
    kinds = dict(facts["entities"].select("entity_id", "kind").iter_rows())
    assert kinds["nationality/RUS"] == kinds["nationality/europe"] == "nationality"
    russian = facts["entities"].filter(pl.col("entity_id") == "nationality/RUS").row(0, named=True)
    assert (russian["name"], russian["country"]) == ("Russian", "RUS")
    assert russian["latitude"] is not None
