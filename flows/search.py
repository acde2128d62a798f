"""Full-text search: articles, quotes and names that hold the words asked for, the best first, with what to mark in them.

The index is made of plain tables (``flows.publish.search_index``), so a reader needs no extension. A query's words may
stand anywhere in an article's headline, deck, byline, body or among the usual names of all that it mentions, so that
Nixon is found where Никсон is printed; words between double quotes must stand one after the other.
"""

import datetime as dt
import json
import re
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from flows.errors import WirehouseError
from flows.warehouse import connect_reader

Marks = list[tuple[int, int]]
SNIPPET_CHARACTERS = 260
_TOKEN = re.compile("[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*")
_NO_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]"
)
_PHRASE = re.compile('["“„«]([^"“”„«»]+)["”“»]')
_LETTERS = str.maketrans("đðłøıħŧ", "ddloiht")
_ACCENTED = {"a": "[aàáâãäåāăą]", "c": "[cçćčĉ]", "d": "[dđðď]", "e": "[eèéêëēĕėęě]", "g": "[gğģĝ]", "i": "[iìíîïīĭįı]", "l": "[lłĺľļ]", "n": "[nñńňņ]",
             "o": "[oòóôõöøōŏő]", "r": "[rŕřŗ]", "s": "[sśšşș]", "t": "[tťţțŧ]", "u": "[uùúûüūŭůűų]", "y": "[yýÿ]", "z": "[zźžż]", "и": "[ий]", "е": "[её]"}  # fmt: skip
_ARTICLE = "concat_ws(' | ', articles.display_title, articles.deck, articles.body)"


class ArticleHit(NamedTuple):
    """An article that fits: ``snippet`` is a passage of its body, the marks are character spans in headline and snippet."""

    article_id: str
    title: str
    title_marks: Marks
    snippet: str
    snippet_marks: Marks
    outlet: str | None
    published_on: dt.date | None
    language: str | None
    score: float


class QuoteHit(NamedTuple):
    """A quote that fits, with its speaker; the marks are character spans in its text."""

    article_id: str
    quote_no: int
    text: str
    marks: Marks
    speaker: str | None
    article_title: str
    outlet: str | None
    published_on: dt.date | None
    score: float


class NameHit(NamedTuple):
    """A person, body, country or place of that name, with the number of articles that mention it."""

    entity_id: str
    name: str
    kind: str
    country: str | None
    description: str | None
    article_count: int


class Found(NamedTuple):
    """What a search found: how many articles and quotes in all, the best of them, and articles by outlet and by year."""

    words: list[str]
    article_count: int
    articles: list[ArticleHit]
    quote_count: int
    quotes: list[QuoteHit]
    names: list[NameHit]
    outlets: list[tuple[str | None, int]]
    years: list[tuple[int | None, int]]


def search(
    con: duckdb.DuckDBPyConnection,
    query: str,
    *,
    speaker: str | None = None,
    outlet: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    top: int = 10,
    skip: int = 0,
) -> Found:
    """Articles, quotes and names for a query, ranked by BM25; where no text holds all words, those that hold the most.

    ``speaker`` keeps quotes of a person or body of that name and the articles in which they stand, ``outlet`` part of an
    outlet's name; with ``since`` or ``until`` (days of publication) articles without a day are left out. ``top`` and
    ``skip`` choose a page of articles and quotes. Raises WirehouseError when the warehouse has no index.
    """
    try:
        row = con.execute("select list_distinct(search.words(?))", [query]).fetchone()
    except duckdb.CatalogException:
        raise WirehouseError("this warehouse has no search index yet; the next wirehouse run makes it.") from None
    words: list[str] = row[0] if row and row[0] else []
    words = [word for word in words if not ("a" <= word <= "z" and len(word) == 1)] or words  # what is left of Reagan's
    if not words:
        return Found([], 0, [], 0, [], [], [], [])
    phrases = [phrase for phrase in _PHRASE.findall(query) if len(phrase.split()) > 1 or _NO_SPACES.search(phrase)]
    marked = set(words)
    where, values = _article_filter(outlet, since, until)

    of_speaker = " and strip_accents(coalesce(speakers.name, quotes.speaker_text)) ilike '%' || strip_accents(?) || '%'" if speaker else ""
    quotes = _best(
        con,
        "quote",
        words,
        "scores.article_id, scores.quote_no, scores.score from scores "
        "join main.quotes as quotes on quotes.article_id = scores.article_id and quotes.quote_no = scores.quote_no "
        "join search.articles as articles on articles.article_id = scores.article_id "
        f"left join main.entities as speakers on speakers.entity_id = quotes.speaker_id where {where}{_holds('quotes.text', phrases)}{of_speaker}",
        "scores.score desc, articles.published_on desc nulls last, scores.article_id, scores.quote_no",
        [*values, *patterns(phrases), *([speaker] if speaker else [])],
        exact=bool(phrases),
    )
    articles = _best(
        con,
        "article",
        words,
        "scores.article_id, articles.outlet, year(articles.published_on) as year, scores.score from scores "
        f"join search.articles as articles on articles.article_id = scores.article_id where {where}{_holds(_ARTICLE, phrases)}"
        + (" and list_contains(?, scores.article_id)" if speaker else ""),
        "scores.score desc, articles.published_on desc nulls last, scores.article_id",
        [*values, *patterns(phrases), *([quotes["article_id"].unique().to_list()] if speaker else [])],
        exact=bool(phrases),
    )
    return Found(
        words,
        len(articles),
        _articles(con, articles[skip : skip + top], marked),
        len(quotes),
        _quotes(con, quotes[skip : skip + top], marked),
        _names(con, words, top),
        _facet(articles, "outlet"),
        _facet(articles, "year"),
    )


