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
    return find_events(story, mentions, entities, resolve_dates(story, dates, published, known.dates), known.events, published.on)


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
        pytest.param(
            f"A meeting between {BOTH} that had been planned for May has been scrapped.", "cancelled", id="a clause that restricts"
        ),
        pytest.param(f"A summit between {BOTH} that was due to take place in Vienna was dropped.", "cancelled", id="was to take place"),
        pytest.param(f"Talks between {BOTH} set for Monday were postponed by a week.", "postponed", id="a participle"),
        pytest.param(f"A meeting between {BOTH}, scheduled for Monday, was pushed back.", "postponed", id="a participle between commas"),
        pytest.param("Richard Nixon cancelled a meeting with Leonid Brezhnev.", "cancelled", id="cancelled it himself"),
        pytest.param(
            f"{BOTH} were due to meet in Vienna. The meeting of Richard Nixon with Leonid Brezhnev was cancelled.",
            "cancelled",
            id="announced, then cancelled",
        ),
        pytest.param(f"A meeting between {BOTH} was held on Monday.", "happened", id="held"),
        pytest.param(f"A meeting between {BOTH} was not cancelled.", "happened", id="not cancelled"),
        pytest.param(f"A meeting between {BOTH} took place after a parade was cancelled.", "happened", id="something else cancelled"),
    ],
)
def test_what_became_of_a_meeting_is_told_to_the_right_of_its_noun(text: str, status: str) -> None:
    (event,) = events_of(text)
    assert (event.status, {one.split("/")[1] for one, _, _ in event.parties}) == (status, PAIR)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("Nixon will hold formal talks with Brezhnev.", "planned", id="will hold"),
        pytest.param("Nixon said he would hold a summit with Brezhnev.", "planned", id="would hold"),
        pytest.param("Nixon is to hold a round of talks with Brezhnev.", "planned", id="is to hold"),
        pytest.param("Nixon plans to hold talks with Brezhnev.", "planned", id="plans to hold"),
        pytest.param("Nixon is due in Vienna in May for talks with Brezhnev.", "planned", id="due for talks"),
        pytest.param("Nixon held talks with Brezhnev.", "happened", id="held"),
        pytest.param("Nixon flew to Vienna for talks with Brezhnev.", "happened", id="flew for talks"),
        pytest.param(
            "VIENNA, 9 June 1972 - Nixon’s visit to Moscow on 20 June 1972 was the talk of the town.", "planned", id="after the article"
        ),
    ],
)
def test_an_announced_meeting_has_not_happened(text: str, status: str) -> None:
    found = events_of(text.replace("Nixon", "Richard Nixon", 1).replace("Brezhnev", "Leonid Brezhnev", 1))
    assert {event.status for event in found if event.kind in ("talks", "meet", "summit", "visit")} == {status}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        pytest.param("Richard Nixon spoke with Leonid Brezhnev on Monday.", None, id="left open"),
        pytest.param("Richard Nixon spoke with Leonid Brezhnev. The call lasted an hour.", "phone", id="the next sentence"),
        pytest.param("Richard Nixon spoke to Leonid Brezhnev, the embassy said in a readout of the call.", "phone", id="a readout"),
        pytest.param("Richard Nixon spoke with Leonid Brezhnev in Vienna.", "in person", id="a place"),
        pytest.param("Richard Nixon will meet Leonid Brezhnev virtually.", "video", id="virtually"),
        pytest.param("Richard Nixon met Leonid Brezhnev.", "in person", id="met"),
    ],
)
def test_the_way_of_a_meeting_that_is_not_told_is_left_open(text: str, mode: str | None) -> None:
    assert [event.mode for event in events_of(text)] == [mode]


def test_a_question_and_a_condition_tell_of_no_meeting() -> None:
    assert events_of("Has Richard Nixon spoken to Leonid Brezhnev?") == []
    found = events_of("Vienna rejected the precondition that Richard Nixon hold talks with Leonid Brezhnev.")
    assert not [event for event in found if event.kind in ("talks", "meet")]


