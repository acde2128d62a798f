"""Clean: a page's text becomes blocks, each with a role and a reason, its stories become articles, its pointers to others links.

Pure: reference data comes in as a ``CleanLexicon``; nothing is read, opened or asked for here.
"""

import hashlib
import re
from typing import Any

import polars as pl

from flows.clean.body import body_blocks
from flows.clean.bylines import split_byline
from flows.clean.furniture import ROLES
from flows.clean.language import language_of
from flows.clean.lexicon import CleanLexicon
from flows.clean.metadata import (
    DASHES,
    Outlets,
    address_title,
    dateline_place,
    find_byline,
    find_outlet,
    find_source,
    is_dateline_alone,
    is_same_outlet,
    opening_lines,
    own_names,
)
from flows.clean.page import BYLINE, CREDIT, DATELINE, DECK, Link, Page, Reading, StoryParts
from flows.clean.related import absolute, find_links
from flows.clean.roles import assign_roles
from flows.clean.stories import find_stories
from flows.clean.stretch import stretch_body
from flows.clean.views import Batch, language_sample, read_batch, view_page
from flows.clean.wording import language_votes
from flows.schemas import TABLES, polars_schema

_TABLES = ("blocks", "articles", "authors", "related_links")
_WORD = re.compile(r"\w+")
_OPENING_BLOCKS = 8  # among which what came apart from the text is looked for
_NO_BODY_ODDS = -9.0
_LEAD_WORDS = 12
# How the sources of a title are told in articles.title_basis.
_BASES = {
    "h1": "headline of the page (h1)",
    "json-ld": "title in the page's metadata (json-ld)",
    "meta": "title in the page's metadata (meta)",
    "title tag": "title in the page's metadata (title tag)",
}


def clean_pages(pages: pl.DataFrame, *, wording: CleanLexicon, site_furniture: pl.DataFrame | None = None) -> dict[str, pl.DataFrame]:
    """Clean a batch of pages: rows of ``blocks``, ``articles``, ``authors`` and ``related_links``, in the order of the pages.

    ``pages`` holds a row a page: document_id and text, and where known url, site, record_title, record_byline,
    record_outlet, page_title, page_byline, page_site_name (str) and markup (evidence of HTML tags, a list a page with one struct a line).
    ``site_furniture`` tells on how many pages each site's lines stand (``sites.SITE_LINES``); lines repeated within the batch count
    as well. Columns that later stages fill are null.
    """
    texts = [text or "" for text in pages["text"].to_list()]
    if not any(text.strip() for text in texts):
        return {name: pl.DataFrame(schema=polars_schema(TABLES[name])) for name in _TABLES}
    rows = pages.drop("text", "markup", strict=False).to_dicts()
    told = [(row.get("record_title") or "").partition("\n")[::2] for row in rows]  # title and standfirst of the record
    titles = [row.get("page_title") or title or address_title(row.get("url")) for row, (title, _) in zip(rows, told, strict=True)]
    batch = read_batch(texts, titles, wording, [row.get("site") for row in rows], site_furniture, pages.get_column("markup", default=None))
    tables: dict[str, dict[str, Any]] = {name: {column: [] for column in TABLES[name]} for name in _TABLES}
    columns: dict[str, Any] = tables["blocks"]
    for number, row in enumerate(rows):
        title, deck = told[number]
        own = tuple(each.casefold() for each in (title, row.get("page_title")) if each)
        page = view_page(batch, number, texts[number], own)
        _believe(page, deck)
        _find_datelines(page)
        body = body_blocks(page)
        stretch_body(page, body)
        stories = find_stories(page, body, wording.boundary, wording.countries)
        reading = assign_roles(page, body, stories)
        reading.links = find_links(page, reading)
        articles = _articles(page, reading, row, wording, batch, number)
        _append(tables["articles"], articles)
        _append(tables["authors"], [row for article in articles for row in _authors(article, wording)])
        _append_links(tables["related_links"], reading.links, row)
        ids = [None, *(article["article_id"] for article in articles)]
        columns["document_id"].extend([row["document_id"]] * page.size)
        columns["block_no"].extend(range(1, page.size + 1))
        columns["article_id"].extend([ids[story] for story in reading.story])
        columns["role"].extend([ROLES[role] for role in reading.role])
        columns["kept"].extend(reading.kept)
        columns["reason"].extend(reading.why)
        columns["text"].extend(page.text)
    columns["char_start"], columns["char_end"] = batch.char_start, batch.char_end
    return {name: pl.DataFrame(table, schema=polars_schema(TABLES[name])) for name, table in tables.items()}


def _believe(page: Page, deck: str) -> None:
    """Let a line that the record or the page's metadata calls its title or standfirst be none of what its wording looks like."""
    for at in range(min(page.size, _OPENING_BLOCKS)):
        if deck and page.text[at] == deck:
            page.odds[at], page.furniture[at], page.strong[at] = _NO_BODY_ODDS, 0, False
            deck = ""
        elif page.furniture[at] in (DATELINE, BYLINE, CREDIT) and page.text[at].casefold() in page.titles:
            page.furniture[at], page.strong[at] = 0, False


