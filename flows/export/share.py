"""A pack to share: facts, spans and hashes without the articles' text, which joins back to a lawful copy of the pages."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from flows.export.places import new_folder
from flows.export.tables import BATCH_ROWS
from flows.schemas import TABLES

# what stands in clear beside numbers, days and lists of ids: keys, codes, and the names of outlets and of whom an article mentions.
# In the place of any other text stands its SHA-256, which anybody with the page can compute.
CLEAR = frozenset({
    "document_id", "article_id", "earlier_article_id", "entity_id", "speaker_id", "place_id", "holder_id", "target_id", "cluster_id", "happening_id",
    "duplicate_of", "supersedes", "run_id", "wikidata_id", "source_uri", "url", "site", "media_type", "encoding", "language", "country",
    "kind", "role", "change", "method", "cue_class", "anonymity", "type", "value", "grain", "plover", "cameo", "quad", "mode", "status",
    "unit", "bound", "topic", "label", "outlet", "syndicated_from", "dateline_place", "entities.name", "entities.description",
})  # fmt: skip
REASONS = ("reason", "basis", "title_basis", "byline_basis", "published_basis", "date_basis")  # in clear but for what they quote
LEFT_OUT = ("rejects",)

README = """# Facts without text

{documents} pages, {articles} articles: who said what to whom, when and where, each fact with its place in the page's text.
The text itself is not here. Where a column held words of a page, its authors' names and the words that tell of a fact too,
there is their SHA-256 (`text_sha256`), in UTF-8. In clear are numbers, days, codes, addresses, and the names of outlets and of
whom the articles mention.

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
    """The select of a table without its wording; a reason keeps what it follows from, not the words of the page that it quotes."""
    listed = []
    for name, type_ in (row[:2] for row in con.execute(f"describe main.{table}").fetchall()):
        if type_ != "VARCHAR" or name in CLEAR or f"{table}.{name}" in CLEAR:
            listed.append(f'"{name}"')
        elif name in REASONS:
            listed.append(f"""regexp_replace("{name}", '“[^”]*(”|$)|"[^"]*("|$)', '“…”', 'g') as "{name}\"""")
        else:
            listed.append(f'sha256("{name}") as "{name}_sha256"')
    return f"select {', '.join(listed)} from main.{table}"
