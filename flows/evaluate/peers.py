"""Other extractors, where they are installed (``pip install 'wirehouse[peers]'``), each as one function from HTML to what it finds."""

import importlib.util
import re
from collections.abc import Callable
from typing import Any, NamedTuple


class Extracted(NamedTuple):
    """What an extractor makes of a page; None where it does not tell, or cannot."""

    body: str
    title: str | None = None
    date: str | None = None
    authors: str | None = None


class Peer(NamedTuple):
    """An extractor by name and version; ``tells`` are the fields beside the body that it gives."""

    name: str
    extract: Callable[[str], Extracted]
    tells: tuple[str, ...] = ()


def installed_peers() -> list[Peer]:
    """The extractors that can be imported here."""
    makers = {
        "trafilatura": _trafilatura,
        "readability": _readability,
        "resiliparse": _resiliparse,
        "justext": _justext,
        "newspaper": _newspaper,
    }
    return [peer for module, make in makers.items() if importlib.util.find_spec(module) for peer in make()]


def _trafilatura() -> list[Peer]:
    import trafilatura

    def extract(html: str, *, favor_precision: bool) -> Extracted:
        found: Any = trafilatura.bare_extraction(html, favor_precision=favor_precision, include_comments=False, with_metadata=True)
        return Extracted(found.text or "", found.title, found.date, found.author) if found else Extracted("")

    name = f"trafilatura {trafilatura.__version__}"
    return [
        Peer(name, lambda html: extract(html, favor_precision=False), ("title", "date", "authors")),
        Peer(f"{name}, precision", lambda html: extract(html, favor_precision=True), ("title", "date", "authors")),
    ]


def _readability() -> list[Peer]:
    import readability
    from lxml import html as lxml_html

    def extract(html: str) -> Extracted:
        document = readability.Document(html)
        tree = lxml_html.fromstring(document.summary(html_partial=True))
        for block in tree.iter("p", "div", "li", "h1", "h2", "h3", "h4", "br", "tr", "blockquote"):
            block.tail = "\n" + (block.tail or "")
        return Extracted(tree.text_content(), document.short_title())

    return [Peer("readability-lxml", extract, ("title",))]


def _resiliparse() -> list[Peer]:
    from resiliparse.extract.html2text import extract_plain_text

    return [Peer("resiliparse", lambda html: Extracted(extract_plain_text(html, main_content=True, alt_texts=False)))]


def _justext() -> list[Peer]:
    import justext

    words: dict[str, frozenset[str]] = {}
    languages = {
        "de": "German",
        "fr": "French",
        "es": "Spanish",
        "pt": "Portuguese",
        "it": "Italian",
        "ru": "Russian",
        "uk": "Ukrainian",
        "pl": "Polish",
        "tr": "Turkish",
        "ar": "Arabic",
        "fa": "Persian",
        "hi": "Hindi",
        "ko": "Korean",
    }

    def extract(html: str) -> Extracted:
        found = re.search(r"<html[^>]*\blang=[\"']?([a-z]{2})", html[:5000], re.IGNORECASE)
        language = languages.get(found[1].lower() if found else "", "English")
        if language not in words:
            words[language] = justext.get_stoplist(language)
        paragraphs = justext.justext(html.encode("utf-8", "replace"), words[language], encoding="utf-8")
        return Extracted("\n".join(each.text for each in paragraphs if not each.is_boilerplate))

    return [Peer("jusText", extract)]


def _newspaper() -> list[Peer]:
    import newspaper

    def extract(html: str) -> Extracted:
        article = newspaper.Article("https://page.example/", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        day = article.publish_date
        return Extracted(article.text, article.title, day.date().isoformat() if day else None, ", ".join(article.authors))

    return [Peer("newspaper4k", extract, ("title", "date", "authors"))]