def _find_datelines(page: Page) -> None:
    """Let a line that holds a wire story's dateline alone be that, though an agency's name makes it look like a photo credit."""
    for at, text in enumerate(page.text):
        if text[-1] in DASHES and is_dateline_alone(text):
            page.furniture[at], page.why[at], page.strong[at] = DATELINE, "form: a dateline alone", True


def _append(table: dict[str, list[Any]], rows: list[dict[str, Any]]) -> None:
    """Add rows to a table of columns; what a row does not tell is null."""
    for name, column in table.items():
        column.extend([row.get(name) for row in rows])


def _append_links(columns: dict[str, list[Any]], links: list[Link], row: dict[str, Any]) -> None:
    """Add the links of a page to the columns of ``related_links``."""
    columns["document_id"].extend([row["document_id"]] * len(links))
    columns["link_no"].extend(range(1, len(links) + 1))
    for link in links:
        columns["kind"].append(link.kind)
        columns["title"].append(link.title)
        columns["teaser"].append(link.teaser)
        columns["caption"].append(link.caption)
        columns["url"].append(absolute(link.url, row.get("url")))


def _articles(page: Page, reading: Reading, row: dict[str, Any], lexicon: CleanLexicon, batch: Batch, number: int) -> list[dict[str, Any]]:
    """Rows of ``articles`` of one page; what later stages fill is left out."""
    if not reading.stories:
        return []
    outlets = Outlets(lexicon.outlets, lexicon.agencies, lexicon.platforms)
    outlet = row.get("record_outlet") or row.get("page_site_name") or find_outlet(page, reading, outlets) or row.get("site")
    own = own_names(outlets, outlet, row.get("site"))
    articles = []
    for story_no, story in enumerate(reading.stories, 1):
        votes = language_votes(lexicon.vocabulary, language_sample(batch, number, story.body))
        about = _about(page, reading, story, story_no, row)
        body = "\n\n".join(page.text[at] for at in range(story.low, story.high) if reading.kept[at] and reading.story[at] == story_no)
        source = find_source(page, story, reading, outlets, body, own)
        about |= {
            "outlet": outlet,
            "syndicated_from": None if source and is_same_outlet(source, outlet) else source,
            "language": language_of(body, votes, lexicon.vocabulary.languages),
            "dateline_place": next((place for at in opening_lines(page, story, reading) if (place := dateline_place(page.text[at]))), None),
            "body": body,
            "word_count": _count_words(body, page, story),
        }
        articles.append(about)
    return articles


def _authors(article: dict[str, Any], lexicon: CleanLexicon) -> list[dict[str, Any]]:
    """Rows of ``authors`` of one article: its byline taken apart."""
    outlets = Outlets(lexicon.outlets, lexicon.agencies, lexicon.platforms)
    named = split_byline(article["byline"], lexicon.bylines, outlets, article["outlet"])
    return [{"article_id": article["article_id"], "author_no": number, **one._asdict()} for number, one in enumerate(named, 1)]


def _about(page: Page, reading: Reading, story: StoryParts, number: int, row: dict[str, Any]) -> dict[str, Any]:
    """Id, title, deck and byline of one story. What the page's HTML or record tells is of its one story, of several of that
    which has the page's own title as its headline, else of none."""
    single = len(reading.stories) == 1 or (story.headline is not None and story.headline == page.title_at)
    title = page.text[story.headline] if story.headline is not None else None
    title_basis = "headline of the page" if title else None
    if title and title.casefold() == (row.get("record_title") or "").partition("\n")[0].strip().casefold():
        title_basis = "title in the record"
    if single and row.get("page_title"):
        title, title_basis = row["page_title"], _BASES.get(row.get("page_title_basis") or "", "title in the page's metadata")
    byline = find_byline(page, story, reading)
    byline_basis = "author line of the page" if byline else None
    if single and row.get("page_byline"):
        byline, byline_basis = row["page_byline"], f"author in the page's metadata ({row.get('page_byline_basis') or 'tags'})"
    elif single and row.get("record_byline"):
        byline, byline_basis = row["record_byline"], "author in the record"
    return {
        "article_id": _article_id(row["document_id"], number),
        "document_id": row["document_id"],
        "story_no": number,
        "title": title,
        "title_basis": title_basis,
        "display_title": title or _lead(page.text[story.body[0]]),
        "deck": next((page.text[at] for at in range(story.low, story.body[0] + 1) if reading.role[at] == DECK), None),
        "byline": byline,
        "byline_basis": byline_basis,
    }


def _count_words(body: str, page: Page, story: StoryParts) -> int:
    """Words of a body; in scripts without spaces two characters count as one."""
    return len(_WORD.findall(body)) if body.isascii() else round(sum(page.words[at] for at in story.body))


def _article_id(document_id: str, number: int) -> str:
    """Stable id of a story: from its document and its number there."""
    return hashlib.blake2b(f"{document_id}-{number}".encode(), digest_size=10).hexdigest()


def _lead(text: str) -> str:
    """The first words of a text, to stand for a missing title."""
    words = text.split()
    return " ".join(words[:_LEAD_WORDS]) + ("…" if len(words) > _LEAD_WORDS else "")


__all__ = ["CleanLexicon", "clean_pages"]
