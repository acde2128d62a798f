"""What tags add to a page's text: evidence lined up with blocks, odds, roles with their reasons, one story, links with addresses."""

from functools import lru_cache

import numpy as np
import polars as pl
import pytest

from flows.clean import CleanLexicon, clean_pages
from flows.clean.blocks import split_blocks
from flows.clean.evidence import FLAG, HINTS, INPUTS, TAGS, read_evidence
from flows.load import html_evidence
from flows.load.pages import LINE_EVIDENCE, PAGE_SCHEMA, RECORD_SCHEMA, pages_from_records
from flows.reference.html_hints import HtmlHints, load_html_hints
from flows.reference.lexicon import REFERENCE, load_clean_lexicon

ARTICLE = """<html><head><title>Harbour reopens after storm - Bay Courier</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World news and analysis from the region</a></li></ul></nav>
<main><article>
<h1 class="headline">Harbour reopens after storm</h1>
<p class="standfirst">Ferries ran again on Monday, three days late</p>
<div class="byline">By Ada Quill</div>
<figure><img src="a.jpg"><figcaption>Cranes at the quay on Sunday evening, as the last of the wind died down.</figcaption></figure>
<div class="article-body">
<p>The harbour of Lowmere reopened on Monday after a storm had closed it for three days, the port authority said in a statement.</p>
<p>Two ferries and nine freighters had waited outside the bay, and the first of them docked shortly after seven in the morning.</p>
<h2>Repairs will take weeks</h2>
<p>Engineers found cracks in the northern wall, and the mayor said that the repairs would go on until the end of the summer.</p>
<p><a href="/storm-live">Read more: how the storm crossed the coast, hour by hour</a></p>
<p>No one was hurt, but the town had to move some forty families who live beside the river to a school for the night.</p>
</div>
<section class="comments"><h3>Comments</h3><p>I live beside that wall and I have told the council about the cracks for many years now.</p></section>
</article></main>
<aside class="related-stories"><ul>
<li><a href="/council">Council votes for a new bridge over the river</a></li>
<li><a href="https://other.example/b">Fishing fleet counts the cost of a lost week</a></li>
</ul></aside>
<footer><p>Bay Courier is a member of the regional press council. All rights reserved.</p></footer>
</body></html>"""
PLAIN = "A quiet day\n\nNothing much happened in the town on Tuesday, the mayor said, and nobody had expected that anything would."


@lru_cache(maxsize=1)
def knowledge() -> tuple[CleanLexicon, HtmlHints]:
    return load_clean_lexicon(), load_html_hints(REFERENCE)


def cleaned(*pages: str) -> dict[str, pl.DataFrame]:
    """Tables of the clean stage for pages given as HTML or plain text."""
    lexicon, hints = knowledge()
    rows = [
        {
            **dict.fromkeys(RECORD_SCHEMA),
            "document_id": str(number),
            "source_uri": str(number),
            "record_no": 1,
            "content": page,
            "is_html": page.startswith("<"),
            "media_type": "text/html",
            "url": "https://courier.example/news/harbour",
        }
        for number, page in enumerate(pages)
    ]
    return clean_pages(pages_from_records(pl.DataFrame(rows, schema=RECORD_SCHEMA), hints=hints), wording=lexicon)


def role_of(tables: dict[str, pl.DataFrame], opening: str) -> tuple[str, str, bool]:
    row = tables["blocks"].filter(pl.col("text").str.starts_with(opening)).row(0, named=True)
    return row["role"], row["reason"], row["kept"]


def test_flags_and_hints_are_those_of_the_html_reader() -> None:
    assert {
        name: getattr(html_evidence, name.upper() if hasattr(html_evidence, name.upper()) else "IN_" + name.upper()) for name in FLAG
    } == FLAG
    words = {hint for hint, _ in knowledge()[1].words.values()} - {"hidden", "hint", "none"}
    assert words <= set(HINTS)


@pytest.mark.parametrize(
    ("opening", "role", "reason", "kept"),
    [
        pytest.param("Harbour reopens", "headline", "tag: h1", False, id="h1"),
        pytest.param("Ferries ran again", "deck", "class: deck", False, id="standfirst by class"),
        pytest.param("By Ada Quill", "byline", None, False, id="byline"),
        pytest.param("Cranes at the quay", "caption", "tag: figcaption", False, id="figcaption"),
        pytest.param("The harbour of Lowmere", "body", None, True, id="first paragraph"),
        pytest.param("Repairs will take weeks", "subhead", "tag: h2", True, id="h2 inside the body"),
        pytest.param("No one was hurt", "body", None, True, id="last paragraph"),
        pytest.param("I live beside", "comment", None, False, id="prose of a reader's comment"),
        pytest.param("Council votes", "related", None, False, id="link of a list"),
        pytest.param("World news and", "nav", None, False, id="menu"),
    ],
)
def test_tags_and_class_words_name_roles(opening: str, role: str, reason: str | None, kept: bool) -> None:
    found = role_of(cleaned(ARTICLE), opening)
    assert (found[0], found[2]) == (role, kept)
    assert reason is None or found[1] == reason


