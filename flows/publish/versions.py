"""Versions of a page: which document is the newest at its address, which one it follows, and what changed between them.

An item is what stands at one address: documents with the same url, else from the same place (``flows.load.identity``). Its
documents are ordered by when they were fetched, or loaded where that is unknown, then in the order in which their run read them.
"""

from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

import duckdb
import polars as pl

from flows.schemas import TABLES, polars_schema

_MOST_COMPARED = 1_000_000  # pairs of paragraphs; beyond, places are not compared, only what stands in both
_MOST_ALIKE = 20_000  # pairs of paragraphs that are alike: each step of the comparison goes through all of them


class Change(NamedTuple):
    """A paragraph that is new, gone or other than before; ``paragraph_no`` counts in the newer text, of one that is gone in the older."""

    paragraph_no: int
    change: str
    text: str | None
    earlier_text: str | None


def changes(paragraphs: list[str], earlier: list[str]) -> list[Change]:
    """What changed from one list of paragraphs to the next: ``added``, ``removed`` or ``changed`` in its place.

    >>> changes(["A.", "B2.", "C."], ["A.", "B.", "C.", "D."])
    [Change(paragraph_no=2, change='changed', text='B2.', earlier_text='B.'), Change(paragraph_no=4, change='removed', text=None, earlier_text='D.')]
    """
    found: list[Change] = []
    standing = Counter(earlier)
    if len(paragraphs) * len(earlier) > _MOST_COMPARED or sum(standing[each] for each in paragraphs) > _MOST_ALIKE:
        new, old = set(paragraphs), set(earlier)
        found += [Change(number, "added", each, None) for number, each in enumerate(paragraphs, 1) if each not in old]
        return found + [Change(number, "removed", None, each) for number, each in enumerate(earlier, 1) if each not in new]
    for kind, low, high, new_low, new_high in SequenceMatcher(None, earlier, paragraphs, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(high - low, new_high - new_low)
        found += [Change(new_low + at + 1, "changed", paragraphs[new_low + at], earlier[low + at]) for at in range(both)]
        found += [Change(at + 1, "added", paragraphs[at], None) for at in range(new_low + both, new_high)]
        found += [Change(at + 1, "removed", None, earlier[at]) for at in range(low + both, high)]
    return found


def number_versions(con: duckdb.DuckDBPyConnection, touched: str) -> None:
    """Number the versions of every item of ``touched``, a query for documents (or what is left of their items: a column ``item``).

    Sets version, supersedes and is_current where they are others now, and renews ``article_revisions`` of the documents
    that follow another one than before. Its result depends on the documents and the records that brought them alone, its cost on the
    items touched and the length of the ledger.
    """
    con.execute(
        f"create or replace temp table renumbered as with items as ({touched}), "
        "versions as (select documents.*, pages.item from main.documents as documents join pipeline.pages as pages using (document_id) "
        "where pages.item in (select item from items)), "
        "placed as (select document_id, min(seen_no) as seen_no from ops.ledger semi join versions using (document_id) "
        "where outcome = 'loaded' group by all), numbered as ("
        "select document_id, row_number() over places as version, lag(document_id) over places as supersedes, "
        "lead(document_id) over places is null as is_current from versions left join placed using (document_id) "
        "window places as (partition by item order by coalesce(fetched_at, loaded_at), seen_no, document_id)) "
        "select numbered.*, documents.supersedes is distinct from numbered.supersedes as follows_another from numbered "
        "join main.documents as documents using (document_id) where (documents.version, documents.supersedes, documents.is_current) "
        "is distinct from (numbered.version, numbered.supersedes, numbered.is_current)"
    )
    con.execute(
        "update main.documents set version = renumbered.version, supersedes = renumbered.supersedes, is_current = renumbered.is_current "
        "from renumbered where renumbered.document_id = documents.document_id"
    )
    renew_revisions(con, "select document_id from renumbered where follows_another")
    con.execute("drop table renumbered")


def renew_revisions(con: duckdb.DuckDBPyConnection, documents: str) -> None:
    """Compare the stories of these documents with those of the documents that they supersede, in place of what was found before."""
    con.execute(
        f"delete from main.article_revisions where article_id in (select article_id from main.articles where document_id in ({documents}))"
    )
    pairs = con.execute(
        "select later.article_id, earlier.article_id from main.documents as documents "
        "join main.articles as later on later.document_id = documents.document_id "
        "join main.articles as earlier on earlier.document_id = documents.supersedes and earlier.story_no = later.story_no "
        f"where documents.document_id in ({documents}) order by all"
    ).fetchall()
    if not pairs:
        return
    wanted = sorted({article for pair in pairs for article in pair})
    paragraphs: dict[str, list[str]] = {}
    for article, text in con.execute(
        "select article_id, text from main.blocks where kept and article_id in (select unnest(?)) order by document_id, block_no", [wanted]
    ).fetchall():
        paragraphs.setdefault(article, []).append(text)
    rows = [(*pair, *change) for pair in pairs for change in changes(paragraphs.get(pair[0], []), paragraphs.get(pair[1], []))]
    found = pl.DataFrame(rows, schema=polars_schema(TABLES["article_revisions"]), orient="row")
    con.register("fresh_revisions", found)
    con.execute("insert into main.article_revisions by name select * from fresh_revisions")
    con.unregister("fresh_revisions")
