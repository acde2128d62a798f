"""Hostile inputs, made on the spot: ``hostile_input(seed)`` gives the same file name and bytes for the same seed anywhere."""

import bz2
import gzip
import io
import json
import lzma
import random
import sqlite3
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import zstandard

STORY = (
    "Ministers sign fishing accord in Lisbon\n\nLISBON (Example News) — The ministers of Portugal and Spain signed an accord on Tuesday, "
    "4 May 1999.\n\n“We have waited ten years,” Foreign Minister Jaime Gama said.\n"
)
PIECES = [
    "\x00", "\u202e", "\u202d\u2066", "\u2069", "\ufeff", "\uffff", "\U0010ffff", "\u0301" * 50, "“", "”", '"', "'", "((((", "<", ">", "&", "]]>", "&#0;", "&#xD800;",
    "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1b[31m", "99999-99-99", "30 February 2021", "31/31/31", "1/1/1/1/1/1", "year 0", "24:61", "-1 May",
    "the 99th of May 99999", "last last Monday", "Mr. Mr. Mr. ", "said said said ", "A. B. C. D. ", "x" * 3000, "9" * 400, "1,000,000,000,000,000,000 million billion",
    "$$$$€€€", "http://[::1", "https://xn--\u0000", "ﷺ" * 20, "مرحبا بالعالم", "日本語の文章。", "👩‍👩‍👧‍👦" * 9, "\u200b" * 30, "İıŞß", "ǅ", " " * 500, "\t" * 200, "- " * 200, ", and " * 50,
]  # fmt: skip
DATES = [
    "0000-00-00",
    "2021-02-30",
    "99999-01-01",
    "-1",
    "1e400",
    "",
    "NaN",
    "Mon, 32 Foo 20x1",
    "2021-13-45T99:99:99+99:99",
    10**30,
    -(10**15),
    [],
    {},
    None,
    True,
]
ENDINGS = ["txt", "html", "json", "jsonl", "csv", "tsv", "eml", "mht", "xml", "rss", "gz", "bz2", "xz", "zst", "zip", "tar", "tgz", "tar.xz", "warc", "warc.gz", "wet", "wet.gz", "parquet", "arrow", "feather", "pdf", "", "md"]  # fmt: skip


def messy_text(rng: random.Random) -> str:
    """A story with mess put into it at random places."""
    text = STORY
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(PIECES) + text[at:]
    return text


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Bytes with some of them flipped, removed, doubled or put in, or cut short."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(out) + 1)
        deed = rng.randrange(5)
        if deed == 0 and out:
            out[at % len(out)] ^= 1 << rng.randrange(8)
        elif deed == 1:
            del out[at : at + rng.randint(1, 50)]
        elif deed == 2:
            out[at:at] = rng.randbytes(rng.randint(1, 50))
        elif deed == 3:
            out[at:at] = out[at : at + 200]
        elif rng.random() < 0.3:
            del out[at:]
    return bytes(out)


