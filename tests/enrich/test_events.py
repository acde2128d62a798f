"""Events of sentences written for the tests: their types with floors, and their parties, status, mode, place and day."""

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from marked_names import read

from flows.enrich.coreference import resolve_references
from flows.enrich.events import find_events
from flows.enrich.names import find_names
from flows.enrich.story import Event, Timex, story_from_text
from flows.reference import load_reference
from flows.reference.events import EventLexicon, load_event_lexicon
from flows.reference.names import load_gazetteer

SENTENCES = Path(__file__).with_name("event_sentences.csv")
LEAST_RECALL = 0.96
LEAST_PRECISION = 0.96
LEAST_RECALL_OF_A_TYPE = 0.85


@pytest.fixture(scope="module")
def lexicon() -> EventLexicon:
    return load_event_lexicon()


def coded(marked: str, lexicon: EventLexicon, *, headline: bool = False) -> list[Event]:
    story, mentions, entities = read(marked, headline=headline)
    return find_events(story, mentions, entities, [], lexicon)


def parties(event: Event) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for entity, role, _ in event.parties:
        out.setdefault(role, set()).add(entity.split("/")[1])
    return out


def test_types_of_labelled_sentences_stay_above_the_floors(lexicon: EventLexicon) -> None:
    gazetteer = load_gazetteer(load_reference())
    hits, total, wrong = Counter[str](), Counter[str](), 0
    missed = []
    with SENTENCES.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            story = story_from_text(row["sentence"], language="en")
            mentions, entities = find_names(story, gazetteer)
            mentions = resolve_references(story, mentions, entities, gazetteer)
            types = {event.plover for event in find_events(story, mentions, entities, [], lexicon)}
            total[row["plover"]] += 1
            hits[row["plover"]] += row["plover"] in types
            wrong += len(types - {row["plover"]})
            if row["plover"] not in types:
                missed.append((row["plover"], row["sentence"]))
    assert sum(total.values()) >= 300
    assert hits.total() / total.total() >= LEAST_RECALL, missed
    assert hits.total() / (hits.total() + wrong) >= LEAST_PRECISION
    assert min(hits[kind] / total[kind] for kind in total) >= LEAST_RECALL_OF_A_TYPE, missed


ACTS = {
    "subject and object": ("[India|c IND] condemned [Pakistan|c PAK].", "ACCUSE", {"actor": {"IND"}, "recipient": {"PAK"}}),
    "passive with by": ("[Kuwait|c KWT] was invaded by [Iraq|c IRQ].", "ASSAULT", {"actor": {"IRQ"}, "recipient": {"KWT"}}),
    "passive without by": ("Two envoys of [Chad|c TCD] were expelled.", "SANCTION", {"recipient": {"TCD"}}),
    "list of subjects": (
        "[France|c FRA], [Spain|c ESP] and [Italy|c ITA] imposed sanctions on [Libya|c LBY].",
        "SANCTION",
        {"actor": {"FRA", "ESP", "ITA"}, "recipient": {"LBY"}},
    ),
    "light verb and noun": (
        "[Turkey|c TUR] launched an offensive against [Syria|c SYR].",
        "ASSAULT",
        {"actor": {"TUR"}, "recipient": {"SYR"}},
    ),
    "a country that modifies its president is no party": (
        "[Egyptian|c EGY] President [Anwar Sadat|p EGY] accused [Libya|c LBY] of sabotage.",
        "ACCUSE",
        {"actor": {"anwar-sadat"}, "recipient": {"LBY"}},
    ),
    "nor is one after of": (
        "President [Anwar Sadat|p EGY] of [Egypt|c EGY] accused [Libya|c LBY] of sabotage.",
        "ACCUSE",
        {"actor": {"anwar-sadat"}, "recipient": {"LBY"}},
    ),
    "possessor of a body acts": ("[Israel|c ISR]’s army shelled [Lebanon|c LBN].", "ASSAULT", {"actor": {"ISR"}, "recipient": {"LBN"}}),
    "officials act for their country": (
        "Officials of [Peru|c PER] criticized [Chile|c CHL].",
        "ACCUSE",
        {"actor": {"PER"}, "recipient": {"CHL"}},
    ),
    "subject before a relative clause": (
        "[Hamas|o], which attacked [Israel|c ISR], freed hostages from [Thailand|c THA].",
        "YIELD",
        {"actor": {"hamas"}, "recipient": {"THA"}},
    ),
    "who stands for the name before it": (
        "[Idi Amin|p UGA], who expelled [India|c IND]’s citizens, lived there.",
        "COERCE",
        {"actor": {"idi-amin"}, "recipient": {"IND"}},
    ),
    "second verb shares the subject": (
        "[Kenya|c KEN] recalled its envoy and condemned [Uganda|c UGA].",
        "ACCUSE",
        {"actor": {"KEN"}, "recipient": {"UGA"}},
    ),
    "noun with possessor and of": (
        "It ended with [Iraq|c IRQ]’s invasion of [Kuwait|c KWT].",
        "ASSAULT",
        {"actor": {"IRQ"}, "recipient": {"KWT"}},
    ),
    "which stands for the accord": (
        "He praised the [SALT treaty|a], which [Reagan|p USA] abandoned.",
        "SANCTION",
        {"actor": {"reagan"}, "recipient": {"salt-treaty"}},
    ),
    "must is asked by who says so": (
        "[Iran|c IRN] must release the sailors, [Britain|c GBR] said.",
        "REQUEST",
        {"actor": {"GBR"}, "recipient": {"IRN"}},
    ),
}


