"""What the bundled pages say, as a person reads them, against what the warehouse holds; a score under its floor fails.

Only a person lowers a floor in floors.json.
"""

import csv
import json
from pathlib import Path

import pytest

from flows.warehouse import connect_reader

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text())

# who met whom, on what day
MEETINGS = [
    ("herald/beijing-1972-herald.txt", {"Richard Nixon", "Mao Zedong"}, "1972-02-21"),
    ("herald/reykjavik-1986.txt", {"Ronald Reagan", "Mikhail Gorbachev"}, "1986-10-12"),
    ("wire/feed.jsonl#cw-1953-12-08", {"Dwight D. Eisenhower", "Winston Churchill"}, None),
    ("wire/feed.jsonl#cw-1962-10-22", {"Andrei Gromyko", "John F. Kennedy"}, "1962-10-18"),
    ("wire/feed.jsonl#cw-1967-06-25", {"Lyndon B. Johnson", "Alexei Kosygin"}, None),
    ("wire/feed.jsonl#cw-1979-01-29", {"Jimmy Carter", "Deng Xiaoping"}, "1979-01-29"),
    ("wire/feed.jsonl#hh-malta", {"George H. W. Bush", "Mikhail Gorbachev"}, "1989-12-03"),
    ("wire/feed.jsonl#hh-sadat", {"Anwar Sadat", "Menachem Begin"}, None),
]
# words of a quote, and who said them
SPEAKERS = [
    ("What we say here will not be long remembered", "Richard Nixon"),
    ("This was the week that changed the world", "Richard Nixon"),
    ("The door is open, and the opportunity", "Ronald Reagan"),
    ("We have listened to the wisdom", "Ronald Reagan"),
    ("You repeat that at every meeting", "Mikhail Gorbachev"),
    ("Those prayers have been answered", "Jimmy Carter"),
    ("All free men, wherever they may live", "John F. Kennedy"),
    ("Freedom has many difficulties", "John F. Kennedy"),
    ("General Secretary Gorbachev, if you seek peace", "Ronald Reagan"),
    ("We choose to go to the moon", "John F. Kennedy"),
    ("I believe that it must be the policy", "Harry S. Truman"),
    ("Our policy is directed not against any country", "George Marshall"),
    ("Yesterday, December 7, 1941", "Franklin D. Roosevelt"),
    ("to find the way by which the miraculous", "Dwight D. Eisenhower"),
    ("Let us never negotiate out of fear", "John F. Kennedy"),
    ("The peace of the brave is within our reach", "Bill Clinton"),
]


def names_equal(one: str | None, other: str) -> bool:
    """Whether two names are one person's: the same last word and the same first letter."""
    return one is not None and one.split()[-1] == other.split()[-1] and one[0] == other[0]


@pytest.fixture(scope="module")
def found(sample_warehouse: Path) -> dict[str, list[tuple]]:  # type: ignore[type-arg]
    with connect_reader(sample_warehouse) as con:
        return {
            "articles": con.execute(
                "select source_uri, title, cast(published_on as varchar), cast(published_earliest as varchar), byline "
                "from main.articles join main.documents using (document_id)"
            ).fetchall(),
            "meetings": con.execute(
                "select source_uri, parties, cast(starts_on as varchar) from marts.meetings join main.articles using (article_id) "
                "join main.documents using (document_id)"
            ).fetchall(),
            "quotes": con.execute("select text, speaker from marts.utterances").fetchall(),
        }


def expected() -> list[dict[str, str | None]]:
    with (HERE / "samples.csv").open(encoding="utf-8", newline="") as lines:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(lines)]


def test_titles_are_those_printed(found: dict[str, list[tuple]]) -> None:  # type: ignore[type-arg]
    held = {(uri, title) for uri, title, *_ in found["articles"]}
    rows = expected()
    right = [(row["source_uri"], row["title"]) in held for row in rows]
    assert sum(right) / len(right) >= FLOORS["samples_titles"], [row for row, ok in zip(rows, right, strict=True) if not ok]


def test_days_and_bounds_follow_from_the_page(found: dict[str, list[tuple]]) -> None:  # type: ignore[type-arg]
    held = {(uri, on, earliest) for uri, _, on, earliest, _ in found["articles"]}
    rows = expected()
    right = [(row["source_uri"], row["published_on"], row["published_earliest"]) in held for row in rows]
    assert sum(right) / len(right) >= FLOORS["samples_days"], [row for row, ok in zip(rows, right, strict=True) if not ok]


def test_who_met_whom(found: dict[str, list[tuple]]) -> None:  # type: ignore[type-arg]
    right = [
        any(
            uri == source and (day is None or day == when) and all(any(names_equal(party, name) for party in parties) for name in who)
            for uri, parties, when in found["meetings"]
        )
        for source, who, day in MEETINGS
    ]
    assert sum(right) / len(right) >= FLOORS["samples_meetings"], [row for row, ok in zip(MEETINGS, right, strict=True) if not ok]


def test_who_said_what(found: dict[str, list[tuple]]) -> None:  # type: ignore[type-arg]
    right = [any(text.startswith(words) and names_equal(speaker, name) for text, speaker in found["quotes"]) for words, name in SPEAKERS]
    assert sum(right) / len(right) >= FLOORS["samples_speakers"], [row for row, ok in zip(SPEAKERS, right, strict=True) if not ok]


def test_the_invented_pages_hold_nobody_beside_history(sample_warehouse: Path) -> None:
    with connect_reader(sample_warehouse) as con:
        links = con.execute("select kind, count(*) from main.related_links group by kind order by kind").fetchall()
        furniture = con.execute("select count(*) from main.blocks where kept and text like '%Cookies help us%'").fetchone()
    assert dict(links).keys() >= {"next", "previous", "related"}
    assert furniture == (0,)
