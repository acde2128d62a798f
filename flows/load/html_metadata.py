"""The metadata of an HTML page: title, authors, dates, each with what it was taken from."""

from typing import NamedTuple

from flows.load.html_evidence import LineEvidence, MetaParts


class HtmlMetadata(NamedTuple):
    """What a page tells of itself, each value as found and None where it tells nothing; a basis names the source of a value."""

    title: str | None = None
    title_basis: str | None = None
    authors: tuple[str, ...] = ()
    byline: str | None = None
    byline_basis: str | None = None
    published: str | None = None
    published_basis: str | None = None
    modified: str | None = None
    site_name: str | None = None
    url: str | None = None
    language: str | None = None
    description: str | None = None
    section: str | None = None
    paywalled: bool | None = None


def decide_metadata(parts: MetaParts, lines: list[tuple[str, LineEvidence]]) -> HtmlMetadata:
    """The metadata that the parts and lines of a page agree on."""
    return HtmlMetadata()
