"""Clean: a page's text becomes blocks, each with a role and a reason, its stories become articles, its pointers to others links.

Pure: reference data comes in as a ``CleanLexicon``; nothing is read, opened or asked for here.
"""

import hashlib
import re
from typing import Any

import numpy as np
import polars as pl

from flows.clean.blocks import Blocks, split_blocks
from flows.clean.features import Measures, block_features, columns_of, measure, shared_with_run
from flows.clean.furniture import REASONS, ROLES, Furniture, find_furniture
from flows.clean.language import language_of
from flows.clean.metadata import Outlets, address_title, dateline_place, find_byline, find_outlet, find_source, is_same_outlet
from flows.clean.page import Page, Reading, StoryParts
from flows.clean.related import find_links
from flows.clean.roles import assign_roles
from flows.clean.scorer import score_blocks
from flows.clean.stories import body_blocks, find_stories
from flows.clean.wording import CleanLexicon, Wording, read_wording
from flows.clean.words import find_words
from flows.schemas import TABLES, polars_schema

_WORD = re.compile(r"\w+")
_LEAD_WORDS = 12


def clean_pages(pages: pl.DataFrame, *, wording: CleanLexicon, site_furniture: pl.DataFrame | None = None) -> dict[str, pl.DataFrame]:
    """Clean a batch of pages: rows of ``blocks``, ``articles`` and ``related_links``, in the order of the pages.

    ``pages`` holds a row a page: document_id and text, and where known url, site, record_title, record_byline, page_title,
    page_byline, page_site_name (str) and markup (evidence of HTML tags, a list a page with one struct a line).
    Columns that later stages fill are null.
    """
    texts = [text or "" for text in pages["text"].to_list()]
    rows = pages.drop("text", "markup", strict=False).to_dicts()
    blocks = split_blocks(texts)
    words = find_words(blocks)
    told = read_wording(words, wording)
    titles = [row.get("page_title") or row.get("record_title") or address_title(row.get("url")) for row in rows]
    measures = measure(blocks, words, told, titles)
    if wording.scorer is not None:
        odds = score_blocks(wording.scorer, columns_of(block_features(blocks, words, told, measures), wording.scorer.names), blocks, words)
    else:
        odds = _odds_by_rule(blocks, measures)
    furniture = find_furniture(blocks, words, told, measures)
    shared = shared_with_run(blocks, words, measures)
    outlets = Outlets(wording.outlets, wording.agencies, wording.platforms)
    char_start, char_end = blocks.char_start(), blocks.char_end()
    out: dict[str, list[dict[str, Any]]] = {"articles": [], "related_links": []}
    columns: dict[str, list[Any]] = {name: [] for name in TABLES["blocks"]}
    for number, row in enumerate(rows):
        low, high = int(blocks.first[number]), int(blocks.first[number + 1])
        spans = list(zip(char_start[low:high].tolist(), char_end[low:high].tolist(), strict=True))
        page = _page(texts[number], spans, low, high, odds, furniture, measures, told, shared, blocks, row, number)
        body = body_blocks(page)
        stories = find_stories(page, body)
        reading = assign_roles(page, body, stories)
        reading.links = find_links(page, reading)
        articles = _articles(page, reading, row, outlets)
        out["articles"].extend(articles)
        out["related_links"].extend(
            {"document_id": row["document_id"], "link_no": link_no, "kind": link.kind, "title": link.title, "teaser": link.teaser, "caption": link.caption}
            for link_no, link in enumerate(reading.links, 1)
        )
        ids = [None, *(article["article_id"] for article in articles)]
        columns["document_id"].extend([row["document_id"]] * page.size)
        columns["block_no"].extend(range(1, page.size + 1))
        columns["article_id"].extend([ids[story] for story in reading.story])
        columns["role"].extend([ROLES[role] for role in reading.role])
        columns["kept"].extend(reading.kept)
        columns["reason"].extend(reading.why)
        columns["char_start"].extend([start for start, _ in spans])
        columns["char_end"].extend([end for _, end in spans])
        columns["text"].extend(page.text)
    frames = {"blocks": pl.DataFrame(columns, schema=polars_schema(TABLES["blocks"]))}
    for name, found in out.items():
        schema = polars_schema(TABLES[name])
        frames[name] = pl.DataFrame([{column: item.get(column) for column in schema} for item in found], schema=schema)
    return frames


