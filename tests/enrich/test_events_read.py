"""Events of whole sentences, names and days found by the program itself: status, parties, place and day."""

import datetime as dt
from functools import lru_cache

import pytest

from flows.enrich.coreference import resolve_references
from flows.enrich.dates import find_dates
from flows.enrich.dates_resolve import resolve_dates
from flows.enrich.dating import date_article
from flows.enrich.events import find_events
from flows.enrich.names import find_names
from flows.enrich.story import Event, story_from_text
from flows.knowledge import Knowledge, load_knowledge


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return load_knowledge()


def events_of(text: str) -> list[Event]:
    known = knowledge()
    story = story_from_text(text, language="en")
    mentions, entities = find_names(story, known.gazetteer)
    dates = find_dates(story, known.dates)
    published = date_article(story, dates, mentions, known.reference.offices, known.dates)
    mentions = resolve_references(story, mentions, entities, known.gazetteer, on=published.on)
    return find_events(story, mentions, entities, resolve_dates(story, dates, published, known.dates), known.events)


def told(event: Event) -> tuple[str, str, set[str], str | None]:
    return event.kind, event.status, {one.split("/")[1] for one, _, _ in event.parties}, event.place_id


NIXON, MAO = "richard-nixon", "leonid-brezhnev"
PAIR = {NIXON, MAO}
BOTH = "Richard Nixon and Leonid Brezhnev"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param(f"A meeting between {BOTH} was cancelled.", "cancelled", id="passive"),
        pytest.param(f"Talks between {BOTH} in Geneva were called off on Friday.", "cancelled", id="called off"),
        pytest.param(f"Talks between {BOTH}, which were due on Friday, were scrapped.", "cancelled", id="a clause between"),
        pytest.param(f"A meeting between {BOTH} did not take place.", "cancelled", id="did not take place"),
        pytest.param(f"A meeting between {BOTH} has been put off until May.", "postponed", id="put off"),
        pytest.param(f"A summit between {BOTH} was shelved.", "postponed", id="shelved"),
        pytest.param(f"A meeting between {BOTH} was held on Monday.", "happened", id="held"),
        pytest.param(f"A meeting between {BOTH} was not cancelled.", "happened", id="not cancelled"),
        pytest.param(f"A meeting between {BOTH} took place after a parade was cancelled.", "happened", id="something else cancelled"),
    ],
)
def test_what_became_of_a_meeting_is_told_to_the_right_of_its_noun(text: str, status: str) -> None:
    (event,) = events_of(text)
    assert (event.status, {one.split("/")[1] for one, _, _ in event.parties}) == (status, PAIR)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Richard Nixon telephoned Leonid Brezhnev, the Kremlin said.", ("call", "happened", PAIR, None), id="who reports"),
        pytest.param(
            "Richard Nixon will meet Leonid Brezhnev in Vienna, according to the Kremlin.",
            ("meet", "planned", PAIR, "place/vienna"),
            id="according to",
        ),
        pytest.param("Richard Nixon visited Vienna on Wednesday.", ("visit", "happened", {NIXON}, "place/vienna"), id="a town is no party"),
        pytest.param("Nixon said he would visit Athens.", ("visit", "planned", {NIXON}, "place/athens"), id="a town known to the lists"),
        pytest.param(
            "On Tuesday Richard Nixon flies to Athens to meet Leonid Brezhnev.",
            ("visit", "planned", PAIR, "place/athens"),
            id="simple present of a visit to come, a day before its subject",
        ),
        pytest.param(
            "Richard Nixon and Leonid Brezhnev shake hands in Vienna.", ("meet", "happened", PAIR, "place/vienna"), id="a handshake"
        ),
    ],
)
def test_parties_and_places_of_meetings(text: str, expected: tuple[str, str, set[str], str | None]) -> None:
    assert [told(event) for event in events_of(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param(
            "VIENNA, May 3, 2023 - Joe Biden landed. He had arrived from Munich on Sunday, where he met Olaf Scholz on Saturday.",
            dt.date(2023, 4, 29),
            id="the day in the verb's own clause",
        ),
        pytest.param(
            "MOSCOW, 9 June 2021 - Joe Biden telephoned Olaf Scholz on Tuesday, the Kremlin said.",
            dt.date(2021, 6, 8),
            id="no dateline's day",
        ),
        pytest.param("VIENNA, 9 June 2021 - Joe Biden met Olaf Scholz here.", dt.date(2021, 6, 9), id="a dateline's day alone"),
    ],
)
def test_the_day_of_a_meeting(text: str, day: dt.date) -> None:
    assert [event.starts_on for event in events_of(text)] == [day]


@pytest.mark.parametrize("text", ["Three people were hurt.", "Norway and Russia ended a bitter border dispute on Tuesday."])
def test_plain_words_make_no_event(text: str) -> None:
    assert events_of(text) == []


@pytest.mark.parametrize("text", ["On Friday Nixon met Brezhnev.", "Last Tuesday Nixon met Brezhnev.", "On 3 May Nixon met Brezhnev."])
def test_the_day_before_the_first_name_leaves_both_parties(text: str) -> None:
    assert [told(event)[2] for event in events_of(text)] == [PAIR]
