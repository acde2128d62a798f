"""A long page of any kind gets through in a time that grows with its length alone."""

import datetime as dt

import pytest

from flows.batch import process_records
from flows.knowledge import load_knowledge
from flows.load.pages import records_frame
from flows.load.records import Record
from tests.test_runs import STORY

SIZE = 100_000
KINDS = {
    "a story without paragraphs": STORY.replace("\n", " "),
    "quotes on one line": '"We have waited" he said. ',
    "speech without a full stop": "the minister said the accord and the minister told the accord ",
    "nothing but he said": "he said ",
    "lines of one word": "word\n",
    "dates without a year": "They met on 4 May 1999, and again on 5 June. ",
    "names": "Ann Example, Bob Sample and Carol Instance met ",
    "no white space": "外交部长周二在里斯本签署了渔业协议，",
    "no word": ". ",
}
NO_WORDS = [":", ". . .", "—", "“”", "\u200b", "12", "😀"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_page_is_read_in_time(kind: str) -> None:
    text = (KINDS[kind] * (SIZE // len(KINDS[kind]) + 1))[:SIZE]
    batch = process_records(
        records_frame([Record("x", 1, text, False, "text/plain", "utf-8")]),
        load_knowledge(None),
        loaded_at=dt.datetime(2000, 1, 1),
        run_id="r",
    )
    assert batch.failed.rows() == [], "its limit is 5.2 s of computing"


def test_pages_without_a_word_are_loaded_alone_and_together() -> None:
    for texts in [*([each] for each in NO_WORDS), NO_WORDS]:
        records = [Record(f"{n}", 1, text, False, "text/plain", "utf-8") for n, text in enumerate(texts)]
        batch = process_records(records_frame(records), load_knowledge(None), loaded_at=dt.datetime(2000, 1, 1), run_id="r")
        assert batch.failed.rows() == [] and len(batch.tables["documents"]) == len(texts)
