"""Who speaks or acts how of whom."""

import pytest
from marked_names import read

from flows.enrich.events import find_events
from flows.enrich.stances import find_stances
from flows.enrich.story import Quote
from flows.reference.events import EventLexicon, load_event_lexicon


@pytest.fixture(scope="module")
def lexicon() -> EventLexicon:
    return load_event_lexicon()


CASES = {
    "praise": ("[Kohl|p DEU] praised [Gorbachev|p SUN].", [("person/kohl", "person/gorbachev", 1)]),
    "attack": ("[Iraq|c IRQ] attacked [Iran|c IRN].", [("country/IRQ", "country/IRN", -1)]),
    "denied": ("[Iraq|c IRQ] did not attack [Iran|c IRN].", []),
    "quoted": ("“The regime of [Ceausescu|p ROU] was cruel,” he said.", [("person/speaker", "person/ceausescu", -1)]),
    "quoted, negated": ("“[Poland|c POL] is no enemy,” he said.", [("person/speaker", "country/POL", 1)]),
    "quoted, plain": ("“[Poland|c POL] lies in the east,” he said.", []),
    "planned": ("[Iraq|c IRQ] will attack [Iran|c IRN] tomorrow.", []),
    "quoted, a country as a place": ("“A cruel war goes on in [Poland|c POL],” he said.", []),
    "quoted, the other clause": ("“[Kohl|p DEU] is coming, but the weather is awful,” he said.", []),
    "quoted, both ways": (
        "“The brilliant [Kohl|p DEU] is right, while the corrupt [Ceausescu|p ROU] must go,” he said.",
        [("person/speaker", "person/kohl", 1), ("person/speaker", "person/ceausescu", -1)],
    ),
    "quoted, what another did": (
        "“[Gorbachev|p SUN] attacked [Kohl|p DEU] on Monday,” he said.",
        [("person/gorbachev", "person/kohl", -1)],
    ),
    "quoted, in the first person": ("“We all admire [Kohl|p DEU],” he said.", [("person/speaker", "person/kohl", 1)]),
    "quoted, nothing without it": ("“There can be no peace without [Poland|c POL] at the table,” he said.", []),
    "quoted, a group without it": ("“A cruel, weak Europe without [Poland|c POL] is bad,” he said.", []),
    "of the speaker": ("“[Speaker|p DEU] is a great man,” he said.", []),
    "another language without a lexicon": ("“Hyvä [Kohl|p DEU],” hän sanoi.", []),
    "empty": ("", []),
}


@pytest.mark.parametrize(("marked", "expected"), CASES.values(), ids=CASES.keys())
def test_stances(marked: str, expected: list[tuple[str, str, int]], lexicon: EventLexicon) -> None:
    story, mentions, entities = read(marked)
    events = find_events(story, mentions, entities, [], lexicon)
    text = story.page_text
    quotes = [Quote("direct", 1, text.index("“") + 1, text.index("”"), 1, speaker_id="person/speaker")] if "“" in text else []
    found = find_stances(story, mentions, events, quotes, [], lexicon)
    assert [(one.holder_id, one.target_id, 1 if one.polarity > 0 else -1) for one in found] == expected
