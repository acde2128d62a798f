"""What every reader yields: a record for each page, a reject for what could not be read."""

import datetime as dt
from typing import NamedTuple

# The closed list of reasons in `rejects`; docs/tables.md explains each to a user.
REASONS = frozenset(
    {
        *("empty", "binary", "undecodable", "too_large", "no_text", "unreadable"),
        *("bad_json", "bad_table", "bad_archive", "bad_feed", "bad_mail"),
        "stage_failed",
    }
)


class Record(NamedTuple):
    """One page as it came in: its content (text or HTML) and what the input says beside it; unknown is None.

    ``published`` is the input's own date of publication as given, in whatever format; ``note`` says what was mended.
    """

    source_uri: str
    record_no: int
    content: str
    is_html: bool
    media_type: str
    encoding: str
    url: str | None = None
    fetched_at: dt.datetime | None = None
    published: str | None = None
    title: str | None = None
    deck: str | None = None
    byline: str | None = None
    outlet: str | None = None
    note: str | None = None


class Reject(NamedTuple):
    """One input unit that could not be loaded; ``reason`` is one of ``REASONS``, ``detail`` tells a person more."""

    source_uri: str
    record_no: int
    reason: str
    detail: str
    stage: str = "load"
