"""Search finds what articles, quotes and names say, in any script, and stays right while the warehouse changes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.publish import search_index
from flows.publish.search_index import extend_index, forget_articles
from flows.search import fold, highlight, search, snippet
from flows.warehouse import connect_reader

ARTICLES = [
    ("a1", "Ministers meet in Zürich", "Šárka Nováková met José Núñez at 9:30. They signed 1,250 pages.", "en", "one.example", "2021-03-01"),
    ("a2", "北京大学发表报告", "北京大学的研究人员发表了新的报告。", "zh", "two.example", "2021-03-02"),
    ("a3", "Президент принял посла", "Президент Лесли Нильсен принял посла в Ёлкино.", "ru", "two.example", "2022-05-02"),
    ("a4", "مؤتمر السلام", "افتتح الوزير مُؤتمر السلام في العاصمة.", "ar", None, None),
    ("a5", "शिखर सम्मेलन", "नेताओं ने शिखर सम्मेलन में भाग लिया।", "hi", "one.example", "2021-04-01"),
    ("a6", "Ferry talks fail", "Talks on ferries failed. Nobody signed, and Mr O'Hara's boat left.", "en", "one.example", "2022-01-01"),
    ("a7", "", "", None, "one.example", "2022-01-02"),
    ("a8", "การประชุมสุดยอด", "ผู้นำเข้าร่วมการประชุมสุดยอดที่กรุงเทพ", "th", "two.example", "2022-01-03"),
]  # fmt: skip


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A small warehouse of invented articles, open to be changed."""
    with duckdb.connect() as opened:
        opened.execute(
            "create table documents (document_id varchar, is_current boolean); create table articles (article_id varchar, document_id varchar, display_title varchar, deck varchar, byline varchar, body varchar, language varchar, outlet varchar, published_on date)"
        )
        opened.execute("create table quotes (article_id varchar, quote_no integer, text varchar, speaker_id varchar, speaker_text varchar)")
        opened.execute("create table entities (entity_id varchar, name varchar, kind varchar, country varchar, description varchar)")
        opened.execute("create table mentions (article_id varchar, entity_id varchar)")
        opened.executemany(
            "insert into articles by name select ? as article_id, ? as display_title, ? as body, ? as language, ? as outlet, ?::date as published_on",
            ARTICLES,
        )
        opened.execute(
            "insert into entities values ('person/leslie-nielsen', 'Leslie Nielsen', 'person', 'CAN', 'actor'), ('person/jose-nunez', 'José Núñez', 'person', null, null)"
        )
        opened.execute("insert into mentions values ('a3', 'person/leslie-nielsen'), ('a1', 'person/jose-nunez')")
        opened.execute(
            "insert into quotes values ('a1', 1, 'We shall meet again', 'person/jose-nunez', 'Núñez'), ('a6', 1, 'We shall not meet again', null, 'O''Hara')"
        )
        extend_index(opened)
        yield opened  # fmt: skip


def ids(con: duckdb.DuckDBPyConnection, query: str, **filters: object) -> list[str]:
    return sorted(hit.article_id for hit in search(con, query, **filters).articles)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("ministers", ["a1"], id="a word of the headline"),
        pytest.param("MINISTER", ["a1"], id="any case, plural and singular"),
        pytest.param("ferry", ["a6"], id="ferries is the plural of ferry"),
        pytest.param("zurich", ["a1"], id="accents left out"),
        pytest.param("Sarka Novakova", ["a1"], id="two words"),
        pytest.param("Nu\u0301n\u0303ez", ["a1"], id="accents as marks of their own"),
        pytest.param("1,250", ["a1"], id="digits"),
        pytest.param("北京", ["a2"], id="Chinese, the beginning of a word"),
        pytest.param("大学", ["a2"], id="Chinese, within a word"),
        pytest.param("京报", [], id="Chinese signs that do not stand together"),
        pytest.param("посла", ["a3"], id="Russian"),
        pytest.param("елкино", ["a3"], id="Russian, ё as е"),
        pytest.param("السلام", ["a4"], id="Arabic"),
        pytest.param("مؤتمر", ["a4"], id="Arabic, vowel signs left out"),
        pytest.param("सम्मेलन", ["a5"], id="Hindi"),
        pytest.param("ประชุม", ["a8"], id="Thai"),
        pytest.param("Nielsen", ["a3"], id="the usual name of one that is printed in another script"),
        pytest.param("O'Hara's", ["a6"], id="an apostrophe"),
        pytest.param("signed ferries", ["a6"], id="all words rather than one"),
        pytest.param("signed zeppelins", ["a1", "a6"], id="the most words where none has all"),
        pytest.param('"talks on ferries"', ["a6"], id="a phrase"),
        pytest.param('"ferries on talks"', [], id="a phrase in another order"),
        pytest.param('"met jose nunez"', ["a1"], id="a phrase without its accents"),
        pytest.param('"北京大学"', ["a2"], id="a Chinese phrase"),
        pytest.param('"大学发表"', ["a2"], id="a Chinese phrase within a line"),
        pytest.param('"学的报"', [], id="Chinese signs that do not follow each other"),
        pytest.param('"never printed words"', [], id="a phrase of words that no text holds"),
        pytest.param('"a.*b (c"', [], id="a phrase is no regular expression"),
        pytest.param("", [], id="nothing"),
        pytest.param("… !?", [], id="no word"),
        pytest.param("'; drop table articles; --", [], id="words are not SQL"),
        pytest.param('"', [], id="half a phrase"),
    ],
)  # fmt: skip
def test_what_is_found(con: duckdb.DuckDBPyConnection, query: str, found: list[str]) -> None:
    assert ids(con, query) == found