def test_a_page_of_cards_stays_one_story() -> None:
    cards = "".join(
        f"<article><h2><a href='/{n}'>A card about matter number {n} of the day</a></h2><p>A teaser of some dozen words which says what the other story is about.</p></article>"
        for n in range(6)
    )
    assert len(cleaned(ARTICLE.replace("<footer>", f"<section class='more-stories'>{cards}</section><footer>"))["articles"]) == 1


def test_links_have_addresses() -> None:
    links = cleaned(ARTICLE)["related_links"].select("title", "url").rows()
    assert ("Council votes for a new bridge over the river", "https://courier.example/council") in links
    assert ("Fishing fleet counts the cost of a lost week", "https://other.example/b") in links


def test_plain_text_beside_html_is_read_as_if_alone() -> None:
    alone, beside = cleaned(PLAIN), cleaned(ARTICLE, PLAIN)
    assert (
        beside["blocks"]
        .filter(pl.col("document_id") == "1")
        .drop("document_id", "article_id")
        .equals(alone["blocks"].drop("document_id", "article_id"))
    )


@pytest.mark.parametrize(
    "page",
    ["<html></html>", "<p></p>", "<p>…</p>", "<p>مرحبا بكم في المدينة</p>", "<p>港は月曜日に再開した。</p>"],
    ids=["empty", "no words", "marks alone", "right to left", "no spaces"],
)
def test_odd_pages_pass(page: str) -> None:
    tables = cleaned(page, ARTICLE)
    assert tables["articles"].filter(pl.col("document_id") == "1").height == 1


def evidence_column(*tags: list[str] | None) -> pl.Series:
    lines = [
        None if held is None else [{"tag": tag, "flags": 16, "link_share": 0.5, "hint": "body", "href": tag} for tag in held]
        for held in tags
    ]
    return pl.Series("markup", lines, dtype=LINE_EVIDENCE)


def test_each_block_has_the_evidence_of_its_line() -> None:
    blocks = split_blocks(["one\n\n two \nthree", "plain", "four"])
    evidence = read_evidence(evidence_column(["h1", "p", "li"], None, ["td"]), blocks)
    assert evidence is not None
    assert [TAGS[tag] for tag in evidence.tag.tolist()] == ["h1", "p", "li", "", "td"]
    assert evidence.has.tolist() == [True, True, True, False, True]
    assert evidence.href == ["h1", "p", "li", "", "td"]


def test_a_paragraph_of_wrapped_lines_has_the_evidence_of_its_first_line() -> None:
    words = [
        "the",
        "storm",
        "closed",
        "the",
        "harbour",
        "for",
        "three",
        "days",
        "and",
        "two",
        "ferries",
        "had",
        "to",
        "wait",
        "outside",
        "the",
        "bay",
        "until",
        "the",
        "wind",
        "fell",
        "on",
    ]
    lines = [" ".join(words[k % 5 :] + words[: k % 5])[:70].rsplit(" ", 1)[0] for k in range(12)]
    text = "\n".join(lines[:6]) + " end.\n\n" + "\n".join(lines[6:]) + " end."
    blocks = split_blocks([text])
    evidence = read_evidence(evidence_column([f"h{1 + k // 6}" for k in range(12)]), blocks)
    assert evidence is not None and blocks.page.size < 12
    assert TAGS[evidence.tag[0]] == "h1" and TAGS[evidence.tag[-1]] == "h2"


def test_evidence_that_does_not_match_the_lines_is_left_out() -> None:
    assert read_evidence(evidence_column(["p"]), split_blocks(["one\ntwo"])) is None
    assert read_evidence(None, split_blocks(["one"])) is None
    assert read_evidence(pl.Series("markup", [None], dtype=PAGE_SCHEMA["markup"]), split_blocks(["one"])) is None


def test_weights_fit_the_inputs() -> None:
    scorer = knowledge()[0].evidence
    assert scorer is not None
    assert scorer.first_weights.shape[0] == len(INPUTS) and np.isfinite(scorer.first_weights).all()