def _odds_by_rule(blocks: Blocks, measures: Measures) -> np.ndarray:
    """Log odds without a fitted scorer: prose within the densest run of prose."""
    at = np.arange(blocks.page.size)
    inside = (at >= measures.run_low[blocks.page]) & (at < measures.run_high[blocks.page])
    return np.where(inside & (measures.prose | (measures.words > 4)), 2.0, -4.0).astype(np.float32)


def _page(
    text: str,
    spans: list[tuple[int, int]],
    low: int,
    high: int,
    odds: np.ndarray,
    furniture: Furniture,
    measures: Measures,
    told: Wording,
    shared: np.ndarray,
    blocks: Blocks,
    row: dict[str, Any],
    number: int,
) -> Page:
    titles = tuple(title.casefold() for title in (row.get("record_title"), row.get("page_title")) if title)
    return Page(
        size=high - low,
        text=[text[start:end] for start, end in spans],
        words=measures.words[low:high].tolist(),
        odds=odds[low:high].tolist(),
        furniture=furniture.role[low:high].tolist(),
        why=[REASONS[reason] for reason in furniture.reason[low:high].tolist()],
        strong=furniture.strong[low:high].tolist(),
        repeats=measures.repeats[low:high].tolist(),
        shared=shared[low:high].tolist(),
        prose=measures.prose[low:high].tolist(),
        line=told.line[low:high].tolist(),
        start=told.start[low:high].tolist(),
        within=told.within[low:high].tolist(),
        gap=blocks.gap[low:high].tolist(),
        covered=(told.covered[low:high] / np.maximum(measures.words[low:high], 1)).tolist(),
        run=(int(measures.run_low[number]) - low, int(measures.run_high[number]) - low),
        titles=titles,
    )


def _articles(page: Page, reading: Reading, row: dict[str, Any], outlets: Outlets) -> list[dict[str, Any]]:
    """Rows of ``articles`` of one page; what later stages fill is left out."""
    articles = []
    outlet = row.get("record_outlet") or row.get("page_site_name") or (find_outlet(page, reading, outlets) if reading.stories else None) or row.get("site")
    single = len(reading.stories) == 1
    for number, story in enumerate(reading.stories, 1):
        articles.append(_article(page, reading, story, number, row, outlet, outlets, single))
    return articles


def _article(
    page: Page, reading: Reading, story: StoryParts, number: int, row: dict[str, Any], outlet: str | None, outlets: Outlets, single: bool
) -> dict[str, Any]:
    kept = [at for at in range(story.low, story.high) if reading.kept[at] and reading.story[at] == number]
    body = "\n\n".join(page.text[at] for at in kept)
    title = page.text[story.headline] if story.headline is not None else None
    title_basis = "headline of the page" if title else None
    if single and row.get("page_title"):
        title, title_basis = row["page_title"], "title in the page's metadata"
    byline = find_byline(page, story, reading)
    byline_basis = "author line of the page" if byline else None
    for name, why in (("page_byline", "author in the page's metadata"), ("record_byline", "author in the record")):
        if single and row.get(name):
            byline, byline_basis = row[name], why
            break
    deck = next((page.text[at] for at in range(story.low, story.high) if ROLES[reading.role[at]] == "deck" and reading.story[at] == number), None)
    lead = page.text[story.body[0]]
    source = find_source(page, story, reading, outlets)
    spaced = sum(page.words[at] for at in kept)
    return {
        "article_id": _article_id(row["document_id"], number),
        "document_id": row["document_id"],
        "story_no": number,
        "title": title,
        "title_basis": title_basis,
        "display_title": title or _lead(lead),
        "deck": deck,
        "byline": byline,
        "byline_basis": byline_basis,
        "outlet": outlet,
        "syndicated_from": None if source and is_same_outlet(source, outlet) else source,
        "language": language_of(body),
        "dateline_place": dateline_place(lead),
        "body": body,
        "word_count": len(_WORD.findall(body)) if body.isascii() else round(spaced),
    }


def _article_id(document_id: str, number: int) -> str:
    """Stable id of a story: from its document and its number there."""
    return hashlib.blake2b(f"{document_id}-{number}".encode(), digest_size=10).hexdigest()


def _lead(text: str) -> str:
    """The first words of a text, to stand for a missing title."""
    words = text.split()
    return " ".join(words[:_LEAD_WORDS]) + ("…" if len(words) > _LEAD_WORDS else "")


__all__ = ["CleanLexicon", "clean_pages"]
