"""Newsletters (.eml) and saved pages (.mht): the page that a message carries."""

import email
import email.policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, BinaryIO, cast

from flows.load.plain import read_page
from flows.load.records import Record, Reject
from flows.settings import Settings


def read_mail(stream: BinaryIO, uri: str, settings: Settings) -> Record | Reject:
    """The HTML part of a message, else its text; subject, date and sender stand beside it where it is a newsletter."""
    data = stream.read(settings.max_page_bytes + 1)
    if len(data) > settings.max_page_bytes:
        return Reject(uri, 1, "too_large", f"more than {settings.max_page_bytes} bytes (WIREHOUSE_MAX_PAGE_BYTES)")
    try:
        message = cast(EmailMessage, email.message_from_bytes(data, policy=email.policy.default))
        part = cast("EmailMessage | None", message.get_body(preferencelist=("related", "html", "plain")))
        if part is not None and part.is_multipart():
            part = cast(
                Any,
                next((each for each in part.walk() if each.get_content_type() == "text/html"), None) or part.get_body(("html", "plain")),
            )
        content = part.get_payload(decode=True) if part is not None else None
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        RecursionError,
    ) as error:  # the parser's own on broken mail
        return Reject(uri, 1, "bad_mail", f"{type(error).__name__}: {error}"[:300])
    if part is None or not isinstance(content, bytes):
        return Reject(uri, 1, "no_text", "a message without a text or HTML part")
    page = read_page(content, uri, is_html=part.get_content_type() == "text/html", declared=part.get_content_charset())
    if isinstance(page, Reject):
        return page
    address = part.get("Content-Location") or message.get("Snapshot-Content-Location")
    if address:
        return page._replace(url=str(address) if str(address).startswith("http") else None)
    sender = parseaddr(str(message.get("From", "")))
    date = message.get("Date")
    return page._replace(
        title=" ".join(str(message.get("Subject", "")).split()) or None,
        published=str(date) if date else None,
        outlet=sender[0] or sender[1].partition("@")[2] or None,
    )
