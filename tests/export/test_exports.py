"""Exports are whole, can be read by the tools that they are for, and hold no trap for them."""

import csv
import datetime as dt
import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows.cookbook import find_question, parameters_of
from flows.errors import WirehouseError
from flows.export.atom import ATOM, export_atom
from flows.export.command import export
from flows.export.gdelt import event_rows, export_gdelt, gkg_row
from flows.export.jsonld import export_jsonld
from flows.export.share import export_share
from flows.export.tables import defused, export_csv, export_jsonl, export_parquet
from flows.schemas import TABLES
from flows.warehouse import connect_reader


@pytest.fixture(scope="module")
def con(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect_reader(sample_warehouse) as opened:
        yield opened


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f"select count(*) from {table}").fetchone()
    return row[0] if row else 0


def test_parquet_by_month_holds_every_row(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = export_parquet(con, tmp_path / "out")
    with duckdb.connect() as plain:
        for table, written in rows.items():
            folder = tmp_path / "out" / table.removeprefix("main.").replace("marts.", "marts/")
            found = plain.execute(f"select count(*) from read_parquet('{folder}/**/*.parquet', hive_partitioning = true)").fetchone()
            assert found == (written,) == (count(con, table),), table
        months = plain.execute(
            f"select month, count(*) from read_parquet('{tmp_path}/out/articles/**/*.parquet', hive_types = {{'month': varchar}}) group by month"
        ).fetchall()
    assert (
        dict(months)["1987-12"] == 3
        and dict(months)["unknown"] == con.execute("select count(*) from main.articles where published_on is null").fetchone()[0]
    )  # type: ignore[index]
    assert pl.read_parquet(tmp_path / "out" / "clusters" / "part-0.parquet").columns[0] == "cluster_id", "an empty table keeps its columns"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        pytest.param("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0", id="equals"),
        pytest.param("+1", "'+1", id="plus"),
        pytest.param("-1", "'-1", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t=1", id="tab"),
        pytest.param("\r=1", "'\r=1", id="carriage return"),
        pytest.param("＝1+1", "'＝1+1", id="full width"),
        pytest.param("1=1", "1=1", id="later in the text"),
        pytest.param("", "", id="empty"),
        pytest.param(None, None, id="null"),
        pytest.param("السلام", "السلام", id="right to left"),
    ],
)
def test_no_cell_is_a_formula(cell: str | None, written: str | None) -> None:
    assert defused(pl.DataFrame({"a": [cell]}, schema={"a": pl.String}))["a"].to_list() == [written]


def test_numbers_and_days_stay_and_lists_become_text() -> None:
    frame = pl.DataFrame({"n": [-5], "d": [dt.date(1987, 12, 8)], "l": [["=a", None, "b"]]})
    assert defused(frame).to_dicts() == [{"n": -5, "d": dt.date(1987, 12, 8), "l": "'=a; b"}]


def test_csv_reads_back(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    export_csv(con, tmp_path / "out", ["articles", "marts.meetings"])
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"articles.csv", "marts.meetings.csv"}
    with (tmp_path / "out" / "articles.csv").open(encoding="utf-8", newline="") as file:
        found = {row["article_id"]: row["body"] for row in csv.DictReader(file)}
    assert found == dict(con.execute("select article_id, coalesce(body, '') from main.articles").fetchall())


