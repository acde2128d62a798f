import pytest
from speech_cases import lexicon, read

from flows.enrich.quotes import find_quotes
from flows.enrich.statements import find_statements

# text, and each statement as (speaker, cue, class, content)
CASES = {
    "that clause": ("Ford said that the talks would go on.", [("Ford", "said", "said", "the talks would go on")]),
    "no that": ("Ford said the talks would go on.", [("Ford", "said", "said", "the talks would go on")]),
    "day before that": ("Ford said on Tuesday that the talks would go on.", [("Ford", "said", "said", "the talks would go on")]),
    "day, no that": ("Ford said Tuesday the talks would go on.", [("Ford", "said", "said", "the talks would go on")]),
    "in a statement": ("Ford said in a statement that talks would go on.", [("Ford", "said", "said", "talks would go on")]),
    "trailing": ("The talks would go on, Ford said.", [("Ford", "said", "said", "The talks would go on")]),
    "after a dateline": ("GENEVA, May 4 (TASS) - The talks would go on, Ford said.", [("Ford", "said", "said", "The talks would go on")]),
    "after a dateline without an agency": (
        "GENEVA, 4 May 1976 — The talks would go on, Ford said.",
        [("Ford", "said", "said", "The talks would go on")],
    ),
    "no refusal to comment": ("The talks went on, said an official who declined to be named.", []),
    "thanks": ("Ford thanks Gromyko for the gifts.", []),
    "trailing, inverted": (
        "The talks over arms will go on, said the minister.",
        [("the minister", "said", "said", "The talks over arms will go on")],
    ),
    "trailing in a dash": ("The talks would go on, Ford said – for a month.", [("Ford", "said", "said", "The talks would go on")]),
    "interrupted": ("Now, Ford said, the talks over arms will go on.", [("Ford", "said", "said", "the talks over arms will go on")]),
    "told": ("Ford told the press that talks would go on.", [("Ford", "told", "said", "talks would go on")]),
    "told him": ("Ford told him he would leave soon.", [("Ford", "told", "said", "he would leave soon")]),
    "according to, leading": ("According to TASS, the talks went well.", [("TASS", "According to", "said", "the talks went well")]),
    "according to, trailing": ("The talks went well, according to Gromyko.", [("Gromyko", "according to", "said", "The talks went well")]),
    "according to, in between": (
        "One of the plans, according to Gromyko, is to shut the plant.",
        [("Gromyko", "according to", "said", "One of the plans, according to Gromyko, is to shut the plant")],
    ),
    "according to, after a day": (
        "On the next day, according to Gromyko, the firm sent a letter.",
        [("Gromyko", "according to", "said", "the firm sent a letter")],
    ),
    "trailing, inverted, with a comma inside": (
        "The plant is hanging on, but it is under pressure, said the firm's chief, Anna Weiss.",
        [("the firm's chief, Anna Weiss", "said", "said", "The plant is hanging on, but it is under pressure")],
    ),
    "two words": ("Ford said he wept.", [("Ford", "said", "said", "he wept")]),
    "told one who wants no name": (
        "Ford told an aide who asked not to be named that talks would go on.",
        [("Ford", "told", "said", "talks would go on")],
    ),
    "as said": ("As Ford said, the talks will go on.", [("Ford", "said", "said", "the talks will go on")]),
    "pledge": ("Brezhnev pledged to cut the arsenal.", [("Brezhnev", "pledged", "promised", "to cut the arsenal")]),
    "warning": ("Gromyko warned that time was short.", [("Gromyko", "warned", "warned", "time was short")]),
    "denial": ("Gromyko denied that a deal was near.", [("Gromyko", "denied", "denied", "a deal was near")]),
    "refusal": ("Brezhnev declined to comment on the offer.", [("Brezhnev", "declined", "refused", "to comment on the offer")]),
    "no answer": (
        "The White House did not immediately respond to a request for comment.",
        [("The White House", "did not immediately respond to", "refused", "a request for comment")],
    ),
    "did not say": ("Ford did not say when talks would begin.", [("Ford", "did not say", "refused", "when talks would begin")]),
    "announcement": (
        "The army announced that it had crossed the river.",
        [("The army", "announced", "announced", "it had crossed the river")],
    ),
    "two cues": (
        "Ford said the talks would go on and added that he was pleased.",
        [("Ford", "said", "said", "the talks would go on"), ("Ford", "added", "said", "he was pleased")],
    ),
    "participle": (
        "Ford left on Monday, adding that he would be back.",
        [("Ford", "adding", "said", "he would be back")],
    ),
    "apposition": ("Ford, a lawyer from Michigan, said talks would go on.", [("Ford", "said", "said", "talks would go on")]),
    "relative": ("Officials who met with Ford said talks would go on.", [("Officials", "said", "said", "talks would go on")]),
    "mixed": (
        "Ford said the talks had been “a good start” for all.",
        [("Ford", "said", "said", "the talks had been “a good start” for all")],
    ),
    "quote across sentences": (
        "Ford said the talks were “dead. Gone. Over.” He left.",
        [("Ford", "said", "said", "the talks were “dead. Gone. Over.”")],
    ),
    "all quoted": ("“The talks will go on,” Ford said.", []),
    "quote with its tag and adverbial": ("“The talks will go on,” Ford told a crowd in Iowa on Monday.", []),
    "own words after the content": (
        "Ford said he would leave, which nobody in the room had expected of him.",
        [("Ford", "said", "said", "he would leave")],
    ),
    "a thing does not want": ("The road wanted repair for many years.", []),
    "a noun, not a verb": ("The claims of the state were many and its reports few.", []),
    "spoken to the reader": ("You know that it will rain tomorrow.", []),
    "interrupted after its subject": (
        "The museum, Ford said, celebrated several of his heroes.",
        [("Ford", "said", "said", "The museum, Ford said, celebrated several of his heroes")],
    ),
    "interrupted after what leads up to it": (
        "In the town where nobody liked him, Weiss said, Ford could do well.",
        [("Weiss", "said", "said", "In the town where nobody liked him, Weiss said, Ford could do well")],
    ),
    "interrupted, speaker after the cue": (
        "Any clear reading of the act, said Anna Weiss, an expert in Geneva, would read it as a loss.",
        [("Anna Weiss", "said", "said", "Any clear reading of the act, said Anna Weiss, an expert in Geneva, would read it as a loss")],
    ),
    "an apposition after the cue": (
        "The talks over arms go on, Ford said, a sign that peace was near.",
        [("Ford", "said", "said", "The talks over arms go on")],
    ),
    "inside a relative clause": (
        "He worked for a charity that prosecutors said was suspected of theft.",
        [("prosecutors", "said", "said", "was suspected of theft")],
    ),
    "reported in a year": (
        "The party broke up after the vote, TASS reported in 1974.",
        [("TASS", "reported", "announced", "The party broke up after the vote")],
    ),
    "inverted at the end after several commas": (
        "Ford would raise the rate, but for some, the losses would be greater, said Weiss.",
        [("Weiss", "said", "said", "Ford would raise the rate, but for some, the losses would be greater")],
    ),
    "close to somebody": (
        "Ford will rethink how he treats the house, a source close to him said.",
        [("a source close to him", "said", "said", "Ford will rethink how he treats the house")],
    ),
    "a preposition before the noun": (
        "The plan, an inside source said, is to have an envoy hand out copies.",
        [("an inside source", "said", "said", "The plan, an inside source said, is to have an envoy hand out copies")],
    ),
    "a share of voters": (
        "As many as 40 percent of the voters said they could not support Ford.",
        [("40 percent of the voters", "said", "said", "they could not support Ford")],
    ),
    "declined to say": (
        "Ford declined to say whether he would resign.",
        [("Ford", "declined", "refused", "to say whether he would resign")],
    ),
    "but, in the article's own words": (
        "Ford said the war was over, but the army stayed where it was.",
        [("Ford", "said", "said", "the war was over")],
    ),
    "the same subject goes on": (
        "Officials said the panel has the full, uncut mail and will address the mail in its report.",
        [("Officials", "said", "said", "the panel has the full, uncut mail and will address the mail in its report")],
    ),
    "said of": (
        "Ford had no answer, he said of the talk he had last week with Weiss.",
        [("he", "said", "said", "Ford had no answer")],
    ),
    "a title and a plural noun": ("The general counsel of the party met gun advocates; Geneva attacks on trade have ended.", []),
    "known as": ("The best known report of the year, it was told in three parts.", []),
    "nothing": ("", []),
    "another script": ("Путин встретился с Си в Пекине.", []),
}


