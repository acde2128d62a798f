"""What JSON-LD scripts say of the article on a page.

Broken scripts are common: comments, control characters, stray commas, several objects in a row, entities. They are repaired
where that is simple, else the few fields that matter are cut out by pattern.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

# Types whose headline, date and author are those of the page's article, best first.
_ARTICLE = re.compile(r"Article|Posting|Report$|Review$|Blog$|Column", re.I)
_LESSER = re.compile(r"VideoObject|AudioObject|PodcastEpisode|ImageGallery|Recipe|Event$|CreativeWork|WebPage|ItemPage|Product", re.I)
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "about")
_STRAY_COMMA = re.compile(r",\s*([}\]])")
_COMMENT = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|^\s*//[^\n]*$|/\*.*?\*/", re.M | re.S)
_FIELD = re.compile(r'"(headline|datePublished|dateCreated|dateModified)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\[{}\]]*?"name"\s*:\s*"((?:[^"\\]|\\.)*)"')
_UNFIT = re.compile("[\x00\ud800-\udfff]")  # what JSON can spell and text cannot hold
_BODY = re.compile(r'"articleBody"\s*:\s*"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.S)
_TAG = re.compile(r"<[^<>]{1,200}>")
_LARGEST = 2_000_000  # characters of one script
_MOST_NODES = 2_000


class LinkedAuthor(NamedTuple):
    """An author as the script names them; is_person is None where it does not say of which kind they are."""

    name: str
    is_person: bool | None


class LinkedArticle(NamedTuple):
    """An article or page that a script describes; ``weight`` is 2 for an article, 1 for a lesser kind, "" or None where silent."""

    weight: int
    headline: str
    published: str
    created: str
    modified: str
    authors: tuple[LinkedAuthor, ...]
    publisher: str
    url: str
    section: str
    language: str
    description: str
    free: bool | None


def read_linked_articles(scripts: list[str]) -> list[LinkedArticle]:
    """The articles that the scripts describe, articles before lesser kinds, else in their order.

    >>> read_linked_articles(['{"@type": "NewsArticle", "headline": "Talks open", "author": {"name": "A. Writer"},}'])[0].headline
    'Talks open'
    """
    found: list[LinkedArticle] = []
    for script in scripts:
        if not script or len(script) > _LARGEST:
            continue
        loaded, clean = _load(script)
        if not clean:
            found += _cut_out(script)
        nodes = list(_nodes(loaded))
        known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
        for node in nodes:
            kind = " ".join(_strings(node.get("@type")))
            weight = 2 if _ARTICLE.search(kind) else 1 if _LESSER.search(kind) else 0
            if weight:
                found.append(_article(node, weight, known))
    return sorted(found, key=lambda article: -article.weight)


def read_linked_body(scripts: list[str]) -> str:
    """The longest body of an article that the scripts tell, "" where they tell none; whole or cut short, as they have it.

    >>> read_linked_body(['{"@type": "NewsArticle", "articleBody": "Talks <b>opened</b> &amp; closed."}'])
    'Talks  opened  & closed.'
    """
    longest = ""
    for script in scripts:
        if script and "articleBody" in script and len(script) <= _LARGEST:
            longest = max([longest, *_BODY.findall(script)], key=len)
    if not longest:
        return ""
    try:
        told = json.loads(f'"{longest}"', strict=False)
    except ValueError:
        told = longest
    return _TAG.sub(" ", html.unescape(str(told)))


def _load(script: str) -> tuple[list[Any], bool]:
    """The values of a script, and whether all of it could be read."""
    text = script.strip()
    for attempt in range(3):
        try:
            return [json.loads(text, strict=False)], True
        except RecursionError:
            return [], False
        except ValueError:
            if attempt == 0:
                text = _STRAY_COMMA.sub(r"\1", _COMMENT.sub("", text)).strip().rstrip(";").strip()
            elif "&quot;" in text:
                text = html.unescape(text)
            else:
                break
    values, decoder, at = [], json.JSONDecoder(strict=False), 0
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            while at < len(text) and text[at] in " \t\r\n,;":
                at += 1
    except (ValueError, RecursionError):
        return values, False
    return values, True


def _cut_out(script: str) -> list[LinkedArticle]:
    """One article from the fields that a broken script still shows."""
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(script):
        fields.setdefault(name, _text(value.replace('\\"', '"').replace("\\/", "/")))
    if not fields:
        return []
    authors = tuple(LinkedAuthor(_text(name), None) for name in _AUTHOR.findall(script)[:1])
    return [
        LinkedArticle(
            2,
            fields.get("headline", ""),
            fields.get("datePublished", ""),
            fields.get("dateCreated", ""),
            fields.get("dateModified", ""),
            authors,
            "",
            "",
            "",
            "",
            "",
            None,
        )
    ]


def _nodes(values: list[Any]) -> Iterator[dict[str, Any]]:
    """The objects of a script that may describe the page itself, not what it lists or mentions."""
    queue = list(values)
    seen = 0
    while queue and seen < _MOST_NODES:
        value = queue.pop(0)
        seen += 1
        if isinstance(value, list):
            queue = value + queue
        elif isinstance(value, dict):
            yield value
            queue = [value[key] for key in _INNER if isinstance(value.get(key), (list, dict))] + queue


def _article(node: dict[str, Any], weight: int, known: dict[str, dict[str, Any]]) -> LinkedArticle:
    free = node.get("isAccessibleForFree")
    if isinstance(free, str):
        free = {"true": True, "false": False}.get(
            free.strip().lower().removeprefix("http://schema.org/").removeprefix("https://schema.org/")
        )
    authors = [author for key in ("author", "creator") for author in _authors(node.get(key), known)]
    return LinkedArticle(
        weight,
        _first(node.get("headline")) or _first(node.get("name")) or _first(node.get("alternativeHeadline")),
        _first(node.get("datePublished")) or _first(node.get("uploadDate")),
        _first(node.get("dateCreated")),
        _first(node.get("dateModified")),
        tuple(dict.fromkeys(authors)),
        next((author.name for author in _authors(node.get("publisher"), known)), ""),
        _first(node.get("url")) or _first(node.get("mainEntityOfPage")) or _first(node.get("@id")),
        _first(node.get("articleSection")),
        _first(node.get("inLanguage")),
        _first(node.get("description")),
        free if isinstance(free, bool) else None,
    )


def _authors(value: Any, known: dict[str, dict[str, Any]], depth: int = 0) -> list[LinkedAuthor]:
    if depth > 3:
        return []
    if isinstance(value, list):
        return [author for item in value[:30] for author in _authors(item, known, depth + 1)]
    if isinstance(value, str):
        return [LinkedAuthor(_text(value), None)] if _text(value) else []
    if not isinstance(value, dict):
        return []
    if "name" not in value and value.get("@id") in known:
        value = known[value["@id"]]
    kind = " ".join(_strings(value.get("@type")))
    name = value.get("name") or " ".join(_first(value.get(key)) for key in ("givenName", "familyName")).strip()
    if isinstance(name, (list, dict)) and not _first(name):
        return _authors(name, known, depth + 1)
    is_person = True if "Person" in kind else False if "Organization" in kind else None
    names = [_text(item) for item in name] if isinstance(name, list) and all(isinstance(item, str) for item in name) else [_first(name)]
    return [LinkedAuthor(item, is_person) for item in names if item]


def _first(value: Any) -> str:
    """The first string in a value, or in its @value, name or @id."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next((value[key] for key in ("@value", "name", "@id", "url") if isinstance(value.get(key), str)), None)
    return _text(value) if isinstance(value, str) else ""


def _strings(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _text(value: str) -> str:
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = re.sub(r"</?[a-zA-Z][^<>]{0,300}>", "", value)
    return " ".join(_UNFIT.sub("\ufffd", value).split())
