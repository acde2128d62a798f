"""Objects of an S3 store, against a real S3 server on loopback: every door reads them as it reads files."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import boto3
import duckdb
import pyarrow as pa
import pyarrow.parquet
import pytest
from fastwarc.warc import WarcRecord, WarcRecordType
from moto.server import ThreadedMotoServer

from flows.errors import InputNotFound, WirehouseError
from flows.load.inputs import at_place, find_inputs
from flows.load.objects import access_for
from flows.load.readers import read_inputs
from flows.load.records import Record, Reject
from flows.settings import Settings

PAGES = [{"id": f"p{n}", "url": f"https://news.example/{n}", "title": f"Title {n}", "text": f"Körper {n}. It rained."} for n in range(3)]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name, value in {"ENDPOINT_URL": address, "ACCESS_KEY_ID": "key", "SECRET_ACCESS_KEY": "secret", "REGION": "eu-west-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    client = boto3.client("s3", endpoint_url=address)
    client.create_bucket(Bucket="news", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield "news"
    for each in client.list_objects_v2(Bucket="news").get("Contents", []):
        client.delete_object(Bucket="news", Key=each["Key"])
    client.delete_bucket(Bucket="news")


def put(address: str, key: str, body: bytes) -> None:
    boto3.client("s3", endpoint_url=address).put_object(Bucket="news", Key=key, Body=body)


def read(given: str) -> list[Record | Reject]:
    return list(read_inputs(find_inputs([given]), Settings()))


def as_parquet() -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pylist(PAGES), out, row_group_size=2)
    return out.getvalue()


def as_csv() -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(PAGES[0]))
    writer.writeheader()
    writer.writerows(PAGES)
    return out.getvalue().encode()


def as_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in.jsonl", "\n".join(map(json.dumps, PAGES)))
    return out.getvalue()


def as_warc() -> bytes:
    out = io.BytesIO()
    for page in PAGES:
        item = WarcRecord()
        item.init_headers(WarcRecordType.response)
        item.headers["WARC-Target-URI"] = page["url"]
        item.headers["Content-Type"] = "application/http; msgtype=response"
        item.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + page["text"].encode())
        item.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("pages.parquet", as_parquet),
        ("pages.csv", as_csv),
        ("pages.jsonl", lambda: "\n".join(map(json.dumps, PAGES)).encode()),
        ("pages.zip", as_zip),
        ("crawl.warc", as_warc),
    ],
)
def test_a_file_of_any_door(address: str, bucket: str, tmp_path: Path, name: str, make) -> None:  # type: ignore[no-untyped-def]
    data = make()
    put(address, f"in/{name}", data)
    (tmp_path / name).write_bytes(data)
    here = list(read_inputs(find_inputs([str(tmp_path / name)]), Settings()))
    there = read(f"s3://news/in/{name}")
    assert len(there) == 3 and all(isinstance(each, Record) for each in there)
    assert [each.source_uri for each in there] == [f"s3://news/in/{each.source_uri}" for each in here]
    assert [each._replace(source_uri="") for each in there] == [each._replace(source_uri="") for each in here]


def test_a_table_of_a_database(address: str, bucket: str, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "o.duckdb")) as con:
        con.execute("create table pages as select 'One page.' as text")
    put(address, "o.duckdb", (tmp_path / "o.duckdb").read_bytes())
    (found,) = read("duckdb:s3://news/o.duckdb#pages")
    assert isinstance(found, Record) and (found.source_uri, found.content) == ("s3://news/o.duckdb#pages#1", "One page.")


def test_prefixes_globs_and_places(address: str, bucket: str) -> None:
    for key in ("a/one page+é.txt", "a/b/two.txt", "a/b/three.html", "a/.hidden", "four.txt"):
        put(address, key, b"<p>Text</p>")
    put(address, "a/", b"")

    def names(given: str) -> list[str]:
        return [each.uri.removeprefix("s3://news/") for each in find_inputs([given])]

    assert names("s3://news/a/") == names("s3://news/a") == ["a/b/three.html", "a/b/two.txt", "a/one page+é.txt"]
    assert names("s3://news/**/*.txt") == ["a/b/two.txt", "a/one page+é.txt", "four.txt"]
    assert names("s3://news/*.txt") == names("s3://news/four.txt") == ["four.txt"]
    assert len(names("s3://news")) == 4
    (given,) = find_inputs(["s3://news/four.txt"])
    assert given.size == 11 and at_place(given.uri, given.place or "") == given
    assert at_place("x", "s3://news/gone.txt") is None
    assert [type(each).__name__ for each in read("s3://news/a/one page+é.txt")] == ["Record"]


def test_what_cannot_be_read_is_told_in_one_line(address: str, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(address, "gone.txt", b"Text.")
    inputs = find_inputs(["s3://news/gone.txt"])
    boto3.client("s3", endpoint_url=address).delete_object(Bucket="news", Key="gone.txt")
    (gone,) = read_inputs(inputs, Settings())
    assert isinstance(gone, Reject) and gone.reason == "unreadable"
    for given, told in [
        ("s3://news/nothing", "no such object or prefix"),
        ("s3://news/*.zip", "matches no object"),
        ("s3://nowhere-at-all/a", "no bucket 'nowhere-at-all'"),
        ("s3://", "no bucket named"),
        ("duckdb:s3://news/a.duckdb", "no table named"),
    ]:
        with pytest.raises(InputNotFound, match=told):
            find_inputs([given])
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(InputNotFound, match=r"127\.0\.0\.1:9 cannot be reached"):
        find_inputs(["s3://news/a"])
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(WirehouseError, match="pip install duckdb-extension-httpfs=="):
        find_inputs(["s3://news/a"])


def test_access_follows_from_the_environment() -> None:
    given = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_DEFAULT_REGION": "eu-west-1", "AWS_SESSION_TOKEN": "t"}
    assert access_for("b", given) == ("k", "s", "t", "eu-west-1", "", True)
    own = {"AWS_ENDPOINT_URL": "https://a.example", "AWS_ENDPOINT_URL_S3": "http://s3.example:9000"}
    assert access_for("b", own) == ("", "", "", "us-east-1", "s3.example:9000", False)