@pytest.mark.parametrize("text, expected", CASES.values(), ids=CASES.keys())
def test_statements(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    story, mentions, entities = read(text)
    found = find_statements(story, mentions, entities, [], lexicon())
    assert [(s.speaker_text, s.cue, s.cue_class, text[s.char_start : s.char_end]) for s in found] == expected


def test_who_is_called_by_phone_is_no_statement() -> None:
    story, mentions, entities = read("Richard Nixon called U.S. President Gerald Ford on Monday.")
    assert find_statements(story, mentions, entities, [], lexicon()) == []


def test_speaker_by_entity() -> None:
    story, mentions, entities = read("Gromyko said talks would go on. He added that they were hard.", He="Andrei Gromyko")
    assert [s.speaker_id for s in find_statements(story, mentions, entities, [], lexicon())] == ["person/andrei-gromyko"] * 2


def test_to_call_somebody_is_no_statement_and_to_call_somebody_something_is() -> None:
    def said(text: str) -> list[str]:
        story, mentions, entities = read(text)
        mentions = [one._replace(kind="country") if text[one.char_start : one.char_end] == "the White House" else one for one in mentions]
        return [text[one.char_start : one.char_end] for one in find_statements(story, mentions, entities, [], lexicon())]

    assert said("Russian President Gerald Ford called U.S. President Leonid Brezhnev on Monday.") == []
    assert said("Ford called the White House President Leonid Brezhnev on Monday.") == []
    assert said("Ford called the minister on Tuesday to speak of the war.") == []
    assert said("Ford called Brezhnev a liar.") == ["Brezhnev a liar"]
    assert said("Ford has called President Leonid Brezhnev the best leader of all.") == ["President Leonid Brezhnev the best leader of all"]


def test_a_pronoun_and_any_word_are_a_clause() -> None:
    text = "Ford said he wept at the rally."
    story, mentions, entities = read(text)
    found = find_statements(story, mentions, entities, [], lexicon())
    assert [text[one.char_start : one.char_end] for one in found] == ["he wept at the rally"]


@pytest.mark.parametrize(
    "phrase",
    [
        "U.S. Secretary of State Anna Weiss",
        "Secretary of Defense Anna Weiss",
        "the deputy minister of foreign affairs Anna Weiss",
        "Minister of State for Foreign Affairs Anna Weiss",
        "Minister for Justice Anna Weiss",
        "chairman of the Joint Chiefs of Staff Anna Weiss",
        "the head of the army Anna Weiss",
        "the spokeswoman for the Foreign Ministry Anna Weiss",
    ],
)
def test_an_office_of_several_words_belongs_to_the_name_after_it(phrase: str) -> None:
    text = f"Then {phrase} told the Evening Herald that talks would go on, and “they will,” said {phrase}."
    story, mentions, entities = read(text)
    (statement,) = find_statements(story, mentions, entities, [], lexicon())
    (quote,) = find_quotes(story, mentions, entities, lexicon())
    assert {(one.speaker_id, one.speaker_text) for one in (statement, quote)} == {("person/anna-weiss", phrase)}
    assert quote.speaker_office == phrase.removeprefix("the ").removesuffix(" Anna Weiss")


@pytest.mark.parametrize(
    "phrase",
    [
        "A spokesman for Mr. Ford",
        "A spokesman for Secretary of State Gerald Ford",
        "A spokesman for Justice Gerald Ford",
        "The son of President Ford",
        "An aide of the minister Gromyko",
        "A lawyer for former President Ford",
        "The lawyer for American Gerald Ford",
        "The wife of Foreign Minister Andrei Gromyko",
        "The office of Secretary of State Gerald Ford",
    ],
)
def test_who_speaks_for_another_is_not_the_one_named(phrase: str) -> None:
    story, mentions, entities = read(f"{phrase} said that talks would go on.")
    (statement,) = find_statements(story, mentions, entities, [], lexicon())
    assert (statement.speaker_id, statement.speaker_text) == (None, phrase)


@pytest.mark.parametrize(
    "text, speakers",
    [
        ("The White House denied that Ford had asked Brezhnev to meet him.", ["The White House"]),
        ("The White House denied Ford had asked Brezhnev to meet him.", ["The White House"]),
        ("The mayor ruled out that Ford had asked the army to leave.", ["The mayor"]),
        ("The mayor dismissed claims that Ford had said the army would leave.", ["The mayor"]),
        ("Gromyko denied that he had said that the talks would go on.", ["Gromyko"]),
        ("Reporters asked whether Ford had said that the talks would go on.", ["Reporters"]),
        ("Asked if Ford had threatened to leave, Gromyko said that nobody would leave.", ["Gromyko"]),
        ("It is not true that Ford had said the army would leave.", []),
        ("It is true that Ford had said the army would leave.", ["Ford"]),
        ("Gromyko did not deny the plan, and Ford said that the army would leave.", ["Ford"]),
        ("Gromyko denied that he had met Brezhnev, but Ford said that the army would leave.", ["Gromyko", "Ford"]),
        ("Gromyko denied that he was ill, Ford said.", ["Ford", "Gromyko"]),
        ("Gromyko denied that he had met Brezhnev, adding that the army would leave.", ["Gromyko", "Gromyko"]),
    ],
)
def test_what_is_denied_or_asked_is_not_said(text: str, speakers: list[str]) -> None:
    story, mentions, entities = read(text)
    assert [one.speaker_text for one in find_statements(story, mentions, entities, [], lexicon())] == speakers
