"""Newsletters (.eml), mailboxes of them (.mbox) and saved pages (.mht): the page that each message carries."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, BinaryIO, cast

from flows.load.columns import one_line
from flows.load.plain import one_of_many, read_page
from flows.load.records import Record, Reject
from flows.settings import Settings

_POSTMARK = re.compile(rb"From (?:\S+ .*\d{4}|-)[^\n]*\n")  # the line that opens each message of a mailbox
_HEADER = re.compile(rb"[!-9;-~]{1,76}:[ \t\r\n]|>?From ")
_ESCAPED = re.compile(rb">+From ")
_LONGEST_LINE = 1 << 20
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError)  # what the parser itself raises on broken mail


def is_mailbox(head: bytes) -> bool:
    """Whether a file opens as a mailbox: a postmark, then a header."""
    opening = _POSTMARK.match(head)
    return opening is not None and _HEADER.match(head, opening.end()) is not None


def read_mailbox(stream: BinaryIO, uri: str, settings: Settings) -> Iterator[Record | Reject]:
    """One record a message of a mailbox, told by its number; no more than one message is in memory."""
    limit = settings.max_page_bytes
    number = size = 0
    message: list[bytes] = []
    postmark, after_blank = b"", True  # a line that is a postmark if a header follows

    def read() -> Record | Reject:
        name = f"{uri}#{number}"
        if size > limit:
            return _too_large(name, settings)._replace(record_no=number)
        return one_of_many(lambda: _read_message(b"".join(message), name), name, number)._replace(record_no=number)

    def keep(line: bytes) -> None:
        nonlocal size
        size += len(line)
        if size <= limit:
            message.append(line[1:] if _ESCAPED.match(line) else line)

    while line := stream.readline(_LONGEST_LINE):
        if postmark:
            if _HEADER.match(line):
                if number:
                    yield read()
                number += 1
                size = 0
                message.clear()
            else:
                keep(postmark)
            postmark = b""
        if after_blank and _POSTMARK.fullmatch(line):
            postmark = line
        else:
            keep(line)
        after_blank = not line.strip()
    if number:
        yield read()


def read_mail(stream: BinaryIO, uri: str, settings: Settings) -> Record | Reject:
    """The page of a file that is one message."""
    data = stream.read(settings.max_page_bytes + 1)
    return _too_large(uri, settings) if len(data) > settings.max_page_bytes else _read_message(data, uri)


def _too_large(uri: str, settings: Settings) -> Reject:
    return Reject(uri, 1, "too_large", f"more than {settings.max_page_bytes} bytes (WIREHOUSE_MAX_PAGE_BYTES)")


def _read_message(data: bytes, uri: str) -> Record | Reject:
    """The HTML part of a message, else its text; subject, date and sender stand beside it where it is a newsletter."""
    try:
        message = cast(EmailMessage, email.message_from_bytes(data, policy=email.policy.default))
        part = cast("EmailMessage | None", message.get_body(preferencelist=("related", "html", "plain")))
        if part is not None and part.is_multipart():
            part = cast(
                Any,
                next((each for each in part.walk() if each.get_content_type() == "text/html"), None) or part.get_body(("html", "plain")),
            )
        content = part.get_payload(decode=True) if part is not None else None
        charset = part.get_content_charset() if part is not None else None
    except _BROKEN as error:
        return Reject(uri, 1, "bad_mail", f"{type(error).__name__}: {error}"[:300])
    if part is None or not isinstance(content, bytes):
        return Reject(uri, 1, "no_text", "a message without a text or HTML part")
    page = read_page(content, uri, is_html=part.get_content_type() == "text/html", declared=charset)
    if isinstance(page, Reject):
        return page
    address = _header(part, "Content-Location") or _header(message, "Snapshot-Content-Location")
    if address:
        return page._replace(url=address if address.startswith("http") else None)
    sender = parseaddr(_header(message, "From") or "")
    return page._replace(
        title=_header(message, "Subject"), published=_header(message, "Date"), outlet=sender[0] or sender[1].partition("@")[2] or None
    )


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's value as one line; None where there is none, or none that can be read."""
    try:
        found = message.get(name)
        return None if found is None else one_line(str(found))
    except _BROKEN:
        return None