def test_json_lines_read_back(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    export_jsonl(con, tmp_path / "out", ["articles", "clusters", "marts.meetings"])
    lines = (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    assert {json.loads(line)["article_id"] for line in lines} == {
        row[0] for row in con.execute("select article_id from main.articles").fetchall()
    }
    assert (tmp_path / "out" / "clusters.jsonl").read_text(encoding="utf-8") == ""
    assert isinstance(json.loads((tmp_path / "out" / "marts.meetings.jsonl").read_text(encoding="utf-8").split("\n")[0])["parties"], list)


def test_json_ld_tells_articles_with_their_facts(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    export_jsonld(con, tmp_path / "a.jsonld")
    document = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))
    assert document["@context"] == "https://schema.org" and len(document["@graph"]) == count(con, "main.articles")
    berlin = next(article for article in document["@graph"] if article["headline"].startswith("“Tear down"))
    assert (berlin["@type"], berlin["datePublished"], berlin["inLanguage"]) == ("NewsArticle", "1987-06-13", "en")
    kinds = {mention["@type"] for mention in berlin["mentions"]}
    assert {"Person", "Country", "Quotation", "Event"} <= kinds
    said = next(mention for mention in berlin["mentions"] if mention["@type"] == "Quotation" and mention["text"].startswith("General"))
    assert said["creator"] == {"@id": "urn:wirehouse:person/ronald-reagan", "@type": "Person"}
    undated = next(article for article in document["@graph"] if article["headline"].startswith("Ford and Brezhnev"))
    assert "datePublished" not in undated


ARTICLE = {"article_id": "a", "published_on": dt.date(2020, 1, 2), "tone": 0.25, "loaded_at": dt.datetime(2021, 2, 3, 4, 5, 6), "url": None, "source_uri": 'a\tb"c', "site": None,
           "outlet": None, "word_count": 3, "language": "fr", "display_title": "A <b>\t&"}  # fmt: skip
EVENT = {
    "article_id": "a",
    "event_no": 1,
    "starts_on": None,
    "cameo": "0431",
    "quad": "verbal cooperation",
    "intensity": 2.8,
    "sentence_no": 9,
    "role": "body",
    "place_id": None,
}


def party(name: str, role: str, country: str | None) -> dict[str, object]:
    return {"name": name, "role": role, "party_country": country}


@pytest.mark.parametrize(
    ("parties", "pairs"),
    [
        pytest.param([party("A", "actor", "FRA"), party("B", "recipient", "DEU")], [("A", "B")], id="one on another"),
        pytest.param([party("A", "participant", None), party("B", "participant", None), party("C", "participant", None)], [("A", "B"), ("A", "C"), ("B", "C")], id="three meet"),
        pytest.param([party("A", "actor", None)], [("A", "")], id="one alone"),
        pytest.param([party("B", "recipient", None)], [("", "B")], id="suffered by one"),
        pytest.param([], [], id="nobody"),
    ],
)  # fmt: skip
def test_an_event_is_a_row_for_each_pair(parties: list[dict[str, object]], pairs: list[tuple[str, str]]) -> None:
    rows = list(event_rows(ARTICLE, EVENT, parties, {}))
    assert [(row[6], row[16]) for row in rows] == pairs
    assert all(len(row) == 61 and row[26:30] == ["0431", "043", "04", "1"] and row[1] == "20200102" and row[60] == "a b'c" for row in rows)
    assert len({row[0] for row in rows}) == len(rows)


def test_an_event_without_a_day_is_left_out() -> None:
    assert list(event_rows({**ARTICLE, "published_on": None}, EVENT, [party("A", "actor", None)], {})) == []


def test_an_article_is_a_row_of_27_cells_without_breaks() -> None:
    empty: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("events", "parties", "mentions", "topics", "quotes", "amounts", "dates")
    }
    row = gkg_row(ARTICLE, empty)
    assert (
        len(row) == 27 and row[1] == "20200102000000" and row[25] == "srclc:fr" and row[26] == "<PAGE_TITLE>A &lt;b&gt; &amp;</PAGE_TITLE>"
    )
    assert not any("\t" in cell or "\n" in cell for cell in row)