@pytest.mark.parametrize(("marked", "plover", "expected"), ACTS.values(), ids=ACTS.keys())
def test_who_did_it_to_whom(marked: str, plover: str, expected: dict[str, set[str]], lexicon: EventLexicon) -> None:
    events = [event for event in coded(marked, lexicon) if event.plover == plover]
    assert [parties(event) for event in events] == [expected]


TURNED = {
    "promised aid": ("[Oman|c OMN] will send food to [Yemen|c YEM].", "AGREE", "033", "planned"),
    "announced force": ("[Oman|c OMN] said it would attack [Yemen|c YEM].", "THREATEN", "138", "planned"),
    "refused talks": ("[Oman|c OMN] refused to meet [Yemen|c YEM].", "REJECT", "125", "happened"),
    "will not accept": ("[Oman|c OMN] will not recognize [Yemen|c YEM].", "REJECT", "120", "happened"),
    "demanded withdrawal": ("[Oman|c OMN] demanded that [Yemen|c YEM] withdraw its troops.", "REQUEST", "105", "happened"),
    "suspended aid": ("[Oman|c OMN] suspended aid to [Yemen|c YEM].", "SANCTION", "162", "happened"),
    "announced the suspension": ("[Oman|c OMN] announced a suspension of aid to [Yemen|c YEM].", "SANCTION", "162", "happened"),
    "lifted sanctions": ("[Oman|c OMN] lifted sanctions on [Yemen|c YEM].", "YIELD", "085", "happened"),
    "denied act": ("[Oman|c OMN] did not attack [Yemen|c YEM].", "ASSAULT", "190", "denied"),
    "under way": ("[Oman|c OMN] is attacking [Yemen|c YEM].", "ASSAULT", "190", "ongoing"),
    "condemned attack is no attack": ("[Oman|c OMN] condemned the attack on [Yemen|c YEM].", "ACCUSE", "111", "happened"),
    "insisted that someone do": ("[Oman|c OMN] insisted that [Yemen|c YEM] free the crew.", "REQUEST", "105", "happened"),
    "coordinated progressive": ("[Oman|c OMN] is pressing for talks and threatening [Yemen|c YEM].", "THREATEN", "130", "ongoing"),
}


@pytest.mark.parametrize(("marked", "plover", "cameo", "status"), TURNED.values(), ids=TURNED.keys())
def test_what_governs_an_act_gives_its_type(marked: str, plover: str, cameo: str, status: str, lexicon: EventLexicon) -> None:
    assert (plover, cameo, status) in [(event.plover, event.cameo, event.status) for event in coded(marked, lexicon)]