def random_bytes(rng: random.Random) -> tuple[str, bytes]:
    magic = rng.choice([b"", b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"PAR1", b"ARROW1", b"FEA1", b"WARC/1.0\r\n", b"%PDF-1.4",
                        b"{", b"[{", b"<html>", b"<rss>", b"<?xml ", b"MIME-Version:", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00" * 257 + b"ustar", b"SQLite format 3\x00"])  # fmt: skip
    return rng.choice(ENDINGS), magic + rng.randbytes(rng.choice([0, 1, 5, 100, 5000]))


def text_page(rng: random.Random) -> tuple[str, bytes]:
    encoding = rng.choice(["utf-8", "utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp037", "utf-7", "shift_jis", "big5"])
    return rng.choice(["txt", "txt", "md", "html"]), messy_text(rng).encode(
        encoding, "surrogatepass" if "utf-" in encoding and encoding != "utf-7" else "replace"
    )


def long_lines(rng: random.Random) -> tuple[str, bytes]:
    piece = rng.choice(["a", "word ", "“", "x“y” ", "(", "A. ", "1,", "1/1/1 ", "Mr. Smith said ", "He said: ", "May 1, ", "<", "&", "é", "日", "- ", "\u202e", "on Tuesday ", "5 percent ", '"',
                        "President Xi Jinping met President Putin ", "http://a.b/", "@", "' ", ". ", "?!", "UN ", "Ab Cd Ef ", "of the ", "\u0301"])  # fmt: skip
    return "txt", (piece * (rng.choices([20_000, 100_000, 1_000_000], [9, 6, 1])[0] // len(piece))).encode()


def html_page(rng: random.Random) -> tuple[str, bytes]:
    n = rng.choice([500, 5_000, 50_000])
    tag = rng.choice(
        [
            "div",
            "b",
            "a",
            "table><tr><td",
            "p",
            "span",
            "ul><li",
            "blockquote",
            "font",
            "svg",
            "select",
            "form",
            "x-y",
            "noscript",
            "template",
            "h1",
            "object",
            "math",
        ]
    )
    made = [
        f"<html><body>{f'<{tag}>' * n}deep{STORY}",
        f"<html><body class='{'x ' * n * 10}'><p>{STORY}</p>",
        f"<html><body {' '.join(f'a{i}=1' for i in range(n))}><p>{STORY}</p>",
        f"<html><script type='application/ld+json'>{'[' * n}</script><p>{STORY}</p>",
        "<html><script type='application/ld+json'>" + '{"@graph":' * min(n, 5000) + "1" + "}" * min(n, 5000) + f"</script><p>{STORY}</p>",
        f"<html>{'<meta property=article:published_time content=99999-99-99>' * (n // 10)}<p>{STORY}</p>",
        f"<html>{'<' * n}{STORY}",
        f"<html>{'<p>' * n}{STORY}",
        f"<html>{'<!--' * n}{STORY}",
        f"<html>{'<script>' * n}{STORY}",
        f"<html><title>{'t' * n}</title><h1>{'h' * n}</h1><p>{STORY}",
        f"<html><p>{'&nbsp;&#0;&#xD800;&bogus;&' * (n // 10)}{STORY}",
        f"<html><table>{'<tr>' + '<td>x' * 50 + '</tr>' * (n // 50)}</table>{STORY}",
        f"<html><p>{messy_text(rng)}</p><time datetime='{rng.choice(DATES)}'>x</time>",
        f"<html><![CDATA[{STORY}]]><plaintext>{messy_text(rng)}",
        "<html><body>" + "".join(f"<{tag}><p>{i} {STORY[:60]}</{tag.split('>')[0]}>" for i in range(n // 50)),
    ]
    return rng.choice(["html", "htm", "xhtml", "txt"]), rng.choice(made).encode("utf-8", "replace")


def fields(rng: random.Random) -> dict[str, object]:
    strange = [
        None,
        "",
        0,
        1.5,
        True,
        [],
        {},
        ["a", "b"],
        {"name": "x"},
        [[["x"]]],
        "\ud800",
        "a\x00b",
        10**40,
        "x" * 5000,
        messy_text(rng),
    ]
    return {
        rng.choice(["text", "html", "content", "body", "TEXT", "raw_content", "nothing", ""]): rng.choice([*strange, STORY, f"<p>{STORY}</p><p>x</p><p>y</p>"]),
        "id": rng.choice(strange), "url": rng.choice([*strange, "https://e.example/1", "http://[", "javascript:alert(1)", "file:///etc/passwd"]),
        "title": rng.choice(strange), "author": rng.choice(strange), "date": rng.choice(DATES), "fetched_at": rng.choice(DATES), "deck": rng.choice(strange),
        "site_name": rng.choice(strange),
    }  # fmt: skip


def json_document(rng: random.Random) -> tuple[str, bytes]:
    n = rng.choice([10, 1000, 200_000])
    made = [
        json.dumps(fields(rng)), json.dumps([fields(rng) for _ in range(9)]), "\n".join(json.dumps(fields(rng)) for _ in range(9)),
        "[" * n, '{"a":' * n, '{"text": ' + "9" * n + "}", '{"text": 1e999, "text": NaN}', '{"text": "' + "x" * n, '{"text": "\\ud800\\udfff\\ud800"}',
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [1, None, {}, fields(rng), {"content_text": STORY, "date_published": rng.choice(DATES)}]}),
        json.dumps({"version": "https://jsonfeed.org/version/1", "items": rng.choice([None, 5, {}, "x", [[]]])}), "{}\n" * 50, '{"text": "a"} trailing', "null", '"text"', "[]", "[1,2]",
    ]  # fmt: skip
    return rng.choice(["json", "jsonl", "txt", "ndjson"]), rng.choice(made).encode("utf-8", "surrogatepass")


def csv_table(rng: random.Random) -> tuple[str, bytes]:
    n = rng.choice([10, 1000, 100_000])
    story = STORY.replace("\n", " ")
    made = [
        f'text,url\n"{story}\n{story}', f'text,url\n{story},"a"b"c\n', "text\n" + '"' * n, "text\n" + "a," * n, "," * n + "\n" + story, "text,text,text\n1,2,3,4,5,6\n", "text\n\x00\x00\n" + story,
        f"text;url\n{story};http://e.example\n", "text\r" + story + "\r", "text\n" + "\n" * n, "text\n" + "x" * n, f'"te""xt"\n{story}\n', "text\tid\n" + f"{story}\t1\n" * 9, "text\n" + messy_text(rng),
        "text,date\n" + "".join(f'"{STORY}",{each}\n' for each in DATES),
    ]  # fmt: skip
    return rng.choice(["csv", "tsv"]), rng.choice(made).encode("utf-8", "surrogatepass")


def columnar(rng: random.Random) -> tuple[str, bytes]:
    made = [
        pa.array([[STORY], ["a", None], None]), pa.array([{"a": STORY}, None]), pa.array([[("k", STORY)], None], pa.map_(pa.string(), pa.string())), pa.array([Decimal("1.5"), None]),
        pa.array([STORY, STORY, None]).dictionary_encode(), pa.array([STORY.encode(), b"\xff\xfe", None]), pa.array([date(1999, 5, 4), None]), pa.array([10**18, None]), pa.array([None, None], pa.null()),
        pa.array([[[STORY]]]), pa.array([STORY, None], pa.large_string()), pa.array([b"1234"], pa.binary(4)), pa.array([-(2**62)], pa.timestamp("s")), pa.array([2**62], pa.time64("ns")), pa.array([2**31 - 1], pa.date32()),
        pa.array([], pa.string()), pa.array([True, None]), pa.array([float("nan"), float("inf")]), pa.array([messy_text(rng)]), pa.array([2**60], pa.duration("s")),
    ]  # fmt: skip
    names = rng.sample(["text", "html", "id", "title", "url", "date", "fetched_at", "author", "text"], rng.randint(1, 5))
    columns = [rng.choice(made) for _ in names]
    if rng.random() < 0.7:  # one good text beside the absurd columns
        names, columns = (
            ["text", *[name for name in names if name != "text"]],
            [pa.array([STORY, STORY + "2"])] + [rng.choice(made) for name in names if name != "text"],
        )
    shortest = min(len(column) for column in columns)
    table = pa.Table.from_arrays([column.slice(0, shortest) for column in columns], names)
    out = io.BytesIO()
    kind = rng.choice(["parquet", "feather"])
    try:
        if kind == "parquet":
            pyarrow.parquet.write_table(table, out)
        else:
            pyarrow.feather.write_feather(table, out, compression="uncompressed")
    except (pa.ArrowException, OSError):
        return kind, b"PAR1" + STORY.encode()
    data = out.getvalue()
    return kind, mutated(data, rng) if rng.random() < 0.4 else data


def warc(rng: random.Random) -> tuple[str, bytes]:
    body = rng.choice([STORY.encode(), f"<html><p>{messy_text(rng)}".encode("utf-8", "surrogatepass"), b"", rng.randbytes(300)])
    http = (
        rng.choice([b"HTTP/1.1 200 OK", b"HTTP/1.1 abc", b"", b"HTTP/9", b"HTTP/1.1 200"]) + b"\r\nContent-Type: "
        + rng.choice([b"text/html; charset=bogus", b"text/plain", b"text/html; charset=utf-16", b"application/pdf", b""])
        + rng.choice([b"", b"\r\nTransfer-Encoding: chunked", b"\r\nContent-Encoding: gzip", b"\r\nContent-Encoding: br", b"\r\nContent-Length: 99999999999"]) + b"\r\n\r\n" + body
    )  # fmt: skip
    out = b""
    for _ in range(rng.randint(1, 4)):
        length = rng.choice([len(http), len(http), len(http) + 999_999, 0, 1, 2**63, -5, len(http) // 2, "x"])
        kind = rng.choice(["response", "response", "conversion", "resource", "bogus"])
        date_ = rng.choice(["2021-01-01T00:00:00Z", "never", "99999-99-99T00:00:00Z", ""])
        out += f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {rng.choice(['https://e.example/', 'x', '', '<http://[>'])}\r\nWARC-Date: {date_}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n".encode()
        out += http + rng.choice([b"\r\n\r\n", b"", b"\n"])
    out = mutated(out, rng) if rng.random() < 0.3 else out
    return (
        ("warc.gz", mutated(gzip.compress(out), rng) if rng.random() < 0.3 else gzip.compress(out))
        if rng.random() < 0.5
        else (rng.choice(["warc", "wet", "txt"]), out)
    )


def feed(rng: random.Random) -> tuple[str, bytes]:
    laughs = "".join(f'<!ENTITY a{i} "' + f"&a{i - 1};" * 10 + '">' for i in range(1, 10))
    big = "x" * 100_000
    doctype = rng.choice([
        "", f'<!DOCTYPE rss [<!ENTITY a0 "ha">{laughs}]>', '<!DOCTYPE rss [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>', f'<!DOCTYPE rss [<!ENTITY a9 "{big}">]>',
    ])  # fmt: skip
    entity = "&a9;" * rng.choice([1, 1, 300])
    item = f"<item><title>{rng.choice(['t', entity])}</title><link>{rng.choice(['https://e.example/1', 'http://[', ''])}</link><description>{rng.choice([STORY, entity, '<![CDATA[' + STORY])}</description><pubDate>{rng.choice(DATES)}</pubDate></item>"
    data = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>{entity if rng.random() < 0.3 else "x"}</title>{item * rng.choices([1, 3, 200], [5, 4, 1])[0]}'
    data += rng.choice(["</channel></rss>", "", "<item>" * 5000])
    if rng.random() < 0.2:
        data = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">' + "<div>" * rng.choice([5, 3000]) + STORY
    encoded = data.encode(rng.choice(["utf-8", "utf-16", "cp1252"]), "replace")
    return rng.choice(["xml", "rss", "atom"]), mutated(encoded, rng) if rng.random() < 0.3 else encoded


def mail(rng: random.Random) -> tuple[str, bytes]:
    head = f"From: {rng.choice(['A <a@e.example>', '<<<>>>', '=?utf-8?b?////?=', 'x' * 5000])}\r\nSubject: {rng.choice(['=?bogus?q?x?=', 'Hello', '=?utf-8?q?=00=ff?=', 'a' * 99_999])}\r\nDate: {rng.choice(DATES)}\r\nMIME-Version: 1.0\r\n"
    depth = rng.choice([1, 3, 300, 3000])
    nested = (
        "".join(f"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n" for i in range(depth))
        + f"Content-Type: text/plain\r\n\r\n{STORY}"
    )
    made = [
        nested, f"Content-Type: text/html; charset=bogus\r\nContent-Transfer-Encoding: {rng.choice(['base64', 'quoted-printable', 'x-uuencode', 'bogus'])}\r\n\r\n{STORY}",
        f"Content-Type: multipart/related; boundary\r\n\r\n{STORY}", f"Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\n\r\n{STORY}\r\n--b", f"Content-Type: message/rfc822\r\n\r\n{head}\r\n{STORY}",
        "Content-Type: text/html; charset=utf-16\r\n\r\nabc", "Content-Type: ;;;=\r\n\r\n" + STORY, "\r\n", "", f"Content-Type: text/plain; charset*=x''y; charset*0=a; charset*1=b\r\n\r\n{STORY}",
        "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: http://e.example/\r\n\r\n<p>" + STORY + "\r\n--b--",
    ]  # fmt: skip
    data = (head + rng.choice(made)).encode("utf-8", "surrogatepass")
    return rng.choice(["eml", "mht", "mhtml"]), mutated(data, rng) if rng.random() < 0.3 else data


@lru_cache(maxsize=8)
def bomb(kind: str) -> bytes:
    """A gigabyte of zeros, or of one letter, packed."""
    piece, many = (b"\0" if kind.endswith("0") else b"a") * (1 << 20), 1024
    if kind[:3] == "zip":
        out = io.BytesIO()
        with (
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
            archive.open("a.txt", "w", force_zip64=True) as member,
        ):
            for _ in range(many):
                member.write(piece)
        return out.getvalue()
    packer = {
        "gz": lambda: gzip.GzipFile(fileobj=held, mode="wb", compresslevel=1),
        "zst": lambda: zstandard.ZstdCompressor(level=1).stream_writer(held, closefd=False),
    }
    held = io.BytesIO()
    with packer[kind[:-1]]() as out_stream:  # type: ignore[attr-defined]
        for _ in range(many):
            out_stream.write(piece)
    return held.getvalue()


def packed(rng: random.Random, first: bool = False) -> tuple[str, bytes]:
    if rng.random() < 0.02 or first:
        kind = rng.choice(["gz0", "gza", "zip0", "zst0", "zsta"])
        ending = kind[:-1]
        return rng.choice(
            [ending, f"txt.{ending}", f"csv.{ending}", f"jsonl.{ending}", f"tar.{ending}", f"warc.{ending}"] if ending != "zip" else ["zip"]
        ), bomb(kind)
    ending, data = rng.choice([text_page, json_document, csv_table, mail, random_bytes, html_page])(rng)
    data = data[:200_000]
    name = rng.choice(
        [
            f"a.{ending}",
            f"../../../../tmp/wirehouse-escaped.{ending}",
            f"/etc/wirehouse-escaped.{ending}",
            "..\\..\\x." + ending,
            "a\x00b." + ending,
            "x" * 250,
            "",
            ".",
            "a/" * 300 + "b.txt",
            "\u202egpj.txt",
        ]
    )
    how = rng.choice(["gz", "bz2", "xz", "zst", "zip", "tar", "tgz", "tar.xz"])
    out = io.BytesIO()
    if how == "zip":
        with zipfile.ZipFile(
            out, "w", rng.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
        ) as archive:
            for number in range(rng.choice([1, 3, 200])):
                archive.writestr(f"{number}/{name}" if number else name or "x", data[:2000] if number else data)
        made = out.getvalue()
    elif how in ("tar", "tgz", "tar.xz"):
        with tarfile.open(fileobj=out, mode={"tar": "w", "tgz": "w:gz", "tar.xz": "w:xz"}[how], format=tarfile.PAX_FORMAT) as archive:
            for kind in (tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
                info = tarfile.TarInfo(name.replace("\x00", "") or "x")
                info.type, info.linkname = kind, "/etc/passwd"
                info.size = len(data) if kind == tarfile.REGTYPE else 0
                archive.addfile(info, io.BytesIO(data))
        made = out.getvalue()
    else:
        made = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.compress}[how](data)
    for _ in range(rng.choice([0, 0, 0, 1, 6])):  # archives within archives
        made, how = gzip.compress(made), how + ".gz"
    fate = rng.random()
    if fate < 0.3:
        made = made[: rng.randrange(len(made) + 1)]
    elif fate < 0.6:
        made = mutated(made, rng)
    return how if rng.random() < 0.8 else rng.choice(ENDINGS), made


def database(rng: random.Random) -> tuple[str, bytes]:
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        con = sqlite3.connect(file.name)
        con.execute("create table articles (text, url, id)")
        con.execute("insert into articles values (?, ?, ?)", (rng.choice([STORY, b"\xff", None, 5]), None, rng.choice([1, "x"])))
        con.commit()
        con.close()
        return "db", mutated(Path(file.name).read_bytes(), rng)


MAKERS: list[Callable[[random.Random], tuple[str, bytes]]] = [
    random_bytes, text_page, long_lines, html_page, json_document, csv_table, columnar, warc, feed, mail, packed, packed, database,
]  # fmt: skip


def hostile_input(seed: int) -> tuple[str, bytes]:
    """(file name, bytes): one hostile input; every kind comes in turn."""
    rng = random.Random(seed)
    maker = MAKERS[seed % len(MAKERS)]
    ending, data = packed(rng, first=True) if maker is packed and seed < len(MAKERS) else maker(rng)
    return f"{seed:06}" + (f".{ending}" if ending else ""), data


def load_hostile(folder: Path, seeds: range) -> dict[str, object]:
    """Load the inputs of ``seeds`` into one warehouse, in this process; tells what became of them.

    ``lost``: inputs that are neither in documents nor in rejects; ``slow``: CPU seconds of the slowest reading and of the
    slowest batch; ``unexpected`` and ``failed``: details of rejects that a reader or stage did not foresee; ``megabytes``: peak memory.
    """
    import resource
    import time

    import duckdb

    import flows.batch
    import flows.load.readers
    from flows.load.inputs import find_inputs
    from flows.runs import run_directly
    from flows.settings import Settings

    inputs = folder / "inputs"
    inputs.mkdir()
    for seed in seeds:
        name, data = hostile_input(seed)
        (inputs / name).write_bytes(data)
    bomb.cache_clear()
    slowest: dict[str, tuple[float, object]] = {"read": (0.0, ""), "work": (0.0, "")}

    def note(kind: str, started: float, what: object) -> None:
        slowest[kind] = max(slowest[kind], (round(time.process_time() - started, 1), what), key=lambda pair: pair[0])

    read, work = flows.load.readers._read_input, flows.batch._process

    def timed_read(each, *more):  # type: ignore[no-untyped-def]
        started = time.process_time()
        found = list(read(each, *more))
        note("read", started, each.uri)
        yield from found

    def timed_work(records, *args, **more):  # type: ignore[no-untyped-def]
        started = time.process_time()
        try:
            return work(records, *args, **more)
        finally:
            note("work", started, records["source_uri"][0])

    flows.load.readers._read_input, flows.batch._process = timed_read, timed_work
    warehouse = folder / "hostile.duckdb"
    run_directly(warehouse, find_inputs([str(inputs)]), Settings(workers=1, batch_pages=50))
    with duckdb.connect(str(warehouse), read_only=True) as con:
        known = {
            uri
            for (uri,) in con.execute(  # a page that came before under the same address is in documents by that
                "select source_uri from main.rejects union select source_uri from ops.ledger semi join main.documents using (document_id)"
            ).fetchall()
        }
        counts = dict(
            con.execute(
                "select 'documents', count(*) from main.documents union all select reason, count(*) from main.rejects group by all"
            ).fetchall()
        )
        broken = con.execute("select \"check\" from ops.checks where not passed and severity = 'error'").fetchall()
        odd = con.execute(
            "select source_uri, reason, detail from main.rejects where reason = 'stage_failed' or detail like 'unexpected%' order by all"
        ).fetchall()
        secret = con.execute("select count(*) from main.documents where contains(text, 'root:x:0')").fetchone()
    roots = {uri.partition("#")[0] for uri in known}
    return {
        "lost": sorted(file.name for file in inputs.iterdir() if file.name not in roots), "slow": slowest, "odd": odd, "counts": counts, "broken": broken, "secret": secret,
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


if __name__ == "__main__":
    import faulthandler
    import sys

    with tempfile.TemporaryDirectory(prefix="wirehouse-hostile-") as scratch:
        faulthandler.dump_traceback_later(900, exit=True)
        print(json.dumps(load_hostile(Path(scratch), range(int(sys.argv[1]), int(sys.argv[2])))))
