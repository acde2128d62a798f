"""A long page of any kind gets through in a time that grows with its length alone."""

import datetime as dt

import pytest

from flows.batch import process_records
from flows.knowledge import load_knowledge
from flows.load.html_bounds import with_few_attributes
from flows.load.pages import records_frame
from flows.load.records import Record
from tests.long_pages import KINDS, work

SMALL, LARGE = 10_000, 50_000
NO_WORDS = [":", ". . .", "—", "“”", "\u200b", "12", "😀"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_five_times_as_long_takes_about_five_times_as_long(kind: str) -> None:
    knowledge = load_knowledge(None)
    work(kind, 1000, knowledge)
    small = work(kind, SMALL, knowledge)[1]
    batch, large = work(kind, LARGE, knowledge)
    for _ in range(3):  # a busy machine is no proof
        if large > 8 * max(small, 0.04):
            small, large = max(small, work(kind, SMALL, knowledge)[1]), min(large, work(kind, LARGE, knowledge)[1])
    assert large <= 8 * max(small, 0.04), f"{small:.2f} s and {large:.2f} s"
    assert batch.failed.rows() == [] and len(batch.tables["documents"]) == 1


def test_pages_without_a_word_are_loaded_alone_and_together() -> None:
    for texts in [*([each] for each in NO_WORDS), NO_WORDS]:
        records = [Record(f"{n}", 1, text, False, "text/plain", "utf-8") for n, text in enumerate(texts)]
        batch = process_records(records_frame(records), load_knowledge(None), loaded_at=dt.datetime(2000, 1, 1), run_id="r")
        assert batch.failed.rows() == [] and len(batch.tables["documents"]) == len(texts)


def test_a_tag_keeps_a_few_hundred_attributes_and_long_values() -> None:
    many = "<p " + " ".join(f"a{number}='>'" for number in range(5000)) + ">"
    assert with_few_attributes(many) == many, "a tag with angle brackets in it is left to the parser"
    many = many.replace("'>'", "1")
    assert with_few_attributes(many) == many[: many.index(" a400=")] + ">"
    picture = f'<img alt="a b" src="{"x" * 50_000}" class=c>'
    assert with_few_attributes(picture) == picture
