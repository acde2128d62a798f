"""Why a speaker has no name."""

import pytest
from speech_cases import lexicon, read

from flows.enrich.quotes import find_quotes
from flows.enrich.statements import find_statements

CASES = {
    "familiar": ("“It is over,” said a person familiar with the talks.", "familiar"),
    "close": ("Two sources close to the army said the plan is bad.", "familiar"),
    "withheld": ("A senior official who asked not to be named said the plan is bad.", "withheld"),
    "withheld, said in the next sentence": ("An official said the plan is bad. He spoke on condition of anonymity.", "withheld"),
    "withheld, said before": ("Speaking on condition of anonymity, a senior official said the plan is bad.", "withheld"),
    "withheld, of another": ("“I saw it,” said a neighbour, while the owner had asked not to be named.", "witness"),
    "a condition of another kind": ("An aide said the deal will hold, on condition that security improves.", "official"),
    "on condition of no name": ("An aide said the plan is bad, on condition that he not be named.", "withheld"),
    "close to a feeling": ("A resident close to tears said the bridge fell at noon.", "witness"),
    "who wants no other words printed": ("An official, who asked not to be quoted on other matters, said the plan is bad.", "official"),
    "the next sentence is about another": ("An official said the plan is bad. Ford spoke on condition of anonymity.", "official"),
    "source": ("A source said the plan is bad.", "source"),
    "official": ("U.S. officials said the plan is bad.", "official"),
    "witness": ("Witnesses said the bridge fell at noon.", "witness"),
    "expert": ("Analysts said the rate will rise.", "expert"),
    "public": ("Critics say the plan is bad for all.", "public"),
    "nobody in particular": ("Some say the rate will rise.", "public"),
    "a name": ("Ford said the plan is bad for all.", None),
    "an office": ("The minister said the plan is bad for all.", None),
    "a pronoun": ("He said the plan is bad for all.", None),
    "a document": ("The readout said both sides agree on it.", None),
}


@pytest.mark.parametrize("text, kind", CASES.values(), ids=CASES.keys())
def test_anonymity(text: str, kind: str | None) -> None:
    story, mentions, entities = read(text)
    found = [*find_quotes(story, mentions, entities, lexicon()), *find_statements(story, mentions, entities, [], lexicon())]
    assert [one.anonymity for one in found] == [kind]


def test_the_official_told_of_before_stays_without_a_name() -> None:
    text = "An official who asked not to be named said the plan is bad. Ford left. The official said the army will go."
    story, mentions, entities = read(text)
    assert [one.anonymity for one in find_statements(story, mentions, entities, [], lexicon())] == ["withheld", "withheld"]


def test_one_of_the_people_is_as_familiar_as_they_are() -> None:
    text = "Two people familiar with the talks said the plan is bad. “It is over,” one of the people said."
    story, mentions, entities = read(text)
    assert [one.anonymity for one in find_quotes(story, mentions, entities, lexicon())] == ["familiar"]


def test_she_who_added_is_the_official_without_a_name() -> None:
    text = "“We lost it,” said a senior official, who asked not to be named. “We lost it all,” she added."
    story, mentions, entities = read(text)
    assert [one.anonymity for one in find_quotes(story, mentions, entities, lexicon())] == ["withheld", "withheld"]


def test_she_after_a_name_has_one() -> None:
    text = "An official said the plan is bad. Anna Weiss said it is good. She added that it costs little."
    story, mentions, entities = read(text)
    assert [one.anonymity for one in find_statements(story, mentions, entities, [], lexicon())] == ["official", None, None]


def test_a_reporter_who_wants_no_name_is_not_the_one_who_speaks() -> None:
    text = "Gromyko told a reporter who declined to be named that the army is ready."
    story, mentions, entities = read(text)
    (found,) = find_statements(story, mentions, entities, [], lexicon())
    assert (found.speaker_text, found.anonymity) == ("Gromyko", None)