def patterns(phrases: list[str]) -> list[str]:
    """Two regular expressions for each phrase: its words one after the other, whatever stands between them, accents aside; and whole.

    The first finds the words within longer ones too. It is fifty times as fast where a text does not hold the phrase, so it is
    asked first.

    >>> [pattern.count("down") for pattern in patterns(["tear down"])]
    [0, 0]
    """
    made = []
    for phrase in phrases:
        words = [
            "".join(_ACCENTED.get(char, char) + (r"\p{M}*" if char in _ACCENTED or char > "z" else "") for char in _plain(word))
            for word in _TOKEN.findall(phrase.lower())
        ]
        ends = ("", "") if _NO_SPACES.search(phrase) else (r"(?:^|[^\p{L}\p{N}])", r"(?:$|[^\p{L}\p{N}])")
        inner = r"[^\p{L}\p{N}]+".join(words)
        made += ["(?i)" + inner, "(?i)" + ends[0] + inner + ends[1]]
    return made


def highlight(text: str, words: set[str]) -> Marks:
    """Character spans of a text's words that a query's words (``Found.words``) name, accents and case aside.

    >>> highlight("Tuđman’s missiles", {"tudman", "missile"})
    [(0, 6), (9, 17)]
    """
    marks: Marks = []
    for token in _TOKEN.finditer(text):
        if _NO_SPACES.search(token[0]):
            start = token.start()
            pairs = [(at, at + 2) for at in range(start, token.end() - 1) if fold(text[at : at + 2]) in words]
            if len(token[0]) == 1 and fold(token[0]) in words:
                pairs = [token.span()]
            for one in pairs:
                if marks and one[0] <= marks[-1][1]:
                    marks[-1] = (marks[-1][0], one[1])
                else:
                    marks.append(one)
        elif fold(token[0]) in words:
            marks.append(token.span())
    return marks


def fold(word: str) -> str:
    """A word as the index holds it, the same as the macro ``search.fold``: lower case, no accents, no English plural s."""
    word = word.lower()
    stem = word
    if word.endswith("s") and len(word) >= 4 and not word.endswith(("us", "ss")):
        stem = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return _plain(stem)


def snippet(text: str, marks: Marks, *, characters: int = SNIPPET_CHARACTERS) -> tuple[str, Marks]:
    """The passage of a text with the most marks, cut at spaces, and the marks in it; without marks, its beginning."""
    best, most = 0, 0
    for first, (start, _) in enumerate(marks):
        within = sum(1 for _, end in marks[first : first + 40] if end <= start + characters - 60)
        if within > most:
            best, most = start, within
    start = max(0, best - 60)
    if start:
        start = next((at + 1 for at in range(start, best) if text[at].isspace()), start)
    end = min(len(text), start + characters)
    if end < len(text):
        end = next((at for at in range(end, max(start, end - 40), -1) if text[at].isspace()), end)
    head = "…" if start else ""
    passage = head + re.sub(r"\s", " ", text[start:end]) + ("…" if end < len(text) else "")
    shift = len(head) - start
    return passage, [(one + shift, other + shift) for one, other in marks if one >= start and other <= end]


