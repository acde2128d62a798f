"""Topics of short made-up articles: the strongest of the top level, and one of the second."""

import pytest

from flows.enrich.story import story_from_text
from flows.enrich.topics import find_topics
from flows.reference.events import EventLexicon, load_event_lexicon


@pytest.fixture(scope="module")
def lexicon() -> EventLexicon:
    return load_event_lexicon()


CASES = {
    "diplomacy": (
        "The foreign ministers signed the treaty after talks at the embassy; the ambassador praised the alliance.",
        "politics",
        "international relations",
    ),
    "war": (
        "Artillery shelled the town and troops began an offensive; the army lost tanks in the fighting.",
        "conflict, war and peace",
        "armed conflict",
    ),
    "election": ("Voters cast ballots on Sunday and the turnout was high; the candidate won the runoff.", "politics", "election"),
    "markets": (
        "Shares fell on Wall Street as traders sold stocks; the Nasdaq and bond yields dropped.",
        "economy, business and finance",
        "market and exchange",
    ),
    "football": ("The striker scored two goals as the club won the match and the league championship.", "sport", "competition discipline"),
    "trial": (
        "The jury reached a verdict and the judge told the court that the defendant may appeal.",
        "crime, law and justice",
        "judiciary",
    ),
    "earthquake": (
        "The earthquake of magnitude 7 and its aftershocks left villages in ruins; rescuers searched.",
        "disaster, accident and emergency incident",
        "disaster",
    ),
    "disease": (
        "Hospitals saw an outbreak of measles; the vaccine stops the virus, doctors told patients.",
        "health",
        "diseases and conditions",
    ),
    "climate": ("Emissions of carbon dioxide drive climate change and global warming of the planet.", "environment", "climate change"),
    "church": (
        "The pope and the bishops prayed in the cathedral at Easter with the faithful of the church.",
        "religion",
        "religious leader",
    ),
    "space": (
        "The telescope saw a galaxy and a black hole, astronomers of the observatory and physicists said.",
        "science and technology",
        "natural science",
    ),
    "storm": (
        "Heavy rain and thunderstorms with strong gusts: a storm brings snowfall, and the temperature falls.",
        "weather",
        "weather phenomena",
    ),
}


@pytest.mark.parametrize(("text", "top", "second"), CASES.values(), ids=CASES.keys())
def test_topics(text: str, top: str, second: str, lexicon: EventLexicon) -> None:
    found = find_topics(story_from_text(text, language="en"), lexicon)
    tops = [topic.label for topic in found if topic.topic not in lexicon.topics.parents]
    assert tops[0] == top
    assert second in [topic.label for topic in found]
    assert all(0 < topic.score <= 1 and topic.topic.startswith("medtop:") for topic in found)


@pytest.mark.parametrize(("text", "language"), [("", "en"), ("Ein Krieg.", "de"), ("Of this and that.", "en"), ("习近平", "zh")])
def test_no_topics(text: str, language: str, lexicon: EventLexicon) -> None:
    assert find_topics(story_from_text(text, language=language), lexicon) == []


def test_every_term_names_a_known_topic_and_every_top_topic_has_enough(lexicon: EventLexicon) -> None:
    topics = lexicon.topics
    count: dict[str, int] = dict.fromkeys(topics.labels.keys() - topics.parents.keys(), 0)
    for terms in topics.terms.values():
        for term in terms:
            for topic, weight in term.topics:
                assert topic in topics.labels and weight > 0
                count[topics.parents.get(topic, topic)] += 1
    assert min(count.values()) >= 25
