"""Facts with spans: what an article's headline, deck, subheads, body and captions say, as rows that can be checked.

``enrich_articles`` walks the articles of a batch once. Each finder takes the story and what the finders before it
found, in this order: dates, the day of publication, names, references, quotes, statements, sources, events, amounts,
stances, topics, tone.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import polars as pl

from flows.enrich.amounts import find_amounts
from flows.enrich.coreference import resolve_references
from flows.enrich.dates import find_dates, resolve_dates
from flows.enrich.dates_order import order_of
from flows.enrich.dating import bounds_of, day_of, read_evidence
from flows.enrich.events import find_events
from flows.enrich.names import find_names
from flows.enrich.names_tagged import Tagger, add_tagged_names
from flows.enrich.offices import office_on
from flows.enrich.quotes import find_quotes
from flows.enrich.sources import find_cited_sources
from flows.enrich.speech import read_speech
from flows.enrich.stances import find_stances
from flows.enrich.statements import find_statements
from flows.enrich.story import Block, Entity, Story, make_story
from flows.enrich.tone import measure_tone
from flows.enrich.topics import find_topics
from flows.schemas import TABLES, polars_schema

if TYPE_CHECKING:
    from flows.knowledge import Knowledge

FACT_TABLES = (
    "sentences", "mentions", "quotes", "quote_sources", "statements", "cited_sources", "dates", "events", "event_parties", "amounts",
    "topics", "stances",
)  # fmt: skip
_OF_PAGE = (
    "document_id", "text", "url", "site", "record_published", "page_published", "page_published_basis", "fetched_at",
)  # fmt: skip
_OF_ARTICLE = ("article_id", "document_id", "language", "title", "outlet", "dateline_place")


def enrich_articles(
    pages: pl.DataFrame, blocks: pl.DataFrame, articles: pl.DataFrame, *, knowledge: "Knowledge", tagger: Tagger | None = None
) -> dict[str, pl.DataFrame]:
    """The fact tables of a batch, its entities, and its articles with their day of publication and tone.

    Expects the frames of ``load`` and ``clean``; returns a frame for each of ``FACT_TABLES``, ``entities`` and
    ``articles``, with the columns of ``flows.schemas``. The names of ``tagger``, if given, are added to those found. A loop over articles: each article's facts depend on one
    another, so there is no column to pass over; the finders share one list of tokens.
    """
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in FACT_TABLES}
    entities: dict[str, Entity] = {}
    about: dict[str, tuple[Any, ...]] = {}
    page_of = {row["document_id"]: row for row in pages.select(_OF_PAGE).iter_rows(named=True)}
    blocks_of: dict[str, list[Block]] = {}
    for article_id, *block in blocks.filter(pl.col("article_id").is_not_null()).select(
        "article_id", "block_no", "role", "kept", "char_start", "text"
    ).iter_rows():  # fmt: skip
        blocks_of.setdefault(article_id, []).append(Block(*block))
    orders = _record_orders(page_of.values())
    for article in articles.select(_OF_ARTICLE).iter_rows(named=True):
        story = _story(article, page_of[article["document_id"]], blocks_of.get(article["article_id"], []))
        about[article["article_id"]] = _facts(story, rows, entities, knowledge, orders.get(story.site), tagger)
    frames = {table: _frame(table, rows[table]) for table in FACT_TABLES}
    named = set(
        pl.concat(
            frames[table][column].drop_nulls()
            for table in FACT_TABLES
            for column in ("entity_id", "speaker_id", "place_id")
            if column in frames[table].columns
        )
    )
    frames["entities"] = _frame("entities", [entity for id, entity in entities.items() if id in named])
    found = pl.DataFrame(
        [(article_id, *values) for article_id, values in about.items()],
        schema={
            "article_id": pl.String,
            "published_on": pl.Date,
            "published_earliest": pl.Date,
            "published_latest": pl.Date,
            "published_basis": pl.String,
            "date_basis": pl.String,
            "tone": pl.Float64,
        },
        orient="row",
    )
    frames["articles"] = articles.drop([name for name in found.columns[1:] if name in articles.columns]).join(
        found, on="article_id", how="left", maintain_order="left"
    )
    return frames


def _story(article: dict[str, Any], page: dict[str, Any], blocks: list[Block]) -> Story:
    return make_story(
        page_text=page["text"],
        blocks=blocks,
        article_id=article["article_id"],
        document_id=article["document_id"],
        language=article["language"],
        title=article["title"],
        outlet=article["outlet"],
        url=page["url"],
        site=page["site"],
        record_published=page["record_published"],
        page_published=page["page_published"],
        page_published_basis=page["page_published_basis"],
        fetched_at=page["fetched_at"],
        dateline_place=article["dateline_place"],
    )


def _record_orders(pages: Iterable[dict[str, Any]]) -> dict[str | None, str | None]:
    """How the records of each site write dates in digits (mdy, dmy), where one of them tells."""
    dates: dict[str | None, list[str]] = {}
    for page in pages:
        text = page["record_published"]
        if text and ("/" in text[:6] or "-" in text[:3]):
            dates.setdefault(page["site"], []).append(text)
    return {site: order_of(texts) for site, texts in dates.items()}


def _facts(
    story: Story, rows: dict[str, list[tuple[Any, ...]]], entities: dict[str, Entity], knowledge: "Knowledge", record_order: str | None,
    tagger: Tagger | None,
) -> tuple[Any, ...]:  # fmt: skip
    """Add a story's facts to the rows; returns its day of publication (the fields of ``Published``) and its tone."""
    article, text = story.article_id, story.page_text
    dates = find_dates(story, knowledge.dates)
    evidence = read_evidence(story, dates, knowledge.dates, record_order=record_order)
    published = day_of(evidence, story, dates)
    mentions, own = find_names(story, knowledge.gazetteer, on=published.on)
    if tagger is not None:
        mentions = add_tagged_names(story, mentions, own, knowledge.gazetteer, tagger)
    if published.on is None and (bounds := bounds_of(evidence, story, dates, mentions, knowledge.reference.offices)):
        published = day_of(evidence, story, dates, bounds)
    day = published.on or published.earliest
    mentions = resolve_references(story, mentions, own, knowledge.gazetteer, on=day)
    resolved = resolve_dates(story, dates, published, knowledge.dates)
    speech = read_speech(story, mentions, own, knowledge.cues)
    quotes = find_quotes(story, mentions, own, knowledge.cues, speech)
    statements = find_statements(story, mentions, own, quotes, knowledge.cues, speech)
    cited = find_cited_sources(story, mentions, own, quotes, knowledge.cues, speech)
    events = find_events(story, mentions, own, resolved, knowledge.events, published.on)
    entities.update(own)
    rows["sentences"] += [(article, s.sentence_no, s.block_no, s.char_start, s.char_end) for s in story.sentences]
    nationalities = knowledge.gazetteer.nationalities
    for no, m in enumerate(mentions, 1):
        printed, meant = text[m.char_start : m.char_end], m.entity_id
        nation = nationalities.get((printed, meant))  # "Russian" is no name of Russia
        if nation is not None:
            meant = nation
            entities[nation] = knowledge.gazetteer.entities[nation]
        rows["mentions"].append((article, no, meant, printed, m.block_no, m.char_start, m.char_end, m.sentence_no, m.method))
    for no, q in enumerate(quotes, 1):
        office = q.speaker_office or office_on(knowledge.gazetteer.terms, q.speaker_id, published.on)
        rows["quotes"].append(
            (article, no, text[q.char_start : q.char_end], q.kind, q.speaker_id, q.speaker_text, office, q.cue, q.cue_class, q.continues, q.anonymity,
             q.block_no, q.char_start, q.char_end, q.sentence_no)
        )  # fmt: skip
        rows["quote_sources"] += [(article, no, source) for source in dict.fromkeys(q.sources)]
    rows["statements"] += [
        (article, no, s.speaker_id, s.speaker_text, s.cue, s.cue_class, s.anonymity, text[s.char_start : s.char_end], s.block_no, s.char_start,
         s.char_end, s.sentence_no)
        for no, s in enumerate(statements, 1)
    ]  # fmt: skip
    rows["cited_sources"] += [(article, *source) for source in cited]
    rows["dates"] += [
        (article, no, text[d.char_start : d.char_end], d.block_no, d.char_start, d.char_end, d.sentence_no, d.type, d.value, d.starts_on,
         d.ends_on, d.grain, d.basis)
        for no, d in enumerate(resolved, 1)
    ]  # fmt: skip
    for no, e in enumerate(events, 1):
        rows["events"].append(
            (article, no, e.kind, e.plover, e.cameo, e.quad, e.intensity, e.mode, e.status, e.is_background, text[e.char_start : e.char_end],
             e.block_no, e.char_start, e.char_end, e.sentence_no, e.starts_on, e.ends_on, e.place_id)
        )  # fmt: skip
        rows["event_parties"] += [(article, no, *party) for party in dict.fromkeys(e.parties)]
    rows["amounts"] += [
        (
            article,
            no,
            text[a.char_start : a.char_end],
            a.value,
            a.unit,
            a.bound,
            a.what,
            a.block_no,
            a.char_start,
            a.char_end,
            a.sentence_no,
        )
        for no, a in enumerate(find_amounts(story, mentions, knowledge.events), 1)
    ]
    rows["stances"] += [
        (article, no, s.holder_id, s.target_id, s.polarity, s.event_no, s.quote_no, s.statement_no, text[s.char_start : s.char_end],
         s.block_no, s.char_start, s.char_end, s.sentence_no)
        for no, s in enumerate(find_stances(story, mentions, events, quotes, statements, knowledge.events), 1)
    ]  # fmt: skip
    rows["topics"] += [(article, *topic) for topic in find_topics(story, knowledge.events)]
    published = published._replace(basis=published.basis or "no date on the page, and nothing that bounds one")
    return (*published, measure_tone(story, knowledge.events))


def _frame(table: str, rows: list[Any]) -> pl.DataFrame:
    """A frame of a table of the contract from its rows, column by column, which polars takes faster than row by row."""
    schema = polars_schema(TABLES[table])
    if not rows:
        return pl.DataFrame(schema=schema)
    return pl.DataFrame(dict(zip(schema.names(), map(list, zip(*rows, strict=True)), strict=True)), schema=schema)