def _plain(word: str) -> str:
    """A word without its accents."""
    if word.isascii():
        return word
    plain = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)


def _holds(text: str, phrases: list[str]) -> str:
    """The condition that a text holds the phrases, asked of texts with a score alone: a plain condition would be asked of all texts first."""
    asked = f"case when regexp_matches({text}, ?) then regexp_matches({text}, ?) end"
    return "".join(f" and case when scores.score is not null then {asked} end" for _ in phrases)


def _best(
    con: duckdb.DuckDBPyConnection, kind: str, words: list[str], wanted: str, order: str, values: list[Any], *, exact: bool
) -> pl.DataFrame:
    """The texts of a kind that are wanted, and of them those that hold the most of the words, with ``exact`` all.

    Mostly a wanted text is among those that hold the most of all. Where none is (a page's earlier version holds more, or
    another outlet's article), the wanted ones are counted apart, which joins every text that holds any of the words.
    """
    most = str(len(words)) if exact else "(select max(words_found) from scored)"
    found = con.execute(f"{_scores(kind, words, most)} select {wanted} order by {order}", [*words, *values]).pl()
    if found.is_empty() and not exact and len(words) > 1:
        most_of_wanted = "qualify scores.words_found = max(scores.words_found) over ()"
        found = con.execute(f"{_scores(kind, words)} select {wanted} {most_of_wanted} order by {order}", [*words, *values]).pl()
    return found


def _scores(kind: str, words: list[str], most: str = "scored.words_found") -> str:
    """The opening of a query: ``scores`` with the texts of a kind that hold ``most`` of the words, else any of them.

    The words are the query's first values.
    """
    listed = ", ".join("?" for _ in words)
    return (
        f"with hits as materialized (select term, text_no, times, length from search.terms where kind = '{kind}' and term in ({listed})), "
        "weights as (select term, ln(1 + (any_value(totals.texts) - count(*) + 0.5) / (count(*) + 0.5)) as weight, any_value(totals.mean_length) as mean_length "
        f"from hits join search.totals as totals on totals.kind = '{kind}' group by term), "
        "scored as (select hits.text_no, count(*) as words_found, sum(weights.weight * hits.times * 2.2 / "
        "(hits.times + 1.2 * (0.25 + 0.75 * hits.length / weights.mean_length))) as score from hits join weights on weights.term = hits.term group by hits.text_no), "
        "scores as (select texts.article_id, texts.quote_no, texts.entity_id, scored.score, scored.words_found from scored join search.texts as texts "
        f"on texts.text_no = scored.text_no where scored.words_found = {most})"
    )