def test_filters_and_facets(con: duckdb.DuckDBPyConnection) -> None:
    from datetime import date

    assert ids(con, "signed", outlet="ONE") == ["a1", "a6"]
    assert ids(con, "signed", since=date(2022, 1, 1)) == ["a6"]
    assert ids(con, "signed", until=date(2021, 12, 31)) == ["a1"]
    assert ids(con, "السلام", since=date(1900, 1, 1)) == []
    found = search(con, "signed")
    assert (found.outlets, found.years) == ([("one.example", 2)], [(2021, 1), (2022, 1)])
    assert search(con, "signed", top=1, skip=1).article_count == 2


def test_quotes_and_names(con: duckdb.DuckDBPyConnection) -> None:
    assert [(hit.article_id, hit.speaker) for hit in search(con, "meet again").quotes] == [("a1", "José Núñez"), ("a6", "O'Hara")]
    of_speaker = search(con, "meet again", speaker="nunez")
    assert ([hit.article_id for hit in of_speaker.quotes], [hit.article_id for hit in of_speaker.articles]) == (["a1"], ["a1"])
    assert search(con, "meet", speaker="nobody").articles == []
    assert [(hit.name, hit.article_count) for hit in search(con, "nunez").names] == [("José Núñez", 1)]


def test_the_most_words_are_counted_among_texts_that_can_be_found(con: duckdb.DuckDBPyConnection) -> None:
    old = "insert into articles by name select 'o1' as article_id, 'old' as document_id, 'Late talks on ferries failed again' as display_title, '' as body"
    con.execute(old)
    con.execute("insert into documents values ('old', false)")
    con.execute("insert into quotes values ('o1', 1, 'We shall meet again on ferries', null, null)")
    extend_index(con)
    assert ids(con, "late talks ferries failed") == ["a6"]
    assert [hit.article_id for hit in search(con, "meet again ferries").quotes] == ["a1", "a6"]
    for macro, query, found in (("search", "late talks ferries failed", ["a6"]), ("search_quotes", "meet again ferries", ["a1", "a6"])):
        rows = con.execute(f"select article_id from main.{macro}(?) order by all", [query]).fetchall()
        assert [row[0] for row in rows] == found
    assert con.execute("select article_id from main.search('late talks ferries failed', top := 1)").fetchall() == [("a6",)]


def test_the_most_words_are_counted_among_what_the_filters_keep(con: duckdb.DuckDBPyConnection) -> None:
    from datetime import date

    assert ids(con, "ferry talks signed") == ["a6"]
    assert ids(con, "ferry talks signed", until=date(2021, 12, 31)) == ["a1"]
    of_speaker = search(con, "we shall not meet", speaker="nunez")
    assert [hit.article_id for hit in of_speaker.quotes] == [hit.article_id for hit in of_speaker.articles] == ["a1"]
    assert ids(con, '"talks failed" ferry', outlet="two") == []


def test_a_headline_counts_more_than_the_text(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "insert into articles by name select 'b1' as article_id, 'Harbour news' as display_title, 'Boats, a ferry, a quay and weather all the week long.' as body"
    )
    con.execute(
        "insert into articles by name select 'b2' as article_id, 'The ferry sails again' as display_title, 'Boats, a jetty, a quay and weather all the week long.' as body"
    )
    extend_index(con)
    assert [hit.article_id for hit in search(con, "ferry boats weather").articles] == ["b2", "b1"]


