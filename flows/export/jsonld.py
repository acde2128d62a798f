"""Articles as schema.org NewsArticle in JSON-LD, with the facts found in them as what they mention."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from flows.export.places import new_file

BATCH_ARTICLES = 500
_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "country": "Country",
    "place": "Place",
    "accord": "CreativeWork",
    "gathering": "Event",
}
_STATUS = {
    "planned": "EventScheduled",
    "possible": "EventScheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}


def export_jsonld(con: duckdb.DuckDBPyConnection, out: Path) -> dict[str, int]:
    """Write one JSON-LD document with an ``@graph`` of all articles, an article a line; returns their number.

    What the page does not tell is left out: an article without a day has no ``datePublished``.
    """
    count = 0
    with new_file(out) as part, part.open("w", encoding="utf-8") as file:
        file.write('{"@context": "https://schema.org", "@graph": [')
        for article in news_articles(con):
            file.write(("," if count else "") + "\n" + json.dumps(article, ensure_ascii=False, default=str))
            count += 1
        file.write("\n]}\n")
    return {"articles": count}


def news_articles(con: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """Every article as a NewsArticle, in the order of their ids."""
    after = ""
    while True:
        rows = rows_of(
            con,
            "select articles.*, documents.url from marts.current_articles as articles join main.documents as documents on documents.document_id = articles.document_id "
            f"where articles.article_id > ? order by articles.article_id limit {BATCH_ARTICLES}",
            after,
        )
        if not rows:
            return
        last = rows[-1]["article_id"]
        facts = {name: rows_by_article(rows_of(con, sql, after, last)) for name, sql in _FACTS.items()}
        for row in rows:
            yield _article(row, {name: found.get(row["article_id"], []) for name, found in facts.items()})
        after = last


_FACTS = {
    "entities": "select mentions.article_id, entities.*, count(*) as times from main.mentions as mentions join main.entities as entities "
    "on entities.entity_id = mentions.entity_id where article_id > ? and article_id <= ? group by all order by article_id, times desc, entity_id",
    "topics": "select * from main.topics where article_id > ? and article_id <= ? order by article_id, score desc, topic",
    "quotes": "select quotes.*, entities.kind as speaker_kind from main.quotes as quotes left join main.entities as entities "
    "on entities.entity_id = quotes.speaker_id where article_id > ? and article_id <= ? order by article_id, quote_no",
    "events": "select events.*, places.name as place from main.events as events left join main.entities as places on places.entity_id = events.place_id "
    "where article_id > ? and article_id <= ? order by article_id, event_no",
    "parties": "select event_parties.*, entities.name, entities.kind from main.event_parties as event_parties join main.entities as entities "
    "on entities.entity_id = event_parties.entity_id where article_id > ? and article_id <= ? order by article_id, event_no, role, entity_id",
    "amounts": "select * from main.amounts where article_id > ? and article_id <= ? order by article_id, amount_no",
}


def _article(row: dict[str, Any], facts: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return _known({
        "@type": "NewsArticle",
        "@id": f"urn:wirehouse:article:{row['article_id']}",
        "headline": row["display_title"],
        "abstract": row["deck"],
        "creditText": row["byline"],
        "publisher": {"@type": "Organization", "name": row["outlet"]} if row["outlet"] else None,
        "sourceOrganization": {"@type": "Organization", "name": row["syndicated_from"]} if row["syndicated_from"] else None,
        "datePublished": row["published_on"],
        "dateline": row["dateline_place"],
        "inLanguage": row["language"],
        "wordCount": row["word_count"],
        "url": row["url"],
        "articleBody": row["body"],
        "about": [
            {"@type": "DefinedTerm", "termCode": each["topic"], "name": each["label"], "inDefinedTermSet": "http://cv.iptc.org/newscodes/mediatopic/"}
            for each in facts["topics"]
        ],
        "mentions": [
            *(_entity(each) for each in facts["entities"]),
            *(_quote(each) for each in facts["quotes"]),
            *(_event(each, [one for one in facts["parties"] if one["event_no"] == each["event_no"]]) for each in facts["events"]),
            *(_amount(each) for each in facts["amounts"]),
        ],
    })  # fmt: skip


def _entity(each: dict[str, Any]) -> dict[str, Any]:
    geo = (
        {"@type": "GeoCoordinates", "latitude": each["latitude"], "longitude": each["longitude"]} if each["latitude"] is not None else None
    )
    return _known({
        "@type": _TYPES.get(each["kind"], "Thing"),
        "@id": f"urn:wirehouse:{each['entity_id']}",
        "name": each["name"],
        "description": each["description"],
        "sameAs": f"http://www.wikidata.org/entity/{each['wikidata_id']}" if each["wikidata_id"] else None,
        "geo": geo if each["kind"] in ("place", "country") else None,
    })  # fmt: skip


def _quote(each: dict[str, Any]) -> dict[str, Any]:
    speaker = (
        {"@id": f"urn:wirehouse:{each['speaker_id']}", "@type": _TYPES.get(each["speaker_kind"], "Thing")} if each["speaker_id"] else None
    )
    return _known({
        "@type": "Quotation",
        "@id": f"urn:wirehouse:article:{each['article_id']}#quote-{each['quote_no']}",
        "text": each["text"],
        "creator": speaker or ({"@type": "Person", "name": each["speaker_text"]} if each["speaker_text"] else None),
    })  # fmt: skip


def _event(each: dict[str, Any], parties: list[dict[str, Any]]) -> dict[str, Any]:
    people = [
        {"@id": f"urn:wirehouse:{one['entity_id']}", "@type": _TYPES.get(one["kind"], "Thing"), "name": one["name"]} for one in parties
    ]
    return _known({
        "@type": "Event",
        "@id": f"urn:wirehouse:article:{each['article_id']}#event-{each['event_no']}",
        "name": each["trigger"],
        "additionalType": each["kind"],
        "identifier": {"@type": "PropertyValue", "propertyID": "CAMEO", "value": each["cameo"]} if each["cameo"] else None,
        "startDate": each["starts_on"],
        "endDate": each["ends_on"],
        "eventStatus": f"https://schema.org/{_STATUS[each['status']]}" if each["status"] in _STATUS else None,
        "location": {"@type": "Place", "@id": f"urn:wirehouse:{each['place_id']}", "name": each["place"]} if each["place_id"] else None,
        "attendee": people,
    })  # fmt: skip


def _amount(each: dict[str, Any]) -> dict[str, Any]:
    return _known(
        {
            "@type": "QuantitativeValue",
            "value": each["value"],
            "unitText": each["unit"],
            "description": each["text"],
            "valueReference": each["what"],
        }
    )


def _known(pairs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pairs.items() if value is not None and value != []}


def rows_of(con: duckdb.DuckDBPyConnection, sql: str, *values: str) -> list[dict[str, Any]]:
    result = con.execute(sql, list(values))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def rows_by_article(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["article_id"], []).append(row)
    return found