MEETINGS = {
    "list of three": (
        "[Roosevelt|p USA], [Churchill|p GBR] and [Stalin|p SUN] met in [Yalta|l SUN].",
        {"roosevelt", "churchill", "stalin"},
        "in person",
        "happened",
    ),
    "met with": ("[Ford|p USA] met with [Brezhnev|p SUN].", {"ford", "brezhnev"}, "in person", "happened"),
    "between": (
        "There were talks between President [Ford|p USA] and General Secretary [Brezhnev|p SUN].",
        {"ford", "brezhnev"},
        "in person",
        "happened",
    ),
    "between three, with titles": (
        "It was the first meeting between [Ford|p USA], [Brezhnev|p SUN], and [French|c FRA] President [Giscard|p FRA], [Tass|o] reported.",
        {"ford", "brezhnev", "giscard"},
        "in person",
        "happened",
    ),
    "possessor and with": (
        "It follows [Ford|p USA]’s earlier talks with [Soviet|c SUN] leader [Brezhnev|p SUN].",
        {"ford", "brezhnev"},
        "in person",
        "happened",
    ),
    "two names before the noun": (
        "The [Ford|p USA]-[Brezhnev|p SUN] meeting lasted two days.",
        {"ford", "brezhnev"},
        "in person",
        "happened",
    ),
    "held talks": ("[Sadat|p EGY] held talks with [Begin|p ISR] on Monday.", {"sadat", "begin"}, "in person", "happened"),
    "by phone": ("[Blair|p GBR] spoke with [Bush|p USA] by phone.", {"blair", "bush"}, "phone", "happened"),
    "phone conversation": (
        "They told of a phone conversation between [Blair|p GBR] and [Bush|p USA].",
        {"blair", "bush"},
        "phone",
        "happened",
    ),
    "by video": ("[Merkel|p DEU] held a virtual summit with [Xi|p CHN].", {"merkel", "xi"}, "video", "happened"),
    "passive": ("[Arafat|p PSE] was received by [Mandela|p ZAF].", {"arafat", "mandela"}, "visit", "happened"),
    "planned": ("[Ford|p USA] will meet [Brezhnev|p SUN] next week.", {"ford", "brezhnev"}, "in person", "planned"),
    "is to meet": ("[Ford|p USA] is to meet [Brezhnev|p SUN].", {"ford", "brezhnev"}, "in person", "planned"),
    "is expected to": ("[Ford|p USA] is expected to meet [Brezhnev|p SUN].", {"ford", "brezhnev"}, "in person", "planned"),
    "possible": ("[Ford|p USA] might meet [Brezhnev|p SUN].", {"ford", "brezhnev"}, "in person", "possible"),
    "postponed": ("[Ford|p USA] postponed a meeting with [Brezhnev|p SUN].", {"ford", "brezhnev"}, "in person", "postponed"),
    "cancelled": ("[Ford|p USA] called off talks with [Brezhnev|p SUN].", {"ford", "brezhnev"}, "in person", "cancelled"),
    "denied": ("[Ford|p USA] did not meet [Brezhnev|p SUN].", {"ford", "brezhnev"}, "in person", "denied"),
    "participle of a caption": (
        "[Ford|p USA], left, meeting with [Brezhnev|p SUN] of [Russia|c RUS] on Sunday.",
        {"ford", "brezhnev"},
        "in person",
        "happened",
    ),
    "agreed to meet": ("[Ford|p USA] agreed to meet [Brezhnev|p SUN].", {"ford", "brezhnev"}, "in person", "planned"),
}


@pytest.mark.parametrize(("marked", "people", "mode", "status"), MEETINGS.values(), ids=MEETINGS.keys())
def test_meetings_are_one_row_with_all_parties(marked: str, people: set[str], mode: str, status: str, lexicon: EventLexicon) -> None:
    meetings = [event for event in coded(marked, lexicon) if event.mode is not None]
    assert [(parties(event), event.mode, event.status) for event in meetings] == [({"participant": people}, mode, status)]


def test_mentions_of_one_meeting_are_merged_and_others_kept_apart(lexicon: EventLexicon) -> None:
    marked = (
        "[Ford|p USA] and [Brezhnev|p SUN] hold talks\n"
        "[American|c USA] President [Gerald Ford|p USA Ford] met [Leonid Brezhnev|p SUN Brezhnev] in [Vladivostok|l SUN] on Saturday. "
        "During the meeting they spoke of missiles. The two men met for three hours. "
        "[Ford|p USA] also met [Chancellor Schmidt|p DEU Schmidt] in [Bonn|l DEU] in July."
    )
    meetings = [event for event in coded(marked, lexicon, headline=True) if event.plover == "CONSULT"]
    assert [parties(event)["participant"] for event in meetings] == [{"ford", "brezhnev"}, {"ford", "schmidt"}]
    assert [event.place_id for event in meetings] == ["place/vladivostok", "place/bonn"]


def test_a_visit_names_the_visitor_and_the_place(lexicon: EventLexicon) -> None:
    (visit,) = coded("[Nixon|p USA]’s February 21 visit to [Beijing|l CHN] was the first.", lexicon)
    assert (visit.kind, visit.mode, visit.place_id, parties(visit)) == ("visit", "visit", "place/beijing", {"participant": {"nixon"}})


