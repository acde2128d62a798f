"""The full-text index of a warehouse: plain tables in schema ``search``, kept in step with articles, quotes and names.

``search.texts`` has a row a searchable text (an article, a quote, a name), ``search.terms`` a row a word of a text; the
macros of ``sql/search`` look words up and rank the texts. The index grows by what a run adds. Rows of a run are sorted by
word, so that DuckDB skips what a query does not ask for; when the unsorted part outgrows the sorted one, all is sorted
anew, which happens each time that the warehouse has doubled.
"""

import itertools
from pathlib import Path

import duckdb

from flows.publish.models import ROOT

CHUNK_TEXTS = {"article": 5_000, "quote": 100_000, "name": 200_000}
LEAST_ROWS_TO_SORT = 1_000_000
_KIND = "enum('article', 'name', 'quote')"
_TABLES = {
    "texts": (
        f"text_no integer, kind {_KIND}, article_id varchar, quote_no integer, entity_id varchar, length integer",
        "One row a text that can be searched for: an article, a quote or a name.",
        {
            "text_no": "Key, in the order of indexing.",
            "kind": "article, quote or name.",
            "article_id": "Article, or article of the quote.",
            "quote_no": "Quote.",
            "entity_id": "Whose name it is.",
            "length": "Words, each as often as it counts: those of a title three times.",
        },
    ),
    "terms": (
        f"term varchar, kind {_KIND}, text_no integer, times smallint, length integer",
        "One row a word of a text.",
        {
            "term": "Word in lower case, without accents and plural s.",
            "kind": "Kind of the text.",
            "text_no": "Text.",
            "times": "How often it counts there.",
            "length": "Words of the text, each as often as it counts.",
        },
    ),
    "totals": (
        f"kind {_KIND}, texts bigint, mean_length double",
        "One row a kind of text.",
        {"kind": "article, quote or name.", "texts": "How many there are.", "mean_length": "Their words on average."},
    ),
    "state": ("sorted_rows bigint", "One row: how far search.terms is sorted by word.", {"sorted_rows": "Rows from the first on."}),
}
# what is searched of an article: its title three times, deck, body, and the usual names of all that it mentions
_WORDS = {
    "article": """
        select texts.text_no, unnest(search.cut(concat_ws(' | ', articles.display_title, articles.display_title, articles.display_title,
            articles.deck, articles.byline, articles.body, names.names))) as word
        from search.texts as texts
        join main.articles as articles on articles.article_id = texts.article_id
        left join (
            select mentioned.article_id, string_agg(entities.name, ' | ') as names
            from (select distinct mentions.article_id, mentions.entity_id from main.mentions as mentions
                  semi join search.texts as chosen on chosen.article_id = mentions.article_id and chosen.text_no between $first and $last) as mentioned
            join main.entities as entities on entities.entity_id = mentioned.entity_id
            group by mentioned.article_id
        ) as names on names.article_id = texts.article_id
        where texts.kind = 'article' and texts.text_no between $first and $last""",
    "quote": """
        select texts.text_no, unnest(search.cut(quotes.text)) as word
        from search.texts as texts
        join main.quotes as quotes on quotes.article_id = texts.article_id and quotes.quote_no = texts.quote_no
        where texts.kind = 'quote' and texts.text_no between $first and $last""",
    "name": """
        select texts.text_no, unnest(search.cut(entities.name)) as word
        from search.texts as texts
        join main.entities as entities on entities.entity_id = texts.entity_id
        where texts.kind = 'name' and texts.text_no between $first and $last""",
}


def extend_index(con: duckdb.DuckDBPyConnection, staged: Path | None = None) -> int:
    """Bring the index in step with what the warehouse holds, in the caller's transaction; returns the number of new texts.

    New articles with their quotes, and new names, are added; those that are gone are taken out. ``staged`` is a folder
    that keeps what was added, so that the spare copy of a warehouse takes it from there and does not cut words again.
    """
    create_index(con)
    _drop_gone(con)
    files = [staged / f"{table}.parquet" for table in ("texts", "terms")] if staged else []
    kept = bool(files) and all(file.exists() for file in files) and _goes_on(con, files[0])
    added = 0
    if kept:
        added = _count(con, "insert into search.texts select * from read_parquet(?)", [str(files[0])])
        con.execute("insert into search.terms select * from read_parquet(?)", [str(files[1])])
    first, last = _add_texts(con)
    if last >= first:
        _cut_texts(con, first, last)
        if staged and not kept:
            staged.mkdir(exist_ok=True)
            for table, file in zip(("texts", "terms"), files, strict=True):
                target = str(file).replace("'", "''")
                con.execute(f"copy (select * from search.{table} where text_no >= {first}) to '{target}' (format parquet, compression lz4)")
    _sort_terms(con)
    con.execute("delete from search.totals")
    con.execute("insert into search.totals select kind, count(*), avg(length) from search.texts group by kind")
    return added + last - first + 1


