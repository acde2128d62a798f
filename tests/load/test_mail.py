"""A mailbox is as many pages as it has messages, each decoded."""

from pathlib import Path

from flows.load.inputs import find_inputs
from flows.load.readers import read_inputs
from flows.load.records import Record
from flows.settings import Settings

BOX = b"""From ann@port.example Fri Jan  5 10:00:00 2024
From: Port News <ann@port.example>
Subject: Talks in Vigo
Date: Fri, 5 Jan 2024 10:00:00 +0000
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Ministers met in Gen=C3=A8ve on Friday.

From here on, the talks go on.
>From now on, no more.

From ben@port.example Sat Jan  6 10:00:00 2024
From: ben@port.example
Subject: Second
Content-Type: text/html

<p>One.</p><p>Two.</p>

From cid@port.example Sun Jan  7 10:00:00 2024
Subject: Empty

"""


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    for name in ("letters.mbox", "letters", "letters.txt"):
        (tmp_path / name).write_bytes(BOX)
        first, second, third = read_inputs(find_inputs([str(tmp_path / name)]), Settings())
        assert isinstance(first, Record) and isinstance(second, Record) and not isinstance(third, Record)
        assert (first.source_uri, first.record_no, first.title, first.outlet) == (f"{name}#1", 1, "Talks in Vigo", "Port News")
        assert first.content.split("\n") == [
            "Ministers met in Genève on Friday.",
            "",
            "From here on, the talks go on.",
            "From now on, no more.",
            "",
            "",
        ]
        assert (second.record_no, second.is_html, second.title) == (2, True, "Second")
        assert (third.record_no, third.reason) == (3, "empty")


def test_a_message_that_is_too_large_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "letters.mbox").write_bytes(BOX.replace(b"Two.", b"Two. " * 400))
    found = list(read_inputs(find_inputs([str(tmp_path / "letters.mbox")]), Settings(max_page_bytes=1000)))
    assert [each if isinstance(each, str) else getattr(each, "reason", "loaded") for each in found] == ["loaded", "too_large", "empty"]


def test_prose_that_opens_with_from_is_no_mailbox(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("From London to Paris in 2024\n\nThe train took two hours: a record.\n")
    (only,) = read_inputs(find_inputs([str(tmp_path / "a.txt")]), Settings())
    assert isinstance(only, Record) and only.content.startswith("From London")
