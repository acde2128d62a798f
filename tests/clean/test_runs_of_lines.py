"""What the lines of a page tell together: lists, tables, comments, teasers, paragraphs in doubt."""

from types import SimpleNamespace

import pytest

from flows.clean.page import BYLINE, CLOSERS, DATELINE, STOPS
from flows.clean.runs import mend_body

TEXT = "The quartet will play in eleven towns of the coast this summer, it announced on Tuesday in Lowmere."
TOUR = [
    "June 9 – Old Customs House, Lowmere",
    "June 12 – Town Hall, Stavely",
    "June 14 – Corn Exchange, Brigg",
    "July 2 – The Quay, Harrow",
]


def page_of(lines: list[tuple[str, float]], *, furniture: dict[int, int] | None = None, dated: tuple[int, ...] = ()) -> SimpleNamespace:
    """A page of plain text as the rules see it: each line with its odds."""
    texts = [text for text, _ in lines]
    words = [float(len(text.split())) for text in texts]
    named = furniture or {}
    size = len(lines)
    return SimpleNamespace(
        size=size,
        text=texts,
        words=words,
        odds=[odds for _, odds in lines],
        prose=[count >= 12 for count in words],
        furniture=[named.get(at, 0) for at in range(size)],
        strong=[False] * size,
        address=[False] * size,
        on_pages=[1] * size,
        dated=[at in dated for at in range(size)],
        repeats=[texts.count(text) for text in texts],
        run=(0, size),
        markup=None,
        stopped=lambda at: texts[at].rstrip(CLOSERS + " ")[-1:] in STOPS,
    )


def mended(page: SimpleNamespace) -> list[str]:
    body = [odds > 0 for odds in page.odds]
    mend_body(page, body)  # type: ignore[arg-type]
    return [text for text, is_text in zip(page.text, body, strict=True) if is_text]


@pytest.mark.parametrize("row_odds", [-6.0, -2.0])
def test_rows_that_open_with_a_day_go_on_with_the_text_above_them(row_odds: float) -> None:
    lines = [(TEXT, 5.0), ("Tour dates", -2.0), *((row, row_odds) for row in TOUR)]
    assert mended(page_of(lines, dated=(2, 3, 4, 5))) == [TEXT, *TOUR]


def test_three_such_rows_and_rows_apart_from_a_text_are_none() -> None:
    assert mended(page_of([(TEXT, 5.0), *((row, -6.0) for row in TOUR[:3])], dated=(1, 2, 3))) == [TEXT]
    assert mended(page_of([*((row, -6.0) for row in TOUR), *[("Menu", -9.0)] * 9, (TEXT, 5.0)], dated=(0, 1, 2, 3))) == [TEXT]


def test_a_table_beside_the_text_is_taken() -> None:
    rows = [f"{place}\tRider {place}\t{90 - place}" for place in range(1, 10)]
    assert mended(page_of([(TEXT, 5.0), *((row, -4.0) for row in rows)])) == [TEXT, *rows]
    assert mended(page_of([(TEXT, 5.0), *((row, -4.0) for row in rows[:4])])) == [TEXT]


def test_items_that_a_colon_announces_are_text() -> None:
    intro, items = "These are the halls where the quartet will play this summer:", ["Lowmere", "Stavely, the old mill", "Brigg"]
    closing = "Tickets are sold at the harbour office from Monday on, and cost as much as they did last year."
    lines = [(TEXT, 5.0), (intro, 3.0), *((item, -3.0) for item in items), (closing, 5.0)]
    assert mended(page_of(lines)) == [TEXT, intro, *items, closing]


def test_a_line_in_doubt_between_two_paragraphs_is_text_unless_its_wording_names_it() -> None:
    lines = [(TEXT, 5.0), ("“Good,” she said", -0.5), (TEXT + " Again.", 5.0)]
    assert len(mended(page_of(lines))) == 3
    assert len(mended(page_of(lines, furniture={1: DATELINE}))) == 2


def test_the_text_ends_where_readers_comment() -> None:
    comments = [
        ("Ann on May 3, 2018 at 6:34 am said:", 0.5),
        ("I heard them play in Brigg last year and will surely go again with all of my family this time.", 6.0),
        ("John Roe on May 4, 2018 at 9:10 am said:", 0.5),
        ("The hall in Stavely is far too small for them, and the council has known that for many years now.", 6.0),
    ]
    assert mended(page_of([(TEXT, 5.0), *comments], dated=(1, 3))) == [TEXT]
    assert len(mended(page_of([(TEXT, 5.0), *comments[:2]], dated=(1,)))) == 3
    ticker = [(head, 0.5) if odds < 1 else (text, odds) for (text, odds), head in zip(comments, ("3 May, 10:30 Uhr:",) * 4, strict=True)]
    assert len(mended(page_of([(TEXT, 5.0), *ticker], dated=(1, 3)))) == 5


def test_teasers_run_together_with_their_titles_are_no_text() -> None:
    teasers = [f"Storm number {n} hits the coastThe harbour was closed for {n} hours and two boats were lost at sea" for n in range(5)]
    lines = [*((teaser, 1.5) for teaser in teasers), *[("Menu", -9.0)] * 3, (TEXT, 0.4)]
    assert mended(page_of(lines)) == [TEXT]


@pytest.mark.parametrize(("odds", "kept"), [(1.0, False), (4.5, True)], ids=["in doubt", "sure"])
def test_a_group_apart_from_the_text_must_be_sure(odds: float, kept: bool) -> None:
    other = "Ten ideas for a rainy weekend on the coast that will not cost you more than a ferry ticket and a sandwich."
    lines = [(TEXT, 6.0), (TEXT + " Again.", 6.0), *[("Menu", -9.0)] * 8, (other, odds)]
    assert (other in mended(page_of(lines))) is kept
    assert other in mended(page_of([*lines[:-2], ("By Ann Poe", -9.0), (other, odds)], furniture={9: BYLINE}))


def test_a_summary_above_the_text_that_it_repeats_is_left_out() -> None:
    summary = TEXT + " The first concert is on the ninth of June in the old customs house, and the last …"
    whole = TEXT + " The first concert is on the ninth of June in the old customs house, and the last in September."
    assert mended(page_of([(summary, 5.0), (whole, 5.0)])) == [whole]


def test_what_is_repeated_among_the_text_is_left_out() -> None:
    alt = "The quartet on the stage of the old customs house of Lowmere in June"
    lines = [(text, odds) for n in range(3) for text, odds in ((f"{TEXT} Part {n}.", 5.0), (alt, 1.0))]
    assert alt not in mended(page_of(lines))


def test_something_always_stays() -> None:
    assert mended(page_of([("Ann on May 3, 2018 at 6:34 am said:", 0.5), ("Roe on May 4, 2018 at 7:00 am said:", 0.5)], dated=(0, 1)))