def create_index(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of the index where there are none, and the macros anew."""
    if not con.execute("select 1 from duckdb_tables() where schema_name = 'search' and table_name = 'state'").fetchone():
        con.execute("create schema if not exists search")
        for table, (columns, _, _) in _TABLES.items():
            con.execute(f"create table search.{table} ({columns})")
            _comment(con, table)
        con.execute("insert into search.state values (0)")
    con.execute((ROOT / "search" / "macros.sql").read_text(encoding="utf-8"))


def _comment(con: duckdb.DuckDBPyConnection, table: str) -> None:
    _, comment, about = _TABLES[table]
    con.execute(f"comment on table search.{table} is '{comment}'")
    for column, meaning in about.items():
        con.execute(f"comment on column search.{table}.{column} is '{meaning}'")


def forget_articles(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> None:
    """Take articles and their quotes out of the index; ``extend_index`` takes them in again as they then are.

    Whoever changes a row of ``articles`` or ``quotes`` calls this first: the index does not read again what it has read.
    """
    con.execute("create or replace temp table gone as select text_no from search.texts where list_contains(?, article_id)", [article_ids])
    _drop(con)


def _drop_gone(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "create or replace temp table gone as "
        "select text_no from search.texts as texts anti join main.articles as articles on articles.article_id = texts.article_id where kind != 'name' "
        "union all select text_no from search.texts as texts anti join main.entities as entities on entities.entity_id = texts.entity_id where kind = 'name'"
    )
    _drop(con)


def _drop(con: duckdb.DuckDBPyConnection) -> None:
    if con.execute("select 1 from gone limit 1").fetchone():
        con.execute("delete from search.terms where text_no in (select text_no from gone)")
        con.execute("delete from search.texts where text_no in (select text_no from gone)")
        con.execute("update search.state set sorted_rows = least(sorted_rows, (select count(*) from search.terms))")
    con.execute("drop table gone")


def _goes_on(con: duckdb.DuckDBPyConnection, texts: Path) -> bool:
    """Whether kept texts go on where the index ends; an index that was made otherwise cuts the words itself."""
    row = con.execute(
        "select (select min(text_no) from read_parquet(?)) = (select coalesce(max(text_no), 0) + 1 from search.texts)", [str(texts)]
    ).fetchone()
    return bool(row and row[0])


def _add_texts(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Number the texts that the index does not hold yet; returns the first and the last number."""
    row = con.execute("select coalesce(max(text_no), 0) from search.texts").fetchone()
    before = int(row[0]) if row else 0
    con.execute("create or replace temp table fresh as select article_id from main.articles anti join search.texts using (article_id)")
    added = _count(
        con,
        "insert into search.texts select ? + row_number() over (order by kind, article_id, quote_no, entity_id), kind::"
        + _KIND
        + ", * exclude (kind), 0 from ("
        "select 'article' as kind, article_id, null::integer as quote_no, null::varchar as entity_id from fresh "
        "union all select 'quote', article_id, quote_no, null from main.quotes semi join fresh using (article_id) "
        "union all select 'name', null, null, entity_id from main.entities anti join search.texts using (entity_id))",
        [before],
    )
    con.execute("drop table fresh")
    return before + 1, before + added


def _cut_texts(con: duckdb.DuckDBPyConnection, first: int, last: int) -> None:
    """Count the words of these texts, some texts at a time to bound the memory; each lot is sorted by word."""
    spans = con.execute(
        "select kind, min(text_no), max(text_no) from search.texts where text_no between ? and ? group by kind order by kind", [first, last]
    ).fetchall()
    for kind, lowest, highest in spans:
        for start in range(lowest, highest + 1, CHUNK_TEXTS[kind]):
            con.execute(
                f"create or replace temp table fresh_terms as select *, sum(times) over (partition by text_no)::integer as length from ("
                f"select search.fold(word) as term, '{kind}'::{_KIND} as kind, text_no, least(count(*), 32767)::smallint as times "
                f"from ({_WORDS[kind]}) group by all)",
                {"first": start, "last": min(start + CHUNK_TEXTS[kind] - 1, highest)},
            )
            con.execute("insert into search.terms select * from fresh_terms order by term, text_no")
            con.execute(
                "update search.texts set length = counted.length "
                "from (select text_no, any_value(length) as length from fresh_terms group by text_no) as counted where counted.text_no = texts.text_no"
            )
    con.execute("drop table fresh_terms")


def _sort_terms(con: duckdb.DuckDBPyConnection) -> None:
    """Sort all terms anew when those added since the last time are more than those sorted then; by ranges of words, to bound the memory."""
    rows, ordered = con.execute("select (select count(*) from search.terms), (select sorted_rows from search.state)").fetchone() or (0, 0)
    if rows - ordered <= max(ordered, LEAST_ROWS_TO_SORT):
        return
    bounds = con.execute(
        "select list(term order by term) from (select distinct quantile_disc(term, [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875]) as terms "
        "from (select term from search.terms using sample 50000 rows (reservoir, 1))), unnest(terms) as unnested(term)"
    ).fetchone()
    edges = [None, *dict.fromkeys(bounds[0] if bounds and bounds[0] else []), None]
    con.execute("create table search.ordered as select * from search.terms limit 0")
    for low, high in itertools.pairwise(edges):
        con.execute(
            "insert into search.ordered select * from search.terms where ($low is null or term >= $low) and ($high is null or term < $high) order by term, text_no",
            {"low": low, "high": high},
        )
    con.execute("drop table search.terms")
    con.execute("alter table search.ordered rename to terms")
    _comment(con, "terms")
    con.execute("update search.state set sorted_rows = ?", [rows])


def _count(con: duckdb.DuckDBPyConnection, sql: str, values: list[object]) -> int:
    row = con.execute(sql, values).fetchone()
    return int(row[0]) if row else 0
