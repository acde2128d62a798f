"""The metadata of an HTML page: title, authors, dates, each with what it was taken from.

Order of trust, the first that gives a value wins, and its name stands in the value's basis:

- title: the visible ``<h1>`` that agrees with the title the page declares (``h1``), else the title declared in JSON-LD (``json-ld``),
  OpenGraph and other meta tags (``meta``), a visible heading or line with the declared title, ``<title>`` (``title tag``).
  A kicker that runs into the ``<h1>`` is parted or left out where the declared title does so. The site's name is cut off.
- date: JSON-LD (``json-ld``), meta tags of publication (``meta``), microdata (``microdata``), meta tags without a stated meaning,
  ``<time>`` near the headline (``time``), a date printed near the headline (``printed``), elements whose class says date (``class``),
  the address (``url``), any other ``<time>`` of the article, the data of scripts where all that they say of publication is one day
  (``script``); the date of change only where there is no other (``modified``).
  A stamp in UTC gives way to the printed day or the address's day where these are one day off.
- authors: JSON-LD, meta tags, microdata, ``rel=author`` and byline elements, a printed byline near the headline.
"""

from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from flows.load.html_authors import find_authors
from flows.load.html_evidence import LineEvidence, MetaParts
from flows.load.html_jsonld import LinkedArticle, read_linked_articles
from flows.load.html_published import find_published
from flows.load.html_titles import find_title, site_keys
from flows.reference.html_hints import HtmlHints


class HtmlMetadata(NamedTuple):
    """What a page tells of itself, each value as found and None where it tells nothing; a basis names the source of a value.

    ``authors`` are persons, ``byline`` their names and those of agencies or desks as the page gives them, joined by commas.
    ``published`` and ``modified`` open with an ISO day, in the time zone in which the page gives it.
    """

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


def decide_metadata(parts: MetaParts, lines: list[tuple[str, LineEvidence]], hints: HtmlHints) -> HtmlMetadata:
    """The metadata that the parts and lines of a page agree on."""
    linked = read_linked_articles(parts.scripts)
    metas = _sort_metas(parts.metas, hints)
    article = linked[0] if linked else None
    site = _first(metas, "site") or (article.publisher if article else "") or None
    url = _address(parts, metas)
    language = _language(parts, metas, linked)
    keys = site_keys([site, article.publisher if article else None, *(value for _, value in metas.get("site", []))], url or parts.url)
    title, title_basis, at = find_title(linked, metas, parts.titles, lines, keys)
    published, published_basis, modified = find_published(linked, metas, parts, lines, at, url=url, language=language, hints=hints)
    authors, byline, byline_basis = find_authors(linked, metas, parts.marks, lines, at, keys, hints=hints)
    return HtmlMetadata(
        title=title,
        title_basis=title_basis,
        authors=authors,
        byline=byline,
        byline_basis=byline_basis,
        published=published,
        published_basis=published_basis,
        modified=modified,
        site_name=site,
        url=url,
        language=language,
        description=_first(metas, "description") or (article.description if article else "") or None,
        section=_first(metas, "section") or (article.section if article else "") or None,
        paywalled=_paywalled(metas, linked),
    )


def _sort_metas(metas: list[tuple[str, str]], hints: HtmlHints) -> dict[str, list[tuple[int, str]]]:
    """The values of the known meta tags by field, best rank first, else in the page's order."""
    fields: dict[str, list[tuple[int, str]]] = {}
    for name, content in metas:
        known = hints.metas.get(name)
        if known:
            value = " ".join(content.split())
            if value:
                fields.setdefault(known[0], []).append((known[1], value))
    for values in fields.values():
        values.sort(key=lambda ranked: ranked[0])
    return fields


def _first(metas: dict[str, list[tuple[int, str]]], name: str) -> str | None:
    values = metas.get(name)
    return values[0][1] if values else None


def _address(parts: MetaParts, metas: dict[str, list[tuple[int, str]]]) -> str | None:
    """The page's canonical address, made absolute where the page's own is known."""
    for found in [*parts.canonicals, *(value for _, value in metas.get("url", []))]:
        try:
            address = urljoin(parts.url or "", found.strip())
            split = urlsplit(address)
        except ValueError:
            continue
        if split.scheme in ("http", "https") and split.netloc and (len(split.path) > 1 or not parts.url):
            return address
    return parts.url


def _language(parts: MetaParts, metas: dict[str, list[tuple[int, str]]], linked: list[LinkedArticle]) -> str | None:
    """The ISO 639-1 code in <html lang>, else in the meta tags, else in JSON-LD."""
    for found in [*parts.languages, *(value for _, value in metas.get("language", [])), *(item.language for item in linked)]:
        code = found.strip().lower().replace("_", "-").split("-")[0]
        if len(code) == 2 and code.isascii() and code.isalpha():
            return code
    return None


def _paywalled(metas: dict[str, list[tuple[int, str]]], linked: list[LinkedArticle]) -> bool | None:
    for item in linked:
        if item.free is not None:
            return not item.free
    tier = (_first(metas, "tier") or "").lower()
    free = (_first(metas, "free") or "").lower()
    if tier in ("free", "metered", "locked"):
        return tier != "free"
    return {"true": False, "false": True}.get(free)