def test_gdelt_files_are_tables(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    counts = export_gdelt(con, tmp_path / "out")
    for name, columns, rows in (("events.export.CSV", 61, counts["events"]), ("articles.gkg.csv", 27, counts["gkg"])):
        lines = (tmp_path / "out" / name).read_text(encoding="utf-8").split("\n")[:-1]
        assert len(lines) == rows > 20 and {len(line.split("\t")) for line in lines} == {columns}
        assert all(line == line.strip() for line in lines), "readers that strip a line lose no cell"


def test_a_reader_of_gdelt_accepts_every_row(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    events = pytest.importorskip("py_gdelt.parsers.events")
    gkg = pytest.importorskip("py_gdelt.parsers.gkg")
    models = pytest.importorskip("py_gdelt.models.events"), pytest.importorskip("py_gdelt.models.gkg")
    counts = export_gdelt(con, tmp_path / "out")
    read = [models[0].Event.from_raw(raw) for raw in events.EventsParser().parse((tmp_path / "out" / "events.export.CSV").read_bytes())]
    told = [models[1].GKGRecord.from_raw(raw) for raw in gkg.GKGParser().parse((tmp_path / "out" / "articles.gkg.csv").read_bytes())]
    assert (len(read), len(told)) == (counts["events"], counts["gkg"])
    assert sum(len(record.quotations) for record in told) == count(con, "main.quotes")


def test_a_feed_of_a_question(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    question = find_question("what_did_they_say")
    values = parameters_of(question, {"person": "Kennedy"})
    written = export_atom(con, tmp_path / "feed.xml", question, values)
    feed = ET.parse(tmp_path / "feed.xml").getroot()
    names = {"a": ATOM}
    entries = feed.findall("a:entry", names)
    assert len(entries) == written["entries"] > 3
    assert feed.findtext("a:title", "", names).endswith("(person: Kennedy)")
    assert all(entry.find(f"a:{part}", names) is not None for entry in entries for part in ("id", "title", "updated", "content"))
    ids = [entry.findtext("a:id", "", names) for entry in entries]
    assert len(set(ids)) == len(ids)
    first = (tmp_path / "feed.xml").read_bytes()
    export_atom(con, tmp_path / "feed.xml", question, values)
    assert (tmp_path / "feed.xml").read_bytes() == first, "the same answer is the same feed"


def test_a_feed_of_hostile_text_is_well_formed(tmp_path: Path) -> None:
    from flows.cookbook import Question

    with duckdb.connect() as plain:
        plain.execute("create schema ops; create table ops.runs (started_at timestamp, ended_at timestamp)")
        question = Question("q", "What?", "names", (), "", "select '<script>alert(1)</script>' || chr(8) || ']]>' as text, null as nothing")
        export_atom(plain, tmp_path / "feed.xml", question, {})
    entry = ET.parse(tmp_path / "feed.xml").getroot().find(f"{{{ATOM}}}entry")
    assert entry is not None and entry.findtext(f"{{{ATOM}}}title") == "<script>alert(1)</script>�]]>"


def test_a_share_pack_holds_no_wording_and_joins_back(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    export_share(con, tmp_path / "pack", "1.2.3")
    files = {file.stem: file for file in (tmp_path / "pack").glob("*.parquet")}
    assert files.keys() == TABLES.keys() - {"rejects"}
    worded = {"text", "title", "body", "byline", "speaker_text", "cue", "trigger", "note", "what"}
    for name, file in files.items():
        assert not set(pl.read_parquet_schema(file)) & (worded | (set() if name == "entities" else {"name"}))
    everything = " ".join(text for file in files.values() for row in pl.read_parquet(file).rows() for text in row if isinstance(text, str))
    bodies = [row[0] for row in con.execute("select text from main.blocks where length(text) > 60").fetchall()]
    assert not [body for body in bodies if body in everything]
    texts = "\n".join(row[0] for row in con.execute("select text from main.documents").fetchall())
    for name, file in files.items():
        for column, values in pl.read_parquet(file).select(pl.col(pl.String)).unique().to_dict(as_series=False).items():
            if (name, column) not in {("entities", "name"), ("entities", "description")} and column not in ("url", "source_uri"):
                parts = {part for value in values if value for part in re.split('[“”"]', value) if len(part) > 40}
                assert not [part for part in parts if part in texts], f"{name}.{column}"
    reasons = pl.read_parquet(files["blocks"])["reason"].drop_nulls()
    quoted = con.execute("select count(*) from main.blocks where contains(reason, '“')").fetchone()
    assert quoted and quoted[0] and set(reasons.str.extract_all("“[^”]*”").explode().drop_nulls()) == {"“…”"}
    quotes = pl.read_parquet(files["quotes"])
    pages = dict(
        con.execute("select articles.article_id, documents.text from main.articles join main.documents using (document_id)").fetchall()
    )
    for quote in quotes.iter_rows(named=True):
        text = pages[quote["article_id"]][quote["char_start"] : quote["char_end"]]
        assert hashlib.sha256(text.encode()).hexdigest() == quote["text_sha256"]
    assert "wirehouse 1.2.3" in (tmp_path / "pack" / "README.md").read_text(encoding="utf-8")


def test_the_pack_joins_back_as_its_readme_says(con: duckdb.DuckDBPyConnection, sample_warehouse: Path, tmp_path: Path) -> None:
    export_share(con, tmp_path / "pack", "1")
    sql = re.search(r"    (select quotes.*?;)\n", (tmp_path / "pack" / "README.md").read_text(encoding="utf-8"), re.S)
    assert sql
    with duckdb.connect() as theirs:
        theirs.execute(f"attach '{sample_warehouse}' as mine (read_only)")
        for table in ("quotes", "articles"):
            theirs.execute(f"create view {table} as from '{tmp_path}/pack/{table}.parquet'")
        assert len(
            theirs.execute(sql[1].replace("'quotes.parquet'", "quotes").replace("'articles.parquet'", "articles")).fetchall()
        ) == count(con, "main.quotes")


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        pytest.param("xlsx", {}, "no such export. There are: parquet", id="unknown kind"),
        pytest.param("csv", {"tables": ["nonsense"]}, "main.nonsense: no such table to export", id="unknown table"),
        pytest.param("atom", {}, "name the question", id="a feed of nothing"),
        pytest.param("atom", {"question": "nonsense"}, "no question 'nonsense'", id="a feed of an unknown question"),
        pytest.param("gdelt", {"tables": ["articles"]}, "--table is for", id="tables of no table export"),
        pytest.param("csv", {"arguments": ["--person", "x"]}, "only atom takes a question", id="parameters of no question"),
    ],
)
def test_mistakes_are_told(kind: str, options: dict[str, object], message: str, sample_warehouse: Path, tmp_path: Path) -> None:
    with pytest.raises(WirehouseError, match=message):
        export(kind, tmp_path / "out", sample_warehouse, **{"tables": None, "question": None, "arguments": [], **options})  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten_and_nothing_half_written(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(WirehouseError, match="not empty"):
        export_csv(con, tmp_path / "full", ["articles"])
    with pytest.raises(WirehouseError, match="no such folder"):
        export_jsonld(con, tmp_path / "missing" / "a.jsonld")
    (tmp_path / "empty").mkdir()
    export_csv(con, tmp_path / "empty", ["articles"])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["empty", "full"]


def test_the_command(sample_warehouse: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from flows.cli import app

    result = CliRunner().invoke(
        app, ["export", "atom", str(tmp_path / "f.xml"), "-w", str(sample_warehouse), "--question", "who-wrote-what", "--author", "Oakes"]
    )
    assert result.exit_code == 0 and result.output.endswith("f.xml: 2 entries\n")
    result = CliRunner().invoke(
        app, ["export", "csv", str(tmp_path / "c"), "-w", str(sample_warehouse), "--table", "marts.meetings", "--table", "quotes"]
    )
    assert result.exit_code == 0 and sorted(file.name for file in (tmp_path / "c").iterdir()) == ["marts.meetings.csv", "quotes.csv"]
