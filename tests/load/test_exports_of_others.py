"""Exports of other tools load as they are: text, headline, author, outlet and address in their places, and no date of a crawl as a day of publication."""

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from flows.load.inputs import find_inputs
from flows.load.readers import read_inputs
from flows.load.records import Record
from flows.settings import Settings
from tests.load import exports
from tests.test_ledger import rows
from tests.test_runs import load


def as_json(shape: object) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / "a.json").write_text(json.dumps(shape, ensure_ascii=False), encoding="utf-8")
        return folder / "a.json"

    return write


def as_csv(shape: dict[str, object]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(shape))
            table.writeheader()
            table.writerow(shape)
        return folder / "a.csv"

    return write


def as_parquet(shape: dict[str, object], **types: pa.DataType) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        table = pa.Table.from_pylist([shape])
        for name, kind in types.items():
            table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(kind))
        pyarrow.parquet.write_table(table, folder / "a.parquet")
        return folder / "a.parquet"

    return write


def as_text(name: str, text: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_text(text, encoding="utf-8", newline="")
        return folder / name

    return write


ALL = (exports.TITLE, "1999-05-04", "Ann Writer", "Example News")
SHAPES = {
    "trafilatura JSON": (as_json(exports.TRAFILATURA_JSON), ALL),
    "trafilatura CSV": (as_text("a.csv", exports.TRAFILATURA_CSV * 2), (exports.TITLE, "1999-05-04", None, "news.example")),
    "trafilatura XML": (as_text("a.xml", exports.TRAFILATURA_XML), ALL),
    "trafilatura TEI": (as_text("a.xml", exports.TRAFILATURA_TEI), ALL),
    "news-please": (as_json(exports.NEWS_PLEASE), (*ALL[:3], "news.example")),
    "Fundus file": (as_json(exports.FUNDUS_FILE), ALL),
    "Fundus plaintext": (as_json(exports.FUNDUS_PLAIN), ALL),
    "newspaper4k JSON": (as_json([exports.NEWSPAPER4K]), ALL),
    "newspaper4k CSV": (as_csv(exports.NEWSPAPER4K), (ALL[0], ALL[1], "Ann Writer", "Example News")),
    "Media Cloud": (as_csv(exports.MEDIA_CLOUD), (ALL[0], ALL[1], None, "news.example")),
    "FineWeb": (as_parquet(exports.FINEWEB), (exports.TITLE, None, None, "news.example")),
    "datatrove": (as_json(exports.DATATROVE), (exports.TITLE, None, None, "news.example")),
    "C4": (as_json(exports.C4), (exports.TITLE, None, None, "news.example")),
    "CC-News": (as_parquet(exports.CC_NEWS), (ALL[0], ALL[1], None, "news.example")),
    "NewsAPI": (as_json(exports.NEWS_API), ALL),
    "All the news 2": (as_csv(exports.ALL_THE_NEWS), ALL),
    "All the news 1": (as_csv(exports.ALL_THE_NEWS_1), ALL),
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of all shapes, each under its own name."""
    folder = tmp_path_factory.mktemp("exports")
    for number, (write, _) in enumerate(SHAPES.values()):
        (folder / f"{number}").mkdir()
        file = write(folder / f"{number}")
        text = file.read_bytes()
        if file.suffix != ".parquet":  # pages of their own, each at its own address
            file.write_bytes(text.replace(b"/world/accord", b"/world/%d" % number))
    path = folder / "w.duckdb"
    load(path, folder)
    return path


@pytest.mark.parametrize("shape", SHAPES)
def test_an_export_becomes_the_article_that_it_was_made_of(shape: str, loaded: Path) -> None:
    number, expected = list(SHAPES).index(shape), SHAPES[shape][1]
    found = rows(
        loaded,
        "select title, published_on::varchar, byline, outlet, title_basis, date_basis, body from main.articles "
        f"join main.documents using (document_id) where source_uri like '{number}/%' and title = '{exports.TITLE}' order by source_uri",
    )
    assert found and tuple(found[0][:4]) == expected
    title_basis, date_basis, body = found[0][4:]
    assert str(title_basis) in ("title in the record", "headline of the page", "headline of the page (h1)")
    assert date_basis == ("record" if expected[1] else "crawl")
    assert [line for line in exports.PARAGRAPHS if line not in str(body)] == []


def test_the_day_of_a_crawl_is_when_a_page_was_fetched(tmp_path: Path) -> None:
    for shape, moment in (
        (exports.FINEWEB, dt.datetime(2013, 5, 18, 5, 48, 59)),
        (exports.DATATROVE, dt.datetime(2013, 5, 18, 5, 48, 59)),
        (exports.C4, dt.datetime(2019, 4, 25, 12, 57, 54)),
    ):
        (found,) = read_inputs(find_inputs([str(as_json(shape)(tmp_path))]), Settings())
        assert isinstance(found, Record) and (found.published, found.fetched_at, found.url) == (None, moment, exports.URL)


def test_the_tools_that_are_installed_still_write_so(tmp_path: Path) -> None:
    trafilatura = pytest.importorskip("trafilatura")
    for kind, known in (("xml", exports.TRAFILATURA_XML), ("csv", exports.TRAFILATURA_CSV), ("json", json.dumps(exports.TRAFILATURA_JSON))):
        made = trafilatura.extract(exports.PAGE, output_format=kind, with_metadata=True)
        (found,) = read_inputs(find_inputs([str(as_text(f"made.{kind}", made)(tmp_path))]), Settings())
        (expected,) = read_inputs(find_inputs([str(as_text(f"known.{kind}", known)(tmp_path))]), Settings())
        assert isinstance(found, Record) and isinstance(expected, Record)
        assert found._replace(source_uri="", content="") == expected._replace(source_uri="", content="")
        assert found.content.split() == expected.content.split()
    newspaper = pytest.importorskip("newspaper")
    article = newspaper.Article(exports.URL)
    article.download(input_html=exports.PAGE)
    article.parse()
    assert set(json.loads(article.to_json())) - set(exports.NEWSPAPER4K) <= {"keyword_scores"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(exports.TRAFILATURA_XML[:-30], "unreadable", id="cut off"),
        pytest.param('<doc title="T"><main/></doc>', "no_text", id="empty"),
    ],
)
def test_broken_xml_is_a_reject(text: str, reason: str, tmp_path: Path) -> None:
    (found,) = read_inputs(find_inputs([str(as_text("a.xml", text)(tmp_path))]), Settings())
    assert not isinstance(found, Record) and found.reason == reason


def test_a_declared_entity_makes_a_page_of_it(tmp_path: Path) -> None:
    text = '<!DOCTYPE doc [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + exports.TRAFILATURA_XML.replace(exports.SUBHEAD, "&a;")
    (found,) = read_inputs(find_inputs([str(as_text("a.xml", text)(tmp_path))]), Settings())
    assert isinstance(found, Record) and "root:" not in found.content and found.media_type == "text/html"