def _article_filter(outlet: str | None, since: dt.date | None, until: dt.date | None) -> tuple[str, list[Any]]:
    conditions, values = ["true"], []
    for condition, value in (
        ("strip_accents(articles.outlet) ilike '%' || strip_accents(?) || '%'", outlet),
        ("articles.published_on >= ?", since),
        ("articles.published_on <= ?", until),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return " and ".join(conditions), values


def _articles(con: duckdb.DuckDBPyConnection, best: pl.DataFrame, words: set[str]) -> list[ArticleHit]:
    rows = con.execute(
        "select article_id, display_title, coalesce(body, ''), outlet, published_on, language from main.articles where list_contains(?, article_id)",
        [best["article_id"].to_list()],
    ).fetchall()
    found = {row[0]: row[1:] for row in rows}
    hits = []
    for article_id, score in best.select("article_id", "score").iter_rows():
        title, body, outlet, published_on, language = found[article_id]
        passage, marks = snippet(body, highlight(body, words))
        hits.append(ArticleHit(article_id, title, highlight(title, words), passage, marks, outlet, published_on, language, score))
    return hits


def _quotes(con: duckdb.DuckDBPyConnection, best: pl.DataFrame, words: set[str]) -> list[QuoteHit]:
    rows = con.execute(
        "select quotes.article_id, quotes.quote_no, quotes.text, coalesce(speakers.name, quotes.speaker_text), articles.display_title, articles.outlet, "
        "articles.published_on from main.quotes as quotes join search.articles as articles on articles.article_id = quotes.article_id "
        "left join main.entities as speakers on speakers.entity_id = quotes.speaker_id where list_contains(?, quotes.article_id)",
        [best["article_id"].to_list()],
    ).fetchall()
    found = {row[:2]: row[2:] for row in rows}
    hits = []
    for article_id, quote_no, score in best.iter_rows():
        text, speaker, title, outlet, published_on = found[(article_id, quote_no)]
        hits.append(QuoteHit(article_id, quote_no, text, highlight(text, words), speaker, title, outlet, published_on, score))
    return hits


def _names(con: duckdb.DuckDBPyConnection, words: list[str], top: int) -> list[NameHit]:
    rows = con.execute(
        f"{_scores('name', words, '(select max(words_found) from scored)')}, best as (select entity_id, score from scores order by score desc, entity_id limit 200) "
        "select entities.entity_id, entities.name, entities.kind, entities.country, entities.description, count(distinct mentions.article_id) as article_count "
        "from best join main.entities as entities on entities.entity_id = best.entity_id "
        "left join (select mentions.entity_id, mentions.article_id from main.mentions as mentions semi join search.articles as articles "
        "on articles.article_id = mentions.article_id) as mentions on mentions.entity_id = best.entity_id group by all "
        "order by article_count desc, entities.name, entities.entity_id limit ?",
        [*words, top],
    ).fetchall()
    return [NameHit(*row) for row in rows]


def _facet(articles: pl.DataFrame, column: str) -> list[tuple[Any, int]]:
    counted = articles.group_by(column).len().sort("len", column, descending=[True, False], nulls_last=True)
    return [(value, count) for value, count in counted.iter_rows()]


def search_and_show(
    query: str,
    path: Path,
    *,
    speaker: str | None,
    outlet: str | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
    top: int,
    format: str,
) -> None:
    """Search a warehouse and print what was found: as text for the eye, or as JSON."""
    if format not in ("text", "json"):
        raise WirehouseError(f"--format {format}: choose text or json.")
    days = [day.date() if day else None for day in (since, until)]
    with connect_reader(path) as con:
        found = search(con, query, speaker=speaker, outlet=outlet, since=days[0], until=days[1], top=top)
    if format == "json":
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1, default=str))
    else:
        show_found(found)


def as_json(found: Found) -> dict[str, Any]:
    """What was found as plain lists and dictionaries."""
    out: dict[str, Any] = found._asdict()
    for name in ("articles", "quotes", "names"):
        out[name] = [each._asdict() for each in out[name]]
    return out


def show_found(found: Found) -> None:
    """Print what was found, marked words in bold."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)

    def line(text: str, marks: Marks, *, indent: str = "", style: str = "") -> None:
        shown = Text("".join(char if char.isprintable() else "�" for char in text), style=style)
        for start, end in marks:
            shown.stylize("bold yellow", start, end)
        console.print(Text(indent) + shown)

    if not found.article_count and not found.quote_count and not found.names:
        print("Nothing found.")
        return
    for name in found.names[:3]:
        about = ", ".join(part for part in (name.kind, name.country, name.description) if part)
        line(f"{name.name} ({about}), in {name.article_count} article{'' if name.article_count == 1 else 's'}", [], style="dim")
    for hit in found.articles:
        console.print()
        line(hit.title, hit.title_marks)
        line(hit.snippet, hit.snippet_marks, indent="  ")
        line(f"{hit.outlet or 'outlet unknown'} · {hit.published_on or 'day unknown'} · {hit.article_id}", [], indent="  ", style="dim")
    if found.quotes:
        console.print("\nSaid")
    for said in found.quotes:
        line(f"“{said.text}”", [(start + 1, end + 1) for start, end in said.marks], indent="  ")
        line(
            f"{said.speaker or 'speaker unknown'} · {said.outlet or 'outlet unknown'} · {said.published_on or 'day unknown'}",
            [],
            indent="    ",
            style="dim",
        )
    print(
        f"\n{found.article_count} article{'' if found.article_count == 1 else 's'}, {found.quote_count} quote{'' if found.quote_count == 1 else 's'}."
    )
    for title, facet in (("By outlet", found.outlets), ("By year", found.years)):
        if facet:
            print(f"{title}: " + ", ".join(f"{value if value is not None else 'unknown'} {count}" for value, count in facet[:8]))
