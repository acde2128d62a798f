"""Expressions of time: what is found, and what value it gets from which day."""

import datetime as dt
import itertools
import re
from pathlib import Path

import date_cases as cases
import date_cases_newswire as newswire_cases
import date_cases_other as other_cases
import pytest

from flows.enrich.calendar import span_of
from flows.enrich.dates import find_dates, resolve_dates
from flows.enrich.story import Block, Published, Timex, make_story, story_from_text
from flows.reference.dates import load_date_lexicon

LEXICON = load_date_lexicon(Path(__file__).parents[2] / "flows" / "reference")
ENGLISH = [
    *(cases.EXPLICIT, cases.YEARLESS, cases.WEEKDAYS, cases.RELATIVE, cases.SPOKEN, cases.REFERENCES, cases.DURATIONS),
    *(cases.SETS, cases.TIMES, newswire_cases.NEWSWIRE),
]


def dates_of(text: str, day: str = "", language: str = "en", **about: object) -> list[Timex]:
    story = story_from_text(text, language=language, **about)
    published = Published(on=dt.date.fromisoformat(day) if day else None)
    return resolve_dates(story, find_dates(story, LEXICON), published, LEXICON)


def check(day: str, marked: str, values: str, language: str = "en") -> None:
    text = marked.replace("[", "").replace("]", "")
    want = list(zip(re.findall(r"\[([^]]*)\]", marked), [None if v == "-" else v for v in values.split(",")], strict=True))
    assert [(text[t.char_start : t.char_end], t.value) for t in dates_of(text, day, language)] == want


@pytest.mark.parametrize(("day", "marked", "values"), [case for group in ENGLISH for case in group])
def test_expressions_are_found_and_resolved(day: str, marked: str, values: str) -> None:
    check(day, marked, values)


@pytest.mark.parametrize(("language", "day", "marked", "values"), other_cases.CASES)
def test_other_languages(language: str, day: str, marked: str, values: str) -> None:
    check(day, marked, values, language)


@pytest.mark.parametrize("text", cases.NOTHING)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert [text[t.char_start : t.char_end] for t in dates_of(text, "2025-05-08") if t.type in ("DATE", "TIME")] == []


@pytest.mark.parametrize("text", ["", "\n\n", "—", "٣", "2", "،", "ไม่มีวันที่", "\u200f", "3.", "May", "12 / 25", "2025-99-99", "99:99"])
def test_odd_texts_pass(text: str) -> None:
    for language in ("en", "ar", "zh", "th", None):
        story = story_from_text(text, language=language)
        for t in resolve_dates(story, find_dates(story, LEXICON), Published(), LEXICON):
            assert text[t.char_start : t.char_end]


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("2025-05-08", ("2025-05-08", "2025-05-08", "day")),
        ("2025-05-08TNI", ("2025-05-08", "2025-05-08", "time")),
        ("2025-W19", ("2025-05-05", "2025-05-11", "week")),
        ("2025-W19-WE", ("2025-05-10", "2025-05-11", "week")),
        ("2024-02", ("2024-02-01", "2024-02-29", "month")),
        ("2025-Q3", ("2025-07-01", "2025-09-30", "quarter")),
        ("2025-H1", ("2025-01-01", "2025-06-30", "half")),
        ("2025-WI", ("2025-12-01", "2026-02-28", "season")),
        ("2025", ("2025-01-01", "2025-12-31", "year")),
        ("FY2025", ("2025-01-01", "2025-12-31", "year")),
        ("199", ("1990-01-01", "1999-12-31", "decade")),
        ("19", ("1900-01-01", "1999-12-31", "century")),
        ("PAST_REF", (None, None, None)),
        ("P3D", (None, None, None)),
        ("2025-02-30", (None, None, None)),
    ],
)
def test_values_cover_days(value: str, span: tuple[str | None, str | None, str | None]) -> None:
    first, last, grain = span_of(value)
    assert (first and first.isoformat(), last and last.isoformat(), grain) == span


def test_an_unresolved_expression_says_why() -> None:
    (only,) = dates_of("They met on Thursday.")
    assert only.value is None
    assert only.basis and "not known" in only.basis


def test_spans_and_sentences_are_those_of_the_page() -> None:
    page = "Share this\n\nPresident meets envoy\n\nThey met on May 3, 2025. On May 5 he left.\n"
    blocks = [
        Block(1, "headline", False, 12, "President meets envoy"),
        Block(2, "body", True, 35, "They met on May 3, 2025. On May 5 he left."),
    ]
    story = make_story(page_text=page, blocks=blocks, language="en")
    found = resolve_dates(story, find_dates(story, LEXICON), Published(), LEXICON)
    assert [(page[t.char_start : t.char_end], t.block_no, t.sentence_no, t.value) for t in found] == [
        ("May 3, 2025", 2, 2, "2025-05-03"),
        ("May 5", 2, 3, "2025-05-05"),
    ]


def test_days_in_digits_follow_the_country_of_the_site() -> None:
    assert [t.value for t in dates_of("Signed on 03/09/2025.", site="example.co.uk")] == ["2025-09-03"]
    assert [t.value for t in dates_of("Signed on 03/09/2025.", site="example.com")] == ["2025-03-09"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_break_nothing(day: str) -> None:
    found = dates_of("They met last year, in May, on Friday, three weeks ago, last winter and on May 3; a century later they left.", day)
    assert len(found) == 7


def test_expressions_do_not_overlap() -> None:
    text = " ".join(re.sub(r"[\[\]]", "", marked) for group in ENGLISH for _, marked, _ in group)
    found = dates_of(text, "2025-05-08")
    assert all(a.char_end <= b.char_start for a, b in itertools.pairwise(found))
    assert len(found) > 250
