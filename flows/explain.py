"""A page as the warehouse sees it, in the terminal: each block with its role and reason, the facts marked in the text."""

from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.style import Style
from rich.text import Text

from flows.errors import WirehouseError
from flows.warehouse import connect_reader

ROLE_STYLES = {
    "headline": "bold bright_white", "deck": "bold", "subhead": "bold", "body": "", "caption": "italic cyan", "credit": "cyan",
    "byline": "magenta", "dateline": "magenta", "widget": "dim", "related": "dim", "promo": "dim", "nav": "dim", "legal": "dim",
    "comment": "dim", "separator": "dim",
}  # fmt: skip
FACT_STYLES = {
    "mention": Style(underline=True),
    "quote": Style(color="green"),
    "date": Style(color="yellow"),
    "event": Style(color="red", bold=True),
    "amount": Style(color="blue"),
}


class Fact(NamedTuple):
    """A span to mark: its kind, where it stands, and what it says."""

    kind: str
    char_start: int
    char_end: int
    says: str


def find_document(con: Any, wanted: str) -> tuple[str, str]:
    """(document_id, source_uri) of the one page that an id or the end of a source_uri names; WirehouseError otherwise."""
    rows = con.execute(
        "select distinct document_id, source_uri from main.documents left join main.articles using (document_id) "
        "where document_id = $1 or article_id = $1 or source_uri = $1 or ends_with(source_uri, $1) order by source_uri limit 6",
        [wanted],
    ).fetchall()
    exact = [row for row in rows if wanted in row]
    rows = exact if len(exact) == 1 else rows
    if not rows:
        raise WirehouseError(
            f'No page has the id or source {wanted!r}. List them: wirehouse sql "select document_id, source_uri from documents"'
        )
    if len(rows) > 1:
        raise WirehouseError(
            f"{wanted!r} names several pages: {', '.join(f'{uri} ({key})' for key, uri in rows[:5])} … Give a document_id."
        )
    return rows[0]


def facts_of(con: Any, document: str) -> list[Fact]:
    """Every fact of a page's articles, by its span."""
    rows = con.execute(
        """
        with own as (select article_id from main.articles where document_id = $1)
        select 'mention', char_start, char_end, entity_id from main.mentions semi join own using (article_id)
        union all
        select 'quote', char_start, char_end, concat_ws(' ', coalesce(speaker_id, speaker_text, 'nobody named'), cue) from main.quotes semi join own using (article_id)
        union all
        select 'date', char_start, char_end, coalesce(value, 'unresolved: ' || basis) from main.dates semi join own using (article_id)
        union all
        select 'event', char_start, char_end, concat_ws(' ', kind, status, cast(starts_on as varchar)) from main.events semi join own using (article_id)
        union all
        select 'amount', char_start, char_end, concat_ws(' ', bound, cast(value as varchar), unit) from main.amounts semi join own using (article_id)
        order by 2, 3
        """,
        [document],
    ).fetchall()
    return [Fact(*row) for row in rows]


def show_document(wanted: str, path: Path) -> None:
    """Print a page: for each block its number, role and reason, then its text with the facts marked and listed."""
    console = Console(highlight=False)
    with connect_reader(path) as con:
        document, uri = find_document(con, wanted)
        blocks = con.execute(
            "select block_no, role, kept, reason, char_start, char_end, text, article_id from main.blocks where document_id = ? order by block_no",
            [document],
        ).fetchall()
        articles = con.execute(
            "select story_no, display_title, title, outlet, syndicated_from, language, published_on, published_earliest, published_latest, "
            "published_basis, byline, article_id from main.articles where document_id = ? order by story_no",
            [document],
        ).fetchall()
        facts = facts_of(con, document)
    console.print(Text(f"{uri}  {document}", style="bold"))
    for no, display, title, outlet, syndicated, language, day, earliest, latest, basis, byline, article in articles:
        console.print(Text(f"Story {no}: {display}" + ("" if title else "  (no headline on the page)")))
        when = str(day) if day else f"between {earliest or '?'} and {latest or '?'}"
        told = {"outlet": outlet, "from": syndicated, "by": byline, "language": language, "id": article}
        console.print(Text("  " + "  ".join(f"{name} {value}" for name, value in told.items() if value), style="dim"))
        console.print(Text(f"  published {when}: {basis}", style="dim"))
    console.print()
    for block_no, role, kept, reason, start, end, text, _ in blocks:
        console.print(Text(f"{block_no:4} {'keep' if kept else 'drop'} {role:<9} {reason}", style="dim"))
        line = Text(printable(text), style=ROLE_STYLES.get(role, ""))
        inside = [fact for fact in facts if fact.char_start >= start and fact.char_end <= end]
        for fact in inside:
            line.stylize(FACT_STYLES[fact.kind], fact.char_start - start, fact.char_end - start)
        console.print(line)
        for fact in inside:
            if fact.kind != "mention":
                said = printable(text[fact.char_start - start : fact.char_end - start])
                shown = said if len(said) < 60 else said[:57] + "…"
                console.print(Text(f"       {fact.kind}: “{shown}” {fact.says}", style=FACT_STYLES[fact.kind] + Style(dim=True)))
    console.print()
    console.print(Text("Marks: "), *(Text(kind, style=style) for kind, style in FACT_STYLES.items()))


def printable(text: str) -> str:
    """The text with control characters shown as U+FFFD, one for one, so that a page cannot steer the terminal.

    >>> printable("a\\x1b[31mb")
    'a\ufffd[31mb'
    """
    return "".join(char if char.isprintable() or char in "\n\t" else "\ufffd" for char in text)