def test_two_of_three_who_were_to_meet_do_not_make_the_meeting_of_three() -> None:
    text = f"{BOTH} were expected to meet Willy Brandt in Vienna. Willy Brandt and Richard Nixon met alone."
    assert [(event.status, len(event.parties)) for event in events_of(text)] == [("planned", 3), ("happened", 2)]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Olaf Scholz and US Secretary of State Antony Blinken held talks.", {"olaf-scholz", "antony-blinken"}, id="of state"),
        pytest.param(
            "Olaf Scholz and his French counterpart, Emmanuel Macron, met in Oslo.",
            {"olaf-scholz", "emmanuel-macron"},
            id="his counterpart",
        ),
        pytest.param(
            "Olaf Scholz, the chancellor, and his colleague Emmanuel Macron met.", {"olaf-scholz", "emmanuel-macron"}, id="an apposition"
        ),
        pytest.param(
            "Olaf Scholz held talks with his French counterpart, Emmanuel Macron, in Oslo.",
            {"olaf-scholz", "emmanuel-macron"},
            id="with his",
        ),
        pytest.param(
            "Olaf Scholz, who came by train after crossing Norway, will meet Emmanuel Macron.",
            {"olaf-scholz", "emmanuel-macron"},
            id="a clause within a clause",
        ),
        pytest.param("Olaf Scholz met Joe Biden’s envoy Antony Blinken.", {"olaf-scholz", "antony-blinken"}, id="whose envoy"),
        pytest.param(
            "Olaf Scholz and Joe Biden are in Oslo, where they will meet Emmanuel Macron.",
            {"olaf-scholz", "joe-biden", "emmanuel-macron"},
            id="whom the two meet",
        ),
        pytest.param("Spokesman Olaf Scholz said the two leaders met in Oslo.", set(), id="who only says so"),
    ],
)
def test_who_meets_and_who_is_only_named(text: str, expected: set[str]) -> None:
    found = [event for event in events_of(text) if event.kind in ("meet", "talks")]
    assert [{one.split("/")[1] for one, _, _ in event.parties} for event in found] in ([expected], [] if not expected else [expected])


def test_one_verb_tells_of_two_meetings_on_two_days() -> None:
    found = events_of("VIENNA, 9 June 2021 - Joe Biden met Olaf Scholz on Monday and Emmanuel Macron on Tuesday.")
    assert {(event.starts_on, *sorted(one.split("/")[1] for one, _, _ in event.parties)) for event in found} == {
        (dt.date(2021, 6, 7), "joe-biden", "olaf-scholz"),
        (dt.date(2021, 6, 8), "emmanuel-macron", "joe-biden"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Joe Biden met Olaf Scholz, who had been in Oslo on Friday.",
        "Joe Biden met Olaf Scholz and invited him to come to Washington this year.",
        "Joe Biden met Olaf Scholz for the first time since Barack Obama had come in 2013.",
    ],
)
def test_the_day_of_something_else_is_not_the_day_of_a_meeting(text: str) -> None:
    assert {event.starts_on for event in events_of(f"VIENNA, 9 June 2021 - {text}") if event.kind == "meet"} <= {None, dt.date(2021, 6, 9)}


@pytest.mark.parametrize("text", ["Three people were hurt.", "Norway and Russia ended a bitter border dispute on Tuesday."])
def test_plain_words_make_no_event(text: str) -> None:
    assert events_of(text) == []


@pytest.mark.parametrize("text", ["On Friday Nixon met Brezhnev.", "Last Tuesday Nixon met Brezhnev.", "On 3 May Nixon met Brezhnev."])
def test_the_day_before_the_first_name_leaves_both_parties(text: str) -> None:
    assert [told(event)[2] for event in events_of(text)] == [PAIR]


@pytest.mark.parametrize(
    "text",
    [
        "The Kremlin denied that Nixon had met Brezhnev in Rome.",
        "Ziegler rejected claims that Nixon met Brezhnev in Rome.",
        "It is not true that Nixon met Brezhnev in Rome.",
        "A false report said Nixon met Brezhnev in Rome.",
        "No meeting between Nixon and Brezhnev took place in Rome.",
        "There was no meeting between Nixon and Brezhnev in Rome.",
    ],
)
def test_a_meeting_that_is_denied_did_not_happen(text: str) -> None:
    assert [(told(event)[1], told(event)[2]) for event in events_of(text) if event.kind == "meet"] == [("denied", PAIR)]


@pytest.mark.parametrize("text", ["Analysts asked whether Nixon had met Brezhnev.", "The film imagines that Nixon met Brezhnev."])
def test_a_meeting_only_asked_about_or_imagined_is_none(text: str) -> None:
    assert [event for event in events_of(text) if event.kind == "meet"] == []


def test_who_denies_no_meeting_leaves_it_told() -> None:
    for text in ("Ziegler did not deny that Nixon met Brezhnev in Rome.", "Kissinger denied the charge, and Nixon met Brezhnev in Rome."):
        assert [told(event)[1] for event in events_of(text) if event.kind == "meet"] == ["happened"]


@pytest.mark.parametrize(
    "text",
    [
        "Reagan won in 1980 and Nixon met Brezhnev in Rome.",
        "Nixon and Brezhnev will meet before the summer of 1974.",
        "Nixon, who met Ford in Rome in 1972, will meet Brezhnev.",
    ],
)
def test_the_day_of_another_clause_is_not_that_of_the_meeting(text: str) -> None:
    assert [event.starts_on for event in events_of(text) if told(event)[2] == PAIR] == [None]


