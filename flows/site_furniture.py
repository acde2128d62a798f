"""What the sites of a warehouse repeat from page to page: learned by ``wirehouse refresh``, used for pages that come later."""

from pathlib import Path

import duckdb
import polars as pl

from flows import warehouse
from flows.clean.sites import REPEATED, SITE_LINES, learned_lines

_MOST_PAGES = 5000  # of a site; of more, those with the lowest ids, which follow from the pages alone
_MARK = "select count(*) as documents, coalesce(bit_xor(hash(document_id, site)), 0) as digest from main.documents"


def known_lines(path: Path) -> pl.DataFrame | None:
    """The lines that the last refresh found repeated on the sites of a warehouse; None when none was learned yet."""
    if not path.exists():
        return None
    with warehouse.connect_reader(path) as con:
        return _held(con)


def _held(con: duckdb.DuckDBPyConnection) -> pl.DataFrame | None:
    found = con.execute("select 1 from duckdb_tables() where schema_name = 'ref' and table_name = 'site_furniture'").fetchone()
    return con.execute("from ref.site_furniture order by site, line_key").pl().cast(dict(SITE_LINES)) if found else None  # type: ignore[arg-type]


def learn(con: duckdb.DuckDBPyConnection) -> tuple[pl.DataFrame, list[str]] | None:
    """All lines that stand on three pages of their site or more, and the ids of the pages of sites of which that has changed.

    None when no page has come or gone since it was last learned. It follows from the pages alone, not from the order in which
    they came.
    """
    learned = con.execute("select 1 from duckdb_tables() where schema_name = 'pipeline' and table_name = 'sites_learned'").fetchone()
    if learned and con.execute("from pipeline.sites_learned").fetchone() == con.execute(_MARK).fetchone():
        return None
    sites = con.execute(
        "select site from main.documents where site is not null group by site having count(*) >= ? order by site", [REPEATED]
    ).fetchall()
    parts = []
    for (site,) in sites:
        pages = con.execute("select site, text from main.documents where site = ? order by document_id limit ?", [site, _MOST_PAGES]).pl()
        parts.append(learned_lines(pages))
    lines = pl.concat(parts) if parts else pl.DataFrame(schema=SITE_LINES)
    held = _held(con)
    before = held if held is not None else pl.DataFrame(schema=SITE_LINES)
    changed = pl.concat([before, lines]).filter(pl.len().over("site", "line_key", "pages") == 1)["site"].unique().sort().to_list()
    documents = con.execute("select document_id from main.documents where site in (select unnest(?)) order by all", [changed]).fetchall()
    return lines, [row[0] for row in documents]


def keep(con: duckdb.DuckDBPyConnection, lines: pl.DataFrame) -> None:
    """Write what was learned, and of which pages."""
    con.register("learned_now", lines)
    con.execute("create or replace table ref.site_furniture as select site, line_key, pages from learned_now order by site, line_key")
    con.execute(
        "comment on table ref.site_furniture is 'One row per line that a site repeats on three pages or more: the number of its words, and on how many pages, in steps.'"
    )
    con.execute(f"create or replace table pipeline.sites_learned as {_MARK}")
    con.unregister("learned_now")
