import pytest
from speech_cases import lexicon, read

from flows.enrich.sources import find_cited_sources

CASES = {
    "according to": ("According to the news agency TASS, the talks went well.", [("org/tass", "According to", 1)]),
    "list": (
        "It is over, Ford said, according to the agency Interfax and the channel TASS.",
        [("org/interfax", "according to", 1), ("org/tass", "according to", 1)],
    ),
    "reported, twice": ("Reuters reported that Ford had left. He was ill, Reuters reported.", [("org/reuters", "reported", 2)]),
    "called": ("Tanks rolled in what Reuters called the largest parade in years.", [("org/reuters", "called", 1)]),
    "told": ("Ford told Reuters that talks would go on.", [("org/reuters", "told", 1)]),
    "post": ("The reply followed Ford’s message on Truth Social: “We go.”", [("org/truth-social", "message", 1)]),
    "interview": ("In an interview with the Evening Herald, Ford praised the deal.", [("org/evening-herald", "interview with", 1)]),
    "dateline": ("GENEVA (Reuters) - Talks went on.", []),
    "asked in vain": ("The White House did not respond to questions from Reuters.", []),
    "asked in vain, possessive": ("Ford did not immediately respond to Reuters’s questions.", []),
    "read only": ("Ford reads the Evening Herald at breakfast.", []),
    "inside a quote": ("“I told Reuters the truth,” Ford said.", []),
    "no outlet": ("Ford said talks went well.", []),
}


@pytest.mark.parametrize("text, expected", CASES.values(), ids=CASES.keys())
def test_cited(text: str, expected: list[tuple[str, str, int]]) -> None:
    story, mentions, entities = read(text)
    found = find_cited_sources(story, mentions, entities, [], lexicon())
    assert [tuple(source) for source in found] == expected