def test_a_place_of_an_earlier_meeting_is_not_that_of_the_one_to_come() -> None:
    (event,) = [event for event in events_of("Nixon, who met Thatcher in Rome, will meet Brezhnev.") if event.status == "planned"]
    assert (told(event)[2], event.place_id) == (PAIR, None)


def test_words_of_the_next_sentence_do_not_make_a_meeting_a_call() -> None:
    text = f"{BOTH} were to have met on Saturday, but the talks were postponed. They last spoke by telephone."
    assert next((told(event)[1], event.mode) for event in events_of(text)) == ("postponed", "in person")


def test_the_first_name_does_all_of_a_list_of_verbs() -> None:
    found = events_of("Nixon praised Brezhnev, criticised Thatcher and thanked Reagan.")
    assert [one.parties[0][0] for one in found] == ["person/richard-nixon"] * 3
    assert {one.split("/")[1] for one, role, _ in found[1].parties if role == "recipient"} == {"margaret-thatcher"}
    assert told(events_of("Nixon hugged Thatcher, thanked Reagan and met Brezhnev.")[-1])[2] == PAIR


def test_the_one_told_of_a_meeting_takes_no_part_in_it() -> None:
    found = events_of("Kissinger told the public broadcaster BBC that the two would meet again in Helsinki in May.")
    assert not any("org/bbc" in {one for one, _, _ in event.parties} for event in found)


def test_members_who_gather_do_not_protest_by_that() -> None:
    assert [event.kind for event in events_of("Members of the council gathered in the city on Monday.")] == []


def test_a_person_called_is_rung_up() -> None:
    (event,) = events_of("President Richard Nixon called Soviet leader Leonid Brezhnev on Monday.")
    assert (told(event)[:3], event.mode) == (("call", "happened", PAIR), "phone")
    for text in ("Nixon called Brezhnev a liar.", "Nixon called Brezhnev’s offer poor.", "A man called Leonid Brezhnev met Nixon."):
        assert "call" not in {event.kind for event in events_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("England met France in Cardiff. The match ended 2-1 after a late goal.", id="a score"),
        pytest.param("Kenya beat Ghana in Accra. The goalkeeper was booked before halftime.", id="words of football"),
        pytest.param("Chile hosted Peru on Friday. The team lost the game 3-0.", id="a host"),
    ],
)
def test_a_match_between_countries_is_no_meeting(text: str) -> None:
    assert events_of(text) == []


def test_talks_between_countries_beside_sport_are_talks() -> None:
    events = events_of("Kenya and Ghana held talks in Accra. They spoke of a football match and a stadium.")
    assert [told(event)[:2] for event in events] == [("meet", "happened")]


def test_the_two_who_meet_again_are_those_who_met() -> None:
    events = events_of(
        "Richard Nixon met Leonid Brezhnev in Moscow. Nixon told the broadcaster Yle that the two would meet again in Helsinki in May."
    )
    assert [told(event) for event in events] == [
        ("meet", "happened", PAIR, "place/moscow"),
        ("meet", "planned", PAIR, "place/helsinki"),
    ]


def test_both_men_who_agreed_to_meet_are_those_named_before() -> None:
    events = events_of("Nixon telephoned Brezhnev on Monday. Both men agreed to meet in Vienna.")
    assert ("meet", "planned", PAIR, "place/vienna") in [told(event) for event in events]


def test_a_refusal_that_is_denied_is_no_refusal() -> None:
    (event,) = events_of("The Kremlin denied that Brezhnev would not meet Nixon in Vienna.")
    assert event.status == "denied"


def test_a_dateline_joins_no_list_and_acts_for_no_government() -> None:
    (event,) = events_of("MADRID – Richard Nixon met Leonid Brezhnev on Tuesday.")
    assert told(event)[2] == PAIR
    (event,) = events_of("VIENNA - Nixon accused Brezhnev of lies.")
    assert {one for one, _, _ in event.parties} == {"person/richard-nixon", "person/leonid-brezhnev"}


def test_towns_beat_each_other_in_matches_and_police_beat_monks() -> None:
    assert events_of("Chicago beat Dallas on Friday.") == []
    assert [event.kind for event in events_of("Chinese police beat Tibetan monks on Friday.")] == ["beat"]


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("Ghana denied that Benin had attacked Togo.", [("attack", "denied")]),
        ("Ghana denied Benin had attacked Togo.", [("attack", "denied")]),
        ("Ghana rejected claims that Benin had attacked Togo.", [("attack", "denied")]),
        ("Ghana did not deny that Benin had attacked Togo.", [("attack", "happened")]),
        ("Ghana, which denied the report, has attacked Togo.", [("attack", "happened")]),
        ("Reporters asked whether Benin had attacked Togo.", []),
    ],
)
def test_what_is_denied_did_not_happen_and_what_is_asked_is_no_event(text: str, kinds: list[tuple[str, str]]) -> None:
    found = [(one.kind, one.status) for one in events_of(text) if one.kind == "attack"]
    assert found == kinds
