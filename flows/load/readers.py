"""Inputs in, records out: what a file is, by its first bytes and its name, and the reader for it.

Reading streams: no more than one page, one JSON document or one batch of a table's rows is in memory at a time. Whatever
breaks midway keeps what came before and ends in one reject.
"""

import contextlib
import errno
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from flows.errors import WirehouseError
from flows.limits import TookTooLong, at_most
from flows.load import archives, extracted, feeds, json_records, mail, tables, warc
from flows.load.databases import read_database
from flows.load.inputs import Input
from flows.load.mojibake import mend_record
from flows.load.plain import read_whole_page
from flows.load.records import Record, Reject
from flows.settings import Settings

_HTML = {".html", ".htm", ".xhtml", ".shtml"}
_WARC = re.compile(r"\.(?:warc|wet)(?:\.gz|\.zst)?$")
_SECONDS_A_RECORD = 30  # of computing; between two pages of an archive may lie gigabytes of pictures
_OF_THE_MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM)  # no input is to blame
_DEEPEST = 4  # archives within archives


def read_inputs(inputs: list[Input], settings: Settings, *, count: Callable[[int], None] | None = None) -> Iterator[Record | Reject]:
    """Every page of the inputs, in order, and a reject for everything that is none; ``count`` is told of the bytes as they are read."""
    for each in inputs:
        number = 0
        try:
            for found in _in_time(_read_input(each, settings, count)):
                number = found.record_no
                yield found
            if number == 0:
                yield Reject(each.uri, 1, "empty", "nothing in it to load: a feed without entries, an archive without pages")
        except TookTooLong as error:
            yield Reject(each.uri, number + 1, "unreadable", f"its reading took {error}")
        except Exception as error:
            yield _as_reject(error, each.uri, number + 1)


def _as_reject(error: Exception, uri: str, record_no: int) -> Reject:
    """The reject of a file that broke midway, or on which a reader made a mistake of its own; what no input is to blame for is raised."""
    if isinstance(error, WirehouseError) or (isinstance(error, OSError) and error.errno in _OF_THE_MACHINE):
        raise error
    told = f"{type(error).__name__}: {error}"[:300]
    if isinstance(error, archives.BROKEN) or (isinstance(error, OSError) and not error.errno):  # what unpacks bytes has no error number
        return Reject(uri, record_no, "bad_archive", told)
    return Reject(uri, record_no, "unreadable", told if isinstance(error, OSError) else f"unexpected {told}"[:300])


def _in_time(found: Iterator[Record | Reject]) -> Iterator[Record | Reject]:
    """The same, each within a time that no real page needs, with what was read in the wrong encoding undone."""
    while True:
        with at_most(_SECONDS_A_RECORD):
            each = next(found, None)
        if each is None:
            return
        yield mend_record(each) if isinstance(each, Record) else each


def _read_input(each: Input, settings: Settings, count: Callable[[int], None] | None) -> Iterator[Record | Reject]:
    if each.table is not None:
        with _on_disk(each) as path:
            for found in read_database(path, each.table, each.uri, settings):
                if count and isinstance(found, Record):
                    count(len(found.content))
                yield found
        return
    with _open(each, count) as stream:
        yield from read_stream(stream, each.uri, name=PurePosixPath(each.url or each.path or "").name.lower(), settings=settings)


@contextlib.contextmanager
def _on_disk(each: Input) -> Iterator[Path]:
    """The file of an input; an object of a store is copied to the disk for as long as it is read."""
    if each.path is not None:
        yield each.path
        return
    with tempfile.NamedTemporaryFile(prefix="wirehouse-") as copy, _open(each, None) as stream:
        shutil.copyfileobj(stream, copy, 1 << 20)
        copy.flush()
        yield Path(copy.name)


def _open(each: Input, count: Callable[[int], None] | None) -> BinaryIO:
    if each.url is not None:
        from flows.load.objects import open_object

        return archives.buffered(archives.Counted(open_object(each.url), count)) if count else open_object(each.url)
    if each.path is None:
        return archives.buffered(sys.stdin.buffer)
    return archives.buffered(archives.Counted(each.path.open("rb", buffering=0), count) if count else each.path.open("rb"))


def read_stream(stream: BinaryIO, uri: str, *, name: str, settings: Settings, depth: int = 0) -> Iterator[Record | Reject]:
    """Every page of a stream that stands at its start; ``name`` is its file name in lower case, "" when it has none."""
    head = archives.opening(stream)
    suffix = PurePosixPath(name).suffix
    if _WARC.search(name) and (archives.is_compressed(head) or head.startswith(b"WARC/")):
        yield from warc.read_warc(archives.seekable(stream), uri, settings)  # it unpacks by itself, record by record
        return
    if archives.is_compressed(head) or archives.is_archive(head, suffix):
        if depth >= _DEEPEST:
            yield Reject(uri, 1, "bad_archive", f"an archive within {_DEEPEST} archives")
            return
        number = 0
        for member_uri, member_name, member in archives.members(stream, uri, name, head):
            if isinstance(member, Reject):
                yield member._replace(record_no=number + 1)
                number += 1
                continue
            try:
                for found in read_stream(member, member_uri, name=member_name, settings=settings, depth=depth + 1):
                    number += 1
                    yield found._replace(record_no=number)
            except archives.Bomb:
                raise
            except Exception as error:  # one file's loss, and not that of the files after it
                number += 1
                yield _as_reject(error, member_uri, number)
        if number == 0:
            yield Reject(uri, 1, "empty", "an archive without files")
        return
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"WARC/"):
        yield from warc.read_warc(archives.seekable(stream), uri, settings)
    elif tables.is_columnar(head, suffix):
        yield from tables.read_columnar(stream, uri, settings)
    elif suffix in (".csv", ".tsv"):
        yield from tables.read_csv(stream, uri, settings, delimiter="\t" if suffix == ".tsv" else ",")
    elif suffix in (".eml", ".mht", ".mhtml") or text.startswith((b"MIME-Version:", b"From: <Saved by ")):
        yield mail.read_mail(stream, uri, settings)
    elif mail.is_mailbox(text):
        yield from mail.read_mailbox(stream, uri, settings)
    elif extracted.is_extracted(text):
        yield from extracted.read_extracted(stream, uri, settings)
    elif feeds.is_feed(text):
        yield from feeds.read_feed(stream, uri, settings)
    elif suffix in json_records.JSON_LINES:
        yield from json_records.read_json_lines(stream, b"", uri, settings)
    elif suffix == ".json" or (suffix not in _HTML and text.startswith((b"{", b"[{"))):
        yield from json_records.read_json(stream, uri, suffix, settings)
    else:
        yield read_whole_page(stream, uri, settings, is_html=suffix in _HTML or None)