def test_a_meeting_has_the_day_told_in_any_of_its_sentences(lexicon: EventLexicon) -> None:
    story, mentions, entities = read(
        "[Ford|p USA] met [Brezhnev|p SUN].\nThe talks between [Ford|p USA] and [Brezhnev|p SUN] on Saturday were brief."
    )
    at = story.page_text.index("Saturday")
    day = dt.date(1974, 11, 23)
    dates = [Timex("DATE", 2, at, at + 8, 2, "1974-11-23", day, day, "day")]
    (meeting,) = find_events(story, mentions, entities, dates, lexicon)
    assert (meeting.starts_on, meeting.ends_on, meeting.is_background) == (day, day, False)


def test_every_event_has_its_span_and_codes(lexicon: EventLexicon) -> None:
    marked = "[Xi|p CHN] pledges aid\n[Japan|c JPN] threatened to cut off aid to [Nepal|c NPL]. Crowds rioted. “We met,” said [Abe|p JPN]."
    story, mentions, entities = read(marked, headline=True)
    events = find_events(story, mentions, entities, [], lexicon)
    assert events
    for event in events:
        sentence = story.sentences[event.sentence_no - 1]
        assert sentence.char_start <= event.char_start < event.char_end <= sentence.char_end
        assert event.block_no == sentence.block_no
        assert event.cameo in lexicon.codes
        assert (event.quad, event.intensity) == lexicon.codes[event.cameo]


NOTHING = {
    "empty": "",
    "no verb": "A quiet day in [Oslo|l NOR]",
    "noun that looks like a verb": "Western pressure on [Oman|c OMN] grew to an unprecedented level.",
    "hypothetical": "All would be lost if [Oman|c OMN] attacked [Yemen|c YEM].",
    "accident": "Six people were killed when a train derailed in [Oman|c OMN].",
    "right to left": "التقى الرئيس بالوزير في القاهرة",
    "no spaces": "习近平在北京会见普京",
}


@pytest.mark.parametrize("marked", NOTHING.values(), ids=NOTHING.keys())
def test_nothing_is_invented(marked: str, lexicon: EventLexicon) -> None:
    assert coded(marked, lexicon) == []


def test_other_languages_have_no_events(lexicon: EventLexicon) -> None:
    story = story_from_text("Le président a attaqué la ville.", language="fr")
    assert find_events(story, [], {}, [], lexicon) == []


def test_a_user_adds_a_verb_and_a_kind(tmp_path: Path) -> None:
    (tmp_path / "event_verbs.csv").write_text("verb,particle,object,kind,strength\ndefenestrate,,,defenestrate,2\n", encoding="utf-8")
    (tmp_path / "event_kinds.csv").write_text("kind,class,plover,cameo,mode\ndefenestrate,event,ASSAULT,182,\n", encoding="utf-8")
    (event,) = coded("[Bohemia|c CZE] defenestrated two envoys of [Austria|c AUT].", load_event_lexicon(tmp_path))
    assert (event.kind, event.plover, event.cameo) == ("defenestrate", "ASSAULT", "182")


def test_every_kind_has_a_known_code_and_type(lexicon: EventLexicon) -> None:
    known = frozenset(
        [
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "COOPERATE",
            "AID",
            "YIELD",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "MOBILIZE",
            "SANCTION",
            "COERCE",
            "ASSAULT",
        ]
    )
    for kind in lexicon.kinds.values():
        assert kind.plover is None or kind.plover in known
        assert kind.cameo is None or kind.cameo in lexicon.codes
    for becomes, cameo in lexicon.turns.values():
        assert cameo in lexicon.codes and (becomes is None or becomes in known)
    used = {pattern.kind for word in lexicon.words.values() for pattern in word.nouns}
    assert used <= set(lexicon.kinds)


def test_a_user_adds_a_verb(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "event_verbs.csv").write_text("verb,particle,object,kind,strength\nblackball,,,reject,2\n", encoding="utf-8")
    story, mentions, entities = read("[Iraq|c IRQ] blackballed [Iran|c IRN] on Monday.")
    assert find_events(story, mentions, entities, [], load_event_lexicon()) == []
    assert [(one.kind, one.plover) for one in find_events(story, mentions, entities, [], load_event_lexicon(tmp_path))] == [
        ("reject", "REJECT")
    ]
