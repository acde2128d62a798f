"""Every promise of sql/checks, broken once: the check sees it, and an unbroken warehouse passes all."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.publish.models import ROOT, run_checks

# check → a statement that breaks its promise
BREAKS = {
    "amounts__stand_at_their_span": "update main.amounts set text = text || '!' where rowid = 0",
    "articles__are_their_kept_blocks": "update main.articles set body = body || ' more' where rowid = 0",
    "articles__have_bounds_in_order": "update main.articles set published_earliest = '2001-01-02', published_latest = '2001-01-01' where rowid = 0",
    "articles__have_headlines_not_sentences": "update main.articles set title = repeat('It rained and ', 9) || 'then it stopped.' where rowid = 0",
    "blocks__are_kept_inside_articles_only": "update main.blocks set kept = true where role = 'nav' or article_id is null",
    "blocks__cover_the_page": "delete from main.blocks where rowid = 3",
    "blocks__have_a_known_role": "update main.blocks set role = 'advert' where rowid = 0",
    "blocks__stand_at_their_span": "update main.blocks set char_start = char_start + 1, char_end = char_end + 1 where rowid = 0",
    "dates__agree_with_their_weekday": "update main.dates set text = 'on Monday', value = '2024-05-07', starts_on = '2024-05-07', "
    "ends_on = '2024-05-07', grain = 'day' where article_id in (select article_id from main.articles where language = 'en')",
    "dates__stand_at_their_span": "update main.dates set char_end = char_end + 1 where rowid = 0",
    "documents__have_one_row_each": "insert into main.documents from main.documents limit 1",
    "documents__tell_their_length": "update main.documents set text_length = text_length + 1 where rowid = 0",
    "events__stand_at_their_span": "update main.events set block_no = block_no + 1 where rowid = 0",
    "ledger__accounts_for_every_record": "insert into ops.ledger select run_id, 'lost.txt', 'lost.txt', 1, 1, 'loaded', null from ops.runs",
    "ledger__adds_up_for_every_input": "update ops.inputs set seen = seen + 1 where rowid = 0",
    "meetings__are_of_people_and_bodies": "update main.entities set kind = 'place' where entity_id in (select entity_id from main.event_parties)",
    "meetings__have_happened_by_publication": "update main.events set kind = 'meet', status = 'happened', starts_on = '2090-01-01'",
    "meetings__have_two_parties": "delete from main.event_parties",
    "mentions__stand_at_their_span": "update main.mentions set text = 'nobody' where rowid = 0",
    "quotes__stand_at_their_span": "update main.quotes set char_start = char_start - 1 where rowid = 0",
    "rejects__have_a_known_reason": "insert into main.rejects (source_uri, reason, run_id) select 'x.txt', 'odd', run_id from ops.runs",
    "stances__stand_at_their_span": "update main.stances set text = text || '!' where rowid = 0",
    "statements__stand_at_their_span": "update main.statements set text = '' where rowid = 0",
    "tables__have_unique_keys": "insert into main.mentions from main.mentions limit 1",
    "tables__resolve_their_references": "delete from main.entities where entity_id = (select entity_id from main.mentions limit 1)",
    "versions__follow_each_other": "update main.documents set is_current = false where rowid = 0",
}


@pytest.fixture
def con(sample_warehouse: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(sample_warehouse, copy)
    with duckdb.connect(str(copy)) as con:
        con.execute("insert into pipeline.unchecked select document_id from main.documents")
        con.execute("insert into pipeline.unchecked_runs select run_id from ops.runs")
        yield con


def test_every_check_has_a_break() -> None:
    assert set(BREAKS) == {file.stem for file in (ROOT / "checks").glob("*.sql")}


def test_the_samples_keep_every_promise(con: duckdb.DuckDBPyConnection) -> None:
    assert [check for check in run_checks(con) if not check.passed] == []


def test_the_reasons_of_rejects_are_one_list_in_the_code_the_check_and_the_docs() -> None:
    code = {
        reason
        for file in (ROOT.parent / "flows" / "load").glob("*.py")
        for reason in re.findall(r'Reject\([^"(]*"([a-z_]+)"', file.read_text(encoding="utf-8"))
    }
    check = (ROOT / "checks" / "rejects__have_a_known_reason.sql").read_text(encoding="utf-8")
    listed = set(re.findall(r"'([a-z_]+)'", check))
    docs = (ROOT.parent / "docs" / "reliability.md").read_text(encoding="utf-8").partition("| reason |")[2].partition("\n\n")[0]
    told = {name for row in docs.splitlines()[2:] for name in row.split("|")[1].replace(" ", "").split(",")}
    assert len(code) > 5 and code <= listed and told == listed


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_a_broken_promise_is_seen(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute(BREAKS[name])
    broken = {check.name: check for check in run_checks(con) if not check.passed}
    assert name in broken
    assert broken[name].failing_rows > 0 and broken[name].example
