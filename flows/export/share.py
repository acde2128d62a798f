"""A pack to share: facts, spans and hashes without the articles' text, which joins back to a lawful copy of the pages."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from flows.export.places import new_folder
from flows.export.tables import BATCH_ROWS
from flows.schemas import TABLES

# columns of any table that hold the publishers' own wording; in the pack stands their SHA-256, which anybody with the page can compute
WORDING = ("text", "earlier_text", "title", "display_title", "deck", "body", "teaser", "caption", "what")
LEFT_OUT = ("rejects",)

README = """# Facts without text

{documents} pages, {articles} articles: who said what to whom, when and where, each fact with its place in the page's text.
The text itself is not here. Where a column held it, there is its SHA-256 (`text_sha256`), in UTF-8.

## Join it to your own copy of the pages

Load your copy of the same pages with wirehouse {version}: the same input gets the same `document_id`. Then, in DuckDB:

    attach 'news.duckdb' as mine (read_only);
    select quotes.*, substring(documents.text, quotes.char_start + 1, quotes.char_end - quotes.char_start) as text
    from 'quotes.parquet' as quotes
    join 'articles.parquet' as articles on articles.article_id = quotes.article_id
    join mine.main.documents as documents on documents.document_id = articles.document_id
    where sha256(substring(documents.text, quotes.char_start + 1, quotes.char_end - quotes.char_start)) = quotes.text_sha256;

Pages that came to you another way have other ids: join on the hash of the page's text instead,
`sha256(documents.text) = shared.text_sha256`. Spans count characters from 0, the end exclusive. Short texts can be guessed
from their hashes; what a hash hides is wording, not a secret.
"""


def export_share(con: duckdb.DuckDBPyConnection, out: Path, version: str) -> dict[str, int]:
    """Write a Parquet file a table, with hashes in the place of publishers' wording, and a README; returns rows by table."""
    rows = {}
    with new_folder(out) as folder:
        for table in TABLES:
            if table in LEFT_OUT:
                continue
            reader = con.execute(shared_select(con, table)).to_arrow_reader(BATCH_ROWS)
            rows[table] = 0
            with pq.ParquetWriter(folder / f"{table}.parquet", reader.schema, compression="zstd") as writer:
                for batch in reader:
                    writer.write_batch(batch)
                    rows[table] += batch.num_rows
        readme = README.format(documents=rows["documents"], articles=rows["articles"], version=version)
        (folder / "README.md").write_text(readme, encoding="utf-8")
    return rows


def shared_select(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """The select of a table without its wording; the basis of a day keeps what it follows from, not the words."""
    columns = [row[0] for row in con.execute(f"describe main.{table}").fetchall()]
    listed = [f'sha256("{name}") as "{name}_sha256"' if name in WORDING else f'"{name}"' for name in columns]
    listed = [
        r"regexp_replace(published_basis, '“[^”]*”', '“…”', 'g') as published_basis" if name == '"published_basis"' else name
        for name in listed
    ]
    return f"select {', '.join(listed)} from main.{table}"
