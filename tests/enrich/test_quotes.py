import pytest
from speech_cases import lexicon, read

from flows.enrich.quotation_marks import find_quoted
from flows.enrich.quotes import find_quotes
from flows.enrich.story import story_from_text

SPANS = {
    "curly": ("He said “we go” and “we stay.”", ["we go", "we stay."]),
    "straight": ('He said "we go" and "we stay."', ["we go", "we stay."]),
    "single curly beside apostrophes": ("The dogs’ owner said ‘it’s the ’90s’ again.", ["it’s the ’90s"]),
    "single straight beside apostrophes": ("Ford's aide didn't say 'we can't go' then.", ["we can't go"]),
    "possessive plural inside single": ("She said ‘the farmers’ votes count’ to all.", ["the farmers’ votes count"]),
    "guillemets with spaces": ("« Nous partons », a dit le ministre.", ["Nous partons"]),
    "guillemets inward": ("Er sagte: »Wir gehen.«", ["Wir gehen."]),
    "low and high": ("Er sagte: „Wir gehen.“", ["Wir gehen."]),
    "corner brackets": ("首相は「行きます」と述べた。", ["行きます"]),
    "typewriter": ("``We go,'' he said. ``Now.''", ["We go,", "Now."]),
    "doubled apostrophes": ("''We go,'' he said. ''Now.''", ["We go,", "Now."]),
    "nested": ("“He told me ‘never again’ and left,” she said.", ["He told me ‘never again’ and left,"]),
    "nested double in single": ("‘He called it “a farce” then,’ she said.", ["He called it “a farce” then,"]),
    "unclosed paragraph": ("“We go.\n“We stay,” he said.", ["We go.", "We stay,"]),
    "unclosed in the middle": ("He said “we go now. They stay.", ["we go now."]),
    "stray closing mark": ("We go” he said.", []),
    "inches": ('He is 6\'2" tall and 5" wide.', []),
    "decade and elision": ("Rock ’n’ roll of the ’60s, ’twas said.", []),
    "empty": ("He said “” and ‘ ’.", []),
    "right to left": ("قال الوزير «سنذهب» اليوم.", ["سنذهب"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("text, expected", SPANS.values(), ids=SPANS.keys())
def test_spans_between_marks(text: str, expected: list[str]) -> None:
    story = story_from_text(text)
    assert [text[span.char_start : span.char_end] for span in find_quoted(story)] == expected


# text, and for each quote: speaker, cue, class, kind, the number it goes on from
SPEAKERS = {
    "after": ("“We will go,” Ford said.", [("Ford", "said", "said", "direct", None)]),
    "inverted": ("“We will go,” said Gerald Ford, the president.", [("Gerald Ford", "said", "said", "direct", None)]),
    "before": ("Ford said: “We will go.”", [("Ford", "said", "said", "direct", None)]),
    "noun phrase": ("“We will go,” the minister warned.", [("the minister", "warned", "warned", "direct", None)]),
    "document": ("“Both sides agree,” the readout said.", [("the readout", "said", "said", "direct", None)]),
    "anonymous": (
        "“It is over,” said a person familiar with the talks.",
        [("a person familiar with the talks", "said", "said", "direct", None)],
    ),
    "split": ("“We,” Ford said, “will go.”", [("Ford", "said", "said", "direct", None), ("Ford", "said", "said", "direct", 1)]),
    "split over sentences": (
        "“We will go,” Ford said. “And soon.”",
        [("Ford", "said", "said", "direct", None), ("Ford", "said", "said", "direct", 1)],
    ),
    "apposition": ("Ford, a former lawyer from Michigan, said “we will go”.", [("Ford", "said", "said", "partial", None)]),
    "apposition that names": (
        "Her Swiss counterpart, Anna Weiss, called it “long overdue”.",
        [("Her Swiss counterpart, Anna Weiss", "called", "described", "partial", None)],
    ),
    "relative clause": ("The talks helped Ford, who called them “a start”.", [("who", "called", "described", "partial", None)]),
    "according to": ("The deal is “dead,” according to Gromyko.", [("Gromyko", "according to", "said", "partial", None)]),
    "colon": ("Ford: “We will go.”", [("Ford", ":", "said", "direct", None)]),
    "instead": (
        "“They told us to go,” Ford said. Instead, “he acts like a beaten man.”",
        [("Ford", "said", "said", "direct", None), ("Ford", "said", "said", "partial", None)],
    ),
    "adding, without a subject": (
        "Ford told the house that it was bad. Adding, “The court never looks.”",
        [("Ford", "told", "said", "direct", None)],
    ),
    "went on to call": ("Ford went on to call Weiss “the worst of them all.”", [("Ford", "call", "described", "partial", None)]),
    "a thing's thought": (
        "The firm said it gave to the fund because it believed “in the great work ahead.”",
        [("The firm", "said", "said", "partial", None)],
    ),
    "a thing before the colon, and a name": (
        "The rise comes as no surprise to Anna Weiss: “Outsiders have always done well here.”",
        [("Anna Weiss", ":", "said", "direct", None)],
    ),
    "by hearsay": ("“Peace,” Ford is supposed to have said, and left.", [("Ford", "said", "said", "direct", None)]),
    "negated": ("Ford did not say “we will go”.", [("Ford", "did not say", "refused", "partial", None)]),
    "described": ("Both sides describe it as “a start”.", [("Both sides", "describe", "described", "partial", None)]),
    "participle": ("Ford left on Monday, adding that it was “a start”.", [("Ford", "adding", "said", "partial", None)]),
    "no speaker": ("The so-called “reforms” failed.", [(None, None, None, "scare", None)]),
    "title of a work": ("He plays on “Saturday Evening Hour” now.", [(None, None, None, "scare", None)]),
    "next paragraph": (
        "“We will go,” Ford said.\n“The road is long and we know it.”",
        [("Ford", "said", "said", "direct", None), ("Ford", "said", "said", "direct", 1)],
    ),
    "over paragraphs": (
        "Ford said: “We will go.\n“The road is long.”",
        [("Ford", "said", "said", "direct", None), ("Ford", "said", "said", "direct", 1)],
    ),
    "led in": ("Brezhnev then turned to the press and said:\n“We will go.”", [("Brezhnev", "said", "said", "direct", None)]),
    "name before a noun": ("“We will go,” said one Ford confidant.", [("one Ford confidant", "said", "said", "direct", None)]),
    "warned": ("“Time is short,” warned Ford.", [("Ford", "warned", "warned", "direct", None)]),
    "speaker in the sentence before": ("Ford agreed. “We will go there soon.”", [("Ford", "agreed", "agreed", "direct", None)]),
    "with somebody saying": (
        "The army would not comment, with spokesman Andrei Gromyko saying: “We are at work.”",
        [("spokesman Andrei Gromyko", "saying", "said", "direct", None)],
    ),
    "signed": ("“We will all go there.”\n– Gerald Ford", [("Gerald Ford", None, None, "direct", None)]),
    "nickname": ("The “Butch” sketch aired on Monday.", [(None, None, None, "scare", None)]),
    "a group called": ("A group called “New Dawn” met Ford.", [(None, None, None, "scare", None)]),
    "who spoke with": ("Officials who met with Ford said it was “a start”.", [("Officials", "said", "said", "partial", None)]),
    "outer cue over an inner question": (
        "Ford questioned whether Brezhnev would acknowledge the “great support” given.",
        [("Ford", "questioned", "asked", "partial", None)],
    ),
    "noun of speech": (
        "The reply followed Ford’s sharp message on Monday to the press: “We go now.”",
        [("Ford", "message", "said", "direct", None)],
    ),
    "day before the cue": ("Gerald Ford on Tuesday said it was “a start”.", [("Gerald Ford", "said", "said", "partial", None)]),
    "quoted as saying": (
        "Gromyko was quoted as saying “we will go” by TASS.",
        [("Gromyko", "was quoted as saying", "said", "partial", None)],
    ),
}


@pytest.mark.parametrize("text, expected", SPEAKERS.values(), ids=SPEAKERS.keys())
def test_speakers(text: str, expected: list[tuple[str | None, str | None, str | None, str, int | None]]) -> None:
    story, mentions, entities = read(text)
    quotes = find_quotes(story, mentions, entities, lexicon())
    assert [(q.speaker_text, q.cue, q.cue_class, q.kind, q.continues) for q in quotes] == expected
    for quote in quotes:
        if quote.speaker_text and quote.speaker_text.split()[-1] == "Ford":
            assert quote.speaker_id == "person/gerald-ford"


ABROAD = {
    "French": ("fr", "« Nous partons demain », a déclaré le ministre des Affaires étrangères.", "le ministre"),
    "French, before": ("fr", "Gerald Ford a affirmé que la ville « ne céderait pas ».", "Gerald Ford"),
    "German": ("de", "„Wir gehen morgen“, sagte Gerald Ford am Dienstag.", "Gerald Ford"),
    "Spanish": ("es", "“Nos vamos mañana”, dijo el presidente Gerald Ford.", "el presidente Gerald Ford"),
    "Italian": ("it", "«Andiamo domani», ha detto Gerald Ford.", "Gerald Ford"),
    "Portuguese": ("pt", "“Vamos amanhã”, disse Gerald Ford.", "Gerald Ford"),
    "Russian": ("ru", "«Мы уходим завтра», — сказал Gerald Ford.", "Gerald Ford"),
    "French, inverted pronoun": ("fr", "« Nous partons demain », a-t-il déclaré devant la presse.", "il"),
    "French, selon": ("fr", "Selon Gerald Ford, la ville « ne cédera pas ».", "Gerald Ford"),
    "German, named": ("de", "Gerald Ford nannte den Plan „einen Fehler“.", "Gerald Ford"),
    "Spanish, before": ("es", "Gerald Ford subrayó: «No vamos a ceder».", "Gerald Ford"),
    "Italian, before": ("it", "Gerald Ford ha ribadito: «Non ci fermeremo».", "Gerald Ford"),
    "Portuguese, after": ("pt", "“Não vamos parar”, garantiu Gerald Ford.", "Gerald Ford"),
    "Russian, with the one told": ("ru", "«Это ошибка», — пояснил Gerald Ford журналистам.", "Gerald Ford"),
    "Ukrainian": ("uk", "«Ми йдемо завтра», — сказав Gerald Ford.", "Gerald Ford"),
    "Polish": ("pl", "„Jutro wychodzimy” – powiedział Gerald Ford.", "Gerald Ford"),
    "Turkish, verb last": ("tr", "Gerald Ford, “Yarın gidiyoruz” dedi.", "Gerald Ford"),
    "Turkish, speaker last": ("tr", "“Yarın gidiyoruz” diye konuştu Gerald Ford.", "Gerald Ford"),
    "Arabic": ("ar", "قال الوزير: «سنذهب غدا».", "الوزير"),
    "Hebrew": ("he", 'ראש הממשלה אמר: "אנחנו נלך מחר".', "ראש הממשלה"),
    "Hebrew, after": ("he", '"אנחנו נלך מחר", אמר השר.', "השר"),
    "Chinese": ("zh", "外交部发言人毛宁说：“我们明天走。”", "外交部发言人毛宁"),
    "Chinese, after": ("zh", "“我们明天走，”毛宁表示。", "毛宁"),
    "Japanese": ("ja", "首相は「明日行きます」と述べた。", "首相"),
    "no cues known": ("fi", "”Me lähdemme huomenna”, sanoi Gerald Ford.", None),
}


@pytest.mark.parametrize("language, text, speaker", ABROAD.values(), ids=ABROAD.keys())
def test_other_languages(language: str, text: str, speaker: str | None) -> None:
    story, mentions, entities = read(text, language=language)
    (quote,) = find_quotes(story, mentions, entities, lexicon())
    assert quote.speaker_text == speaker


def test_pronoun_through_its_mention() -> None:
    story, mentions, entities = read("Ford met Brezhnev. “It went well,” he said.", he="Gerald Ford")
    (quote,) = find_quotes(story, mentions, entities, lexicon())
    assert (quote.speaker_text, quote.speaker_id) == ("he", "person/gerald-ford")


def test_office_as_printed() -> None:
    story, mentions, entities = read("“It went well,” said Soviet Foreign Minister Andrei Gromyko.")
    (quote,) = find_quotes(story, mentions, entities, lexicon())
    assert (quote.speaker_office, quote.speaker_id) == ("Soviet Foreign Minister", "person/andrei-gromyko")


def test_headline_takes_the_speaker_of_the_body() -> None:
    story, mentions, entities = read("‘No arms race,’ Moscow replies to Ford\n“There will be no arms race,” Gromyko said.", headline=True)
    quotes = find_quotes(story, mentions, entities, lexicon())
    assert [q.speaker_id for q in quotes] == ["person/andrei-gromyko"] * 2


def test_headline_falls_back_on_its_subject() -> None:
    story, mentions, entities = read("Ford stands against ‘arms race’ in Europe\nThe talks went on.", headline=True)
    (quote,) = find_quotes(story, mentions, entities, lexicon())
    assert (quote.kind, quote.speaker_id, quote.speaker_text) == ("partial", "person/gerald-ford", "Ford")


VIA = {
    "according to": ("“It went well,” Ford said, according to TASS and the agency Interfax.", ["org/tass", "org/interfax"]),
    "as reported by": ("“It went well,” Ford said, as reported by the Evening Herald.", ["org/evening-herald"]),
    "told": ("“It went well,” Ford told Reuters.", ["org/reuters"]),
    "post": ("In a post on Truth Social, Ford wrote: “It went well.”", ["org/truth-social"]),
    "none": ("“It went well,” Ford said. He reads Reuters.", []),
}


@pytest.mark.parametrize("text, expected", VIA.values(), ids=VIA.keys())
def test_reported_through(text: str, expected: list[str]) -> None:
    story, mentions, entities = read(text)
    assert list(find_quotes(story, mentions, entities, lexicon())[0].sources) == expected


@pytest.mark.parametrize("text", ["", " ", "“", "”", "'", "««", "「", "“\n“\n“", "““a””", "قال: «", "ไป “ไป” ไป"])
def test_odd_text_passes(text: str) -> None:
    story, mentions, entities = read(text, language=None)
    for quote in find_quotes(story, mentions, entities, lexicon()):
        assert 0 <= quote.char_start < quote.char_end <= len(text)


KINDS = {
    "Chinese, a sentence": ("zh", "毛宁说：“我们明天走。”", "direct"),
    "Chinese, a term": ("zh", "所谓“改革”失败了。", "scare"),
    "Japanese, a term": ("ja", "「改革」は失敗した。", "scare"),
    "Arabic, a sentence": ("ar", "قال الوزير: «سنذهب غدا».", "direct"),
    "Arabic, a term": ("ar", "فشلت «الإصلاحات» هناك.", "scare"),
    "Hebrew, a sentence": ("he", 'השר אמר: "נלך מחר".', "direct"),
}


@pytest.mark.parametrize("language, text, kind", KINDS.values(), ids=KINDS.keys())
def test_kinds_where_no_capital_tells(language: str, text: str, kind: str) -> None:
    story, mentions, entities = read(text, language=language)
    assert [quote.kind for quote in find_quotes(story, mentions, entities, lexicon())] == [kind]


TWO_IN_A_ROW = {
    "French": ("fr", "« Nous sommes prêts », a dit Gerald Ford. « Pas nous », a répondu Anna Weiss.", ["Gerald Ford", "Anna Weiss"]),
    "German": ("de", "„Wir sind bereit“, sagte Ford. „Wir auch“, sagte Weiss. „Nein“, sagte Reagan.", ["Ford", "Weiss", "Reagan"]),
}


@pytest.mark.parametrize("language, text, speakers", TWO_IN_A_ROW.values(), ids=TWO_IN_A_ROW.keys())
def test_each_quote_of_a_paragraph_has_its_own_speaker(language: str, text: str, speakers: list[str]) -> None:
    story, mentions, entities = read(text, language=language)
    assert [quote.speaker_text for quote in find_quotes(story, mentions, entities, lexicon())] == speakers


INTERVIEWS = {
    "question and answer": (
        "Q: Will you go?\nA: We will go soon. The “road” is long.",
        [("Q", "asked", "Will you go?"), ("A", "said", "We will go soon. The “road” is long.")],
    ),
    "names": (
        "FORD: We will go.\nWEISS: When will you go?\nFORD: Tomorrow, as I said.\nWEISS: Good to know.",
        [
            ("FORD", "said", "We will go."),
            ("WEISS", "said", "When will you go?"),
            ("FORD", "said", "Tomorrow, as I said."),
            ("WEISS", "said", "Good to know."),
        ],
    ),
    "a quote beside the turns": (
        "Q: Will you go?\nA: We will.\n“It is late,” Ford said.",
        [("Q", "asked", "Will you go?"), ("A", "said", "We will."), ("Ford", "said", "It is late,")],
    ),
    "a list of facts": ("Price: 300 dollars a night\nPlace: Geneva, the old town\nWhen: all year round\nWho: anybody at all", []),
    "a question without a colon": (
        "THE PRESIDENT: We will go.\nQ Will you go by train?\nTHE PRESIDENT: We will.\nQ When will it be?\nMS. WEISS: It will be in May.",
        [
            ("THE PRESIDENT", "said", "We will go."),
            ("Q", "asked", "Will you go by train?"),
            ("THE PRESIDENT", "said", "We will."),
            ("Q", "asked", "When will it be?"),
            ("MS. WEISS", "said", "It will be in May."),
        ],
    ),
    "a question that is seen once": (
        "FORD: We will go.\nWEISS: So will we.\nQ (Inaudible.) When will it be?\nFORD: It will be in May.\nWEISS: Or in June.",
        [
            ("FORD", "said", "We will go."),
            ("WEISS", "said", "So will we."),
            ("Q", "asked", "(Inaudible.) When will it be?"),
            ("FORD", "said", "It will be in May."),
            ("WEISS", "said", "Or in June."),
        ],
    ),
    "outlets ask": (
        "Reuters: Will you go?\nAnna Weiss: We will go soon.\nTASS: When will it be?\nAnna Weiss: It will be in May.",
        [
            ("Reuters", "asked", "Will you go?"),
            ("Anna Weiss", "said", "We will go soon."),
            ("TASS", "asked", "When will it be?"),
            ("Anna Weiss", "said", "It will be in May."),
        ],
    ),
    "a list of what outlets wrote": (
        "Reuters: We will go soon.\nTASS: The talks are over.\nInterfax: It is late now.\nReuters: More to come.",
        [],
    ),
    "an answer that opens with a letter": ("Q Magazine of London wrote it.\nQ Magazine of London sold it.", []),
    "an empty turn": ("Q: \nA: We will go.\nQ:", []),
}


@pytest.mark.parametrize("text, expected", INTERVIEWS.values(), ids=INTERVIEWS.keys())
def test_turns_of_an_interview(text: str, expected: list[tuple[str, str, str]]) -> None:
    story, mentions, entities = read(text)
    found = find_quotes(story, mentions, entities, lexicon())
    assert [(q.speaker_text, q.cue_class, text[q.char_start : q.char_end]) for q in found] == expected


def test_a_turn_names_its_speaker() -> None:
    story, mentions, entities = read("Ford: We will go.\nAnna Weiss: When will it be?\nFord: It will be soon.\nAnna Weiss: Good to know.")
    ids = [quote.speaker_id for quote in find_quotes(story, mentions, entities, lexicon())]
    assert ids == ["person/gerald-ford", "person/anna-weiss"] * 2


def test_the_one_person_named_above_answers_and_initials_are_names() -> None:
    text = "Gerald Ford spoke to us.\nQ: Will you go?\nA: We will go soon.\nHL: When will it be?\nGF: We will go tomorrow."
    story, mentions, entities = read(text)
    found = [(quote.speaker_text, quote.speaker_id) for quote in find_quotes(story, mentions, entities, lexicon())]
    assert found == [("Q", None), ("A", "person/gerald-ford"), ("HL", None), ("GF", "person/gerald-ford")]


def test_who_answers_is_unknown_where_two_are_named_above() -> None:
    story, mentions, entities = read("Gerald Ford and Anna Weiss met.\nQ: Will you go?\nA: We will go soon.")
    assert [quote.speaker_id for quote in find_quotes(story, mentions, entities, lexicon())] == [None, None]


def test_a_surname_that_two_bear_who_were_named_together_tells_no_speaker() -> None:
    text = "Gerald Ford and Anna Ford spoke in Ohio. “We will go,” Ford said. Anna Ford left. “Now,” Ford said."
    story, mentions, entities = read(text, Anna_Ford="Anna Ford")
    found = [(quote.speaker_text, quote.speaker_id) for quote in find_quotes(story, mentions, entities, lexicon())]
    assert found == [("Ford", None), ("Ford", "person/gerald-ford")]