def test_right_after_inserts_updates_and_deletes(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("insert into articles by name select 'c1' as article_id, 'Zeppelin lands' as display_title, 'It landed.' as body")
    con.execute("insert into quotes values ('c1', 1, 'Land ho', null, 'the pilot')")
    assert extend_index(con) == 2
    assert ids(con, "zeppelin") == ["c1"] and search(con, "land ho").quote_count == 1
    forget_articles(con, ["c1"])
    con.execute("update articles set display_title = 'Balloon lands' where article_id = 'c1'")
    assert extend_index(con) == 2
    assert (ids(con, "zeppelin"), ids(con, "balloon")) == ([], ["c1"])
    con.execute("delete from articles where article_id = 'c1'")
    assert ids(con, "balloon") == [], "right at once, before the index has followed"
    extend_index(con)
    assert con.execute("select count(*) from search.texts where article_id = 'c1'").fetchone() == (0,)
    assert con.execute("select count(*) from search.terms where term = 'balloon'").fetchone() == (0,)
    assert extend_index(con) == 0


def test_sorting_anew_changes_no_answer(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [search(con, query).articles for query in ("signed", "北京", "meet")]
    monkeypatch.setattr(search_index, "LEAST_ROWS_TO_SORT", 5)
    extend_index(con)
    rows = con.execute("select term from search.terms").fetchall()
    assert rows == sorted(rows) and con.execute("select sorted_rows from search.state").fetchone() == (len(rows),)
    assert [search(con, query).articles for query in ("signed", "北京", "meet")] == before


def test_a_spare_copy_takes_the_words_that_were_cut(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    con.execute(f"attach '{tmp_path / 'spare.duckdb'}' as spare")
    con.execute("copy from database memory to spare")
    con.execute("detach spare")
    new = "insert into articles by name select 'd1' as article_id, 'Dirigible' as display_title, 'It flew.' as body"
    con.execute(new)
    extend_index(con, tmp_path / "kept")
    with duckdb.connect(str(tmp_path / "spare.duckdb")) as spare:
        spare.execute(new)
        assert extend_index(spare, tmp_path / "kept") == 1
        assert ids(spare, "dirigible") == ["d1"]
        for table in ("texts", "terms", "totals"):
            assert (
                spare.execute(f"select * from search.{table} order by all").fetchall()
                == con.execute(f"select * from search.{table} order by all").fetchall()
            )
        forget_articles(spare, ["d1", "a1"])
        assert extend_index(spare, tmp_path / "kept") == 3, "what is not among the kept is cut here"


@pytest.mark.parametrize(
    "word", ["Missiles", "glass", "Genus", "ferries", "ties", "Höfði", "Tuđman", "Ёлка", "ἔργον", "İstanbul", "naïve", "Łódź", "1961"]
)
def test_python_and_sql_fold_words_alike(con: duckdb.DuckDBPyConnection, word: str) -> None:
    assert con.execute("select search.words(?)[1]", [word]).fetchone() == (fold(word),)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        pytest.param("Missiles and a missile", {"missile"}, ["Missiles", "missile"], id="plural"),
        pytest.param("北京大学的报告", {"北京", "京大", "大学"}, ["北京大学"], id="pairs of signs that touch"),
        pytest.param("", {"x"}, [], id="empty"),
        pytest.param("Nu\u0301n\u0303ez spoke", {"nunez"}, ["Nu\u0301n\u0303ez"], id="marks of their own"),
        pytest.param("السلام عليكم", {"السلام"}, ["السلام"], id="right to left"),
    ],
)
def test_what_is_marked(text: str, words: set[str], marked: list[str]) -> None:
    assert [text[start:end] for start, end in highlight(text, words)] == marked


def test_a_snippet_shows_the_passage_with_the_most_marks() -> None:
    text = "Ferry. " + "Filler words go on. " * 60 + "The ferry met a ferry by the pier.\n\nMore."
    passage, marks = snippet(text, highlight(text, {"ferry", "pier"}))
    assert passage.startswith("…") and [passage[start:end] for start, end in marks] == ["ferry", "ferry", "pier"]
    assert "\n" not in passage
    assert snippet("Short.", []) == ("Short.", [])


def test_the_published_file_is_searched_without_any_extension(sample_warehouse: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.duckdb"
    shutil.copy(sample_warehouse, path)
    with connect_reader(path) as con:
        hits = con.execute("select display_title, snippet from search('tear down wall')").fetchall()
        assert hits[0][0] == "“Tear down this wall,” Reagan tells Gorbachev in Berlin" and "open the Berlin Wall" in hits[0][1]
        assert con.execute("select count(*) from search('gorbachev', top := 2)").fetchone() == (2,)
        assert con.execute("select speaker from search_quotes('ask what you can do')").fetchall() == [("John F. Kennedy",)]
        assert con.execute("select entity_id from search_names('nixon')").fetchall() == [("person/richard-nixon",)]
        assert len(con.execute("select * from search_phrase('tear down this wall')").fetchall()) == 1
        assert [hit.language for hit in search(con, "Никсон").articles] == ["ru"]


def test_the_command(sample_warehouse: Path) -> None:
    import json

    from typer.testing import CliRunner

    from flows.cli import app

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, ["search", *words, "-w", str(sample_warehouse)])
        assert result.exit_code == 0, result.output
        return result.output

    assert "Kennedy orders quarantine of Cuba" in run("quarantine Cuba") and "By outlet: continentalwire.example 1" in run(
        "quarantine Cuba"
    )
    assert run("zeppelinium") == "Nothing found.\n"
    found = json.loads(
        run("brave", "--speaker", "Clinton", "--from", "1993-01-01", "--to", "1993-12-31", "--outlet", "wire", "--format", "json")
    )
    assert [quote["speaker"] for quote in found["quotes"]] == ["Bill Clinton"]
