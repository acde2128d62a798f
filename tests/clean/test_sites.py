"""Lines that a site repeats are its furniture; copies of one article are not repetition."""

import polars as pl

from flows.clean.sites import SITE_LINES, count_site_lines
from tests.clean.conftest import pages_of

SLOGAN = "All that the valley talks about, every morning on your doorstep"
TEXTS = [
    f"{SLOGAN}\n\nThe council of {place} decided on Monday that the old bridge over the river will be closed for repairs from June, and that the "
    f"buses will take the road through {place} until the work is done.\n\nThe repairs cost {number} million and will take until autumn, the mayor said.\n\n{SLOGAN}"
    for number, place in enumerate(("Aldery", "Bexton", "Corby", "Dunmere"), 2)
]


def frame(*texts: str, site: str | None = "valley.example") -> pl.DataFrame:
    return pages_of(*texts, site=site)


def test_lines_are_counted_by_page() -> None:
    counts = count_site_lines(frame(*TEXTS))
    assert counts.schema == SITE_LINES
    assert sorted(counts["pages"].to_list(), reverse=True)[:3] == [4, 4, 1]  # the slogan, and the costs, which differ by a number alone


def test_order_and_batches_do_not_matter() -> None:
    whole = count_site_lines(frame(*TEXTS))
    parts = pl.concat([count_site_lines(frame(*TEXTS[2:])), count_site_lines(frame(*TEXTS[:2]))])
    summed = parts.group_by("site", "line_key").agg(pl.col("pages").sum())
    assert whole.sort("line_key").rows() == summed.select(whole.columns).sort("line_key").rows()


def test_copies_of_one_article_count_once() -> None:
    assert set(count_site_lines(frame(TEXTS[0], TEXTS[0], TEXTS[0]))["pages"].to_list()) == {1}


def test_pages_without_a_site_are_left_out() -> None:
    assert count_site_lines(frame(*TEXTS, site=None)).height == 0
    assert count_site_lines(frame("", site="valley.example")).height == 0


def test_a_repeated_line_is_no_headline(clean) -> None:  # type: ignore[no-untyped-def]
    out = clean(*TEXTS, site="valley.example")
    assert out["articles"]["title"].to_list() == [None] * 4
    assert not out["blocks"].filter(pl.col("text") == SLOGAN)["kept"].any()


def test_known_lines_count_for_a_single_page(lexicon) -> None:  # type: ignore[no-untyped-def]
    from flows.clean import clean_pages

    known = count_site_lines(frame(*TEXTS))
    out = clean_pages(frame(TEXTS[0]), wording=lexicon, site_furniture=known)
    assert out["articles"]["title"].to_list() == [None]
