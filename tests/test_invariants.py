"""What holds for any text and any set of inputs: blocks tile the page, facts stand at their spans, the ledger adds up."""

import datetime as dt
import json
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.batch import Batch, process_records
from flows.knowledge import load_knowledge
from flows.load.decode import without_surrogates
from flows.load.pages import records_frame
from flows.load.records import Record
from tests.hostile import PIECES
from tests.test_ledger import rows
from tests.test_runs import STORY, load

EXAMPLES = 20 if "WIREHOUSE_HOSTILE" not in os.environ else 500
SPANNED = {"quotes": "text", "statements": "text", "mentions": "text", "dates": "text", "amounts": "text", "events": "trigger"}
SENTENCES = [line for line in STORY.splitlines() if line]
ANY_TEXT = st.text(max_size=300)
NEWS = st.lists(st.sampled_from([*SENTENCES, *SENTENCES, *PIECES, "\n", "\n\n", " "]), min_size=1, max_size=14).map("".join)
MIXED = st.tuples(NEWS, ANY_TEXT, NEWS).map("".join)


def work(texts: list[str], *, html: bool = False) -> Batch:
    kind = "text/html" if html else "text/plain"
    records = [Record(f"{n}", n, without_surrogates(text)[0], html, kind, "utf-8") for n, text in enumerate(texts, 1)]
    records.append(Record("story.txt", 1, STORY, False, "text/plain", "utf-8"))  # a batch always has some words
    return process_records(records_frame(records), load_knowledge(None), loaded_at=dt.datetime(2000, 1, 1), run_id="r")


def holds(batch: Batch, count: int) -> None:
    assert batch.failed.is_empty(), batch.failed.rows()
    tables = batch.tables
    texts = dict(tables["documents"].select("document_id", "text").iter_rows())
    assert len(tables["documents"]) == count + 1
    ends = dict.fromkeys(texts, 0)
    blocks: dict[tuple[str, int], tuple[int, int]] = {}
    for document, number, start, end, text in (
        tables["blocks"].select("document_id", "block_no", "char_start", "char_end", "text").iter_rows()
    ):
        assert texts[document][start:end] == text
        assert start >= ends[document] and not texts[document][ends[document] : start].strip(), "only white space between blocks"
        ends[document] = end
        blocks[document, number] = (start, end)
    assert all(not texts[document][end:].strip() for document, end in ends.items())
    page_of = dict(tables["articles"].select("article_id", "document_id").iter_rows())
    for table, column in SPANNED.items():
        for article, number, start, end, text in (
            tables[table].select("article_id", "block_no", "char_start", "char_end", column).iter_rows()
        ):
            document = page_of[article]
            low, high = blocks[document, number]
            assert low <= start <= end <= high, "a span never crosses a block"
            if table != "events":
                assert texts[document][start:end] == text
    for article, number, start, end in tables["sentences"].select("article_id", "block_no", "char_start", "char_end").iter_rows():
        low, high = blocks[page_of[article], number]
        assert low <= start <= end <= high
    known = set(tables["entities"]["entity_id"])
    assert set(tables["mentions"]["entity_id"].drop_nulls()) | set(tables["quotes"]["speaker_id"].drop_nulls()) <= known


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(ANY_TEXT, NEWS, MIXED).filter(lambda text: text.strip()), min_size=1, max_size=4, unique=True))
def test_blocks_tile_any_text_and_facts_stand_at_their_spans(texts: list[str]) -> None:
    holds(work(texts), len(texts))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(
            NEWS,
            ANY_TEXT,
            st.sampled_from(["<p>", "</p>", "<div class=nav>", "<h1>", "<br>", "<a href=x>", "<script>", "<!--", "<td>", "<b>"]),
        ),
        max_size=20,
    )
)
def test_blocks_tile_any_page_of_html(parts: list[str]) -> None:
    holds(work(["<html>" + "".join(parts)], html=True), 1)


LINES = st.lists(
    st.one_of(
        st.sampled_from(["{broken", "5", '{"nothing": 1}', '{"text": ""}', '{"text": "\\ud800"}', "", "null"]),
        st.tuples(st.integers(0, 3), st.sampled_from(SENTENCES)).map(lambda pair: json.dumps({"id": f"p{pair[0]}", "text": pair[1]})),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(LINES, min_size=1, max_size=2), min_size=1, max_size=2))
def test_the_ledger_adds_up_for_any_inputs(runs: list[list[list[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.duckdb"
        for files in runs:
            paths = []
            for number, lines in enumerate(files):
                paths.append(Path(folder) / f"{number}.jsonl")
                paths[-1].write_text("\n".join(lines))
            summary = load(path, *paths)
            units = sum(max(1, sum(bool(line.strip()) for line in lines)) for lines in files)
            assert summary.seen == units == summary.new + summary.present + summary.rejected
            assert all(check.passed for check in summary.checks)
        assert rows(path, "select count(*) from ops.inputs where seen != loaded + present + rejected + forgotten") == [(0,)]
        assert rows(path, "select count(*) = count(distinct document_id) from main.documents") == [(True,)]
