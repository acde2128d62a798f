"""What is done to a warehouse besides loading: retry rejects, forget pages, refresh what an older version made."""

import datetime as dt
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from flows import __version__, runs, site_furniture, warehouse
from flows.batch import enrich_again, process_pages
from flows.errors import CheckFailed, WirehouseError
from flows.knowledge import load_knowledge
from flows.load.inputs import at_place, named_apart
from flows.publish.growth import mark_checked, staged_files
from flows.publish.models import describe_tables, run_checks
from flows.publish.search_index import create_index, extend_index, forget_articles
from flows.publish.versions import number_versions, renew_revisions
from flows.runs import Summary, run_directly
from flows.schemas import TABLES
from flows.settings import Settings
from flows.staged import Run
from flows.stages import stage_versions

# Rows of these tables hang on a page or on a story of it, by the column named; documents go last.
_OF_DOCUMENT = ("blocks", "related_links", "articles")
_OF_CLEANED_ARTICLE = ("authors",)  # made by cleaning
_OF_ARTICLE = tuple(
    table
    for table, columns in TABLES.items()
    if "article_id" in columns and table not in (*_OF_DOCUMENT, *_OF_CLEANED_ARTICLE, "article_revisions")
)
_BESIDES = [("article_revisions", "earlier_article_id"), ("reuse", "earlier_article_id"), ("reuse_spans", "earlier_article_id")]
_MOST_REINDEXED = 2000  # articles; more are quicker indexed anew with all the others


class Refreshed(NamedTuple):
    """Pages whose rows were made anew, and pages that the new version broke on, whose rows stayed as they were."""

    documents: int
    failed: int


def retry_rejects(path: Path, settings: Settings) -> tuple[Summary | None, list[str]]:
    """Read the inputs of all rejects again that still exist; returns the run's summary and the inputs that are gone.

    What is loaded now leaves ``rejects`` for ``ops.resolved_rejects``; records that the warehouse holds are not doubled.
    """
    with warehouse.connect_reader(path) as con:
        found = con.execute(
            "select path, min(input_uri) as input_uri from main.rejects group by path, if(path is null, input_uri, null) order by all"
        ).fetchall()
    inputs, gone = [], []
    for place, uri in found:
        again = at_place(uri, place) if place else None
        if again:
            inputs.append(again)
        else:
            gone.append(uri)
    return (run_directly(path, named_apart(inputs), settings) if inputs else None), gone


def forget(path: Path, *, before: dt.date | None = None, site: str | None = None, document: str | None = None, wait: bool = True) -> int:
    """Remove pages and all that hangs on them; returns how many. Their ledger entries stay, with the outcome ``forgotten``.

    ``before``: fetched, or loaded where that is not known, before that day; ``site``: registrable domain; ``document``: one
    id. Several narrow each other. The file is written anew, so that nothing of the pages is left in it, and what an interrupted
    refresh left beside it goes; the ids of the pages are kept, and loading the same input again does not bring them back.
    """
    if before is None and site is None and document is None:
        raise WirehouseError("Forget what? Give --before DATE, --site SITE or --document ID.")
    _must_exist(path)
    with warehouse.only_writer(path, wait=wait) as path:
        with warehouse.connect_reader(path) as con:
            leaving = con.execute(
                "select document_id, pages.item, pages.origin from main.documents as documents join pipeline.pages as pages using (document_id) "
                "where ($before is null or coalesce(fetched_at, loaded_at) < $before) and ($site is null or site = $site) "
                "and ($document is null or document_id = $document)",
                {"before": before, "site": site, "document": document},
            ).pl()
        if leaving.is_empty():
            return 0
        run = runs.begin(path)
        try:
            con, next_path = warehouse.open_next(path, run.work, runs.catch_up)
            con.execute("begin")
            con.execute("create temp table leaving as select * from leaving")
            _delete_facts(con, "select document_id from leaving", cleaned="select document_id from leaving", articles_too=True)
            con.execute("delete from main.documents where document_id in (select document_id from leaving)")
            con.execute("delete from pipeline.pages where document_id in (select document_id from leaving)")
            con.execute("update ops.ledger set outcome = 'forgotten' where document_id in (select document_id from leaving)")
            con.execute("insert into pipeline.forgotten by name select document_id, origin from leaving")
            number_versions(con, "select distinct item from leaving")
            _delete_lone(con)
            con.execute("insert into pipeline.unchecked select document_id from pipeline.pages where item in (select item from leaving)")
            con.execute("drop table leaving")
            _finish(con, run)
            con, next_path = warehouse.rewrite(con, next_path, run.work, path)
            warehouse.publish(con, next_path, path, None)
            shutil.rmtree(_refresh_folder(path), ignore_errors=True)
            if _refresh_folder(path).exists():
                raise WirehouseError(f"The pages are forgotten in {path}, but {_refresh_folder(path)} still holds some: delete it.")
            return len(leaving)
        finally:
            runs.end(run)


def refresh(path: Path, settings: Settings, *, on_batch: Callable[[int, int], None] | None = None) -> Refreshed:
    """Make the rows anew that another version of a stage, or other reference data of it, made; needs no original input.

    Learns anew what each site repeats, and cleans the pages of sites again of which that has changed.
    Pages whose cleaning is as it was are enriched alone. Finished batches lie in a folder beside the warehouse until all are
    published in one step: a refresh that is interrupted goes on where it stopped. A page that the new version breaks on
    keeps its rows.
    """
    _must_exist(path)
    with warehouse.only_writer(path, wait=settings.wait) as path:
        versions = stage_versions(settings.reference_folder(), settings.tagger)
        with warehouse.connect_reader(path) as con:
            old = con.execute(
                "select clean_version is distinct from ? as is_cleaned, document_id from pipeline.pages "
                "where is_cleaned or enrich_version is distinct from ? order by all",
                [versions["clean"], versions["enrich"]],
            ).fetchall()
            learned = site_furniture.learn(con)
        if learned is None and not old:
            return Refreshed(0, 0)
        lines = learned[0] if learned else site_furniture.known_lines(path)
        again = dict.fromkeys(learned[1] if learned else (), True)
        old = sorted((clean or document in again, document) for document, clean in {**again, **{key: clean for clean, key in old}}.items())
        run = runs.begin(path)
        kept = _refresh_folder(path)
        staged = kept / f"{warehouse.generation_of(path)}-{'-'.join(versions.values()).replace(' ', '.')}-{settings.batch_pages}"
        for other in kept.glob("*") if kept.is_dir() else ():
            if other != staged:
                shutil.rmtree(other)
        try:
            done = number = 0
            for is_cleaned in (False, True):
                documents = [document for clean, document in old if clean == is_cleaned]
                for at in range(0, len(documents), settings.batch_pages):
                    number += 1
                    batch = documents[at : at + settings.batch_pages]
                    folder = staged / f"batch-{number:06d}"
                    if not folder.exists():
                        _refresh_batch(path, batch, folder, settings, versions, lines if is_cleaned else None, is_cleaned=is_cleaned)
                    done += len(batch)
                    if on_batch:
                        on_batch(done, len(old))
            result = _publish_refreshed(run, staged, lines)
        finally:
            runs.end(run)
        shutil.rmtree(kept, ignore_errors=True)
        return result


def _refresh_batch(
    path: Path,
    documents: list[str],
    folder: Path,
    settings: Settings,
    versions: dict[str, str],
    lines: pl.DataFrame | None,
    *,
    is_cleaned: bool,
) -> None:
    """Work on one batch and put its rows on the disk; the folder appears in one step, when all is in it."""
    knowledge = load_knowledge(settings.reference_folder())
    with warehouse.connect_reader(path) as con:
        pages = con.execute(
            "select documents.*, kept.* exclude (document_id, clean_version, enrich_version), 1 as record_no from main.documents as documents "
            "join pipeline.pages as kept using (document_id) where document_id in (select unnest(?)) order by document_id",
            [documents],
        ).pl()
        if is_cleaned:
            batch = process_pages(pages, knowledge, site_furniture=lines)
        else:
            blocks, articles = (
                con.execute(
                    f"select * from main.{table} where document_id in (select unnest(?)) order by document_id, {number}", [documents]
                ).pl()
                for table, number in (("blocks", "block_no"), ("articles", "story_no"))
            )
            batch = enrich_again(pages, blocks, articles, knowledge)
    draft = folder.with_name(f"{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    made = batch.pages.with_columns(
        pl.lit(is_cleaned).alias("is_cleaned"), *(pl.lit(version).alias(f"{stage}_version") for stage, version in versions.items())
    )
    made.select("document_id", "is_cleaned", "clean_version", "enrich_version").write_parquet(draft / "made.parquet")
    for table, frame in batch.tables.items():
        if len(frame) and table not in ("documents", "rejects"):
            frame.write_parquet(draft / f"{table}.parquet")
    pl.DataFrame({"failed": [len(batch.failed)]}).write_parquet(draft / "failed.parquet")
    draft.replace(folder)


def _publish_refreshed(run: Run, staged: Path, lines: pl.DataFrame | None) -> Refreshed:
    files = partial(staged_files, staged)
    con, next_path = warehouse.open_next(run.warehouse, run.work, runs.catch_up)
    con.execute("begin")
    if lines is not None:
        site_furniture.keep(con, lines)
    if not files("made"):  # nothing but what was learned
        _finish(con, run)
        warehouse.publish(con, next_path, run.warehouse, None)
        return Refreshed(0, 0)
    con.execute("create temp table made as select * from read_parquet(?)", [files("made")])
    _delete_facts(con, "select document_id from made", cleaned="select document_id from made where is_cleaned", articles_too=False)
    for table in (*_OF_DOCUMENT, *_OF_CLEANED_ARTICLE, *_OF_ARTICLE):
        if found := files(table):
            con.execute(f"insert into main.{table} by name select * from read_parquet(?)", [found])
    if found := files("entities"):
        con.execute("create temp table fresh as select distinct on (entity_id) * from read_parquet(?) order by all", [found])
        con.execute("delete from main.entities where entity_id in (select entity_id from fresh)")
        con.execute("insert into main.entities by name select * from fresh")
        con.execute("drop table fresh")
    _delete_lone(con)
    touched = "select document_id from made union select document_id from main.documents where supersedes in (select document_id from made)"
    renew_revisions(con, touched)
    con.execute(
        "update pipeline.pages set clean_version = made.clean_version, enrich_version = made.enrich_version from made where made.document_id = pages.document_id"
    )
    con.execute("insert into pipeline.unchecked select document_id from made")
    count = _count(con, "select count(*) from made")
    failed = _count(con, "select coalesce(sum(failed), 0)::bigint from read_parquet(?)", [files("failed")])
    con.execute("drop table made")
    _finish(con, run)
    warehouse.publish(con, next_path, run.warehouse, None)
    return Refreshed(count, failed)


def _delete_facts(con: duckdb.DuckDBPyConnection, documents: str, *, cleaned: str, articles_too: bool) -> None:
    """Delete what hangs on these documents, the blocks, links and authors of ``cleaned`` alone; with ``articles_too`` also what other articles say of theirs."""
    con.execute(f"create temp table gone_articles as select article_id from main.articles where document_id in ({documents})")
    create_index(con)
    articles = [row[0] for row in con.execute("select article_id from gone_articles").fetchall()]
    if len(articles) <= _MOST_REINDEXED:
        forget_articles(con, articles)
    else:
        con.execute("drop schema search cascade")
    listed = [(table, "article_id") for table in (*_OF_ARTICLE, "article_revisions")] + _BESIDES
    for table, column in listed:
        con.execute(f"delete from main.{table} where {column} in (select article_id from gone_articles)")
    for table in _OF_CLEANED_ARTICLE:
        con.execute(f"delete from main.{table} where article_id in (select article_id from main.articles where document_id in ({cleaned}))")
    for table in _OF_DOCUMENT:
        con.execute(f"delete from main.{table} where document_id in ({documents if table == 'articles' else cleaned})")
    if articles_too:
        con.execute("update main.articles set duplicate_of = null where duplicate_of in (select article_id from gone_articles)")
        con.execute("delete from main.clusters where cluster_id not in (select cluster_id from main.articles where cluster_id is not null)")
        con.execute("delete from main.happenings where happening_id not in (select happening_id from main.happening_events)")
    con.execute("drop table gone_articles")


def _delete_lone(con: duckdb.DuckDBPyConnection) -> None:
    """Delete entities that no row names any more."""
    columns = [
        (table, column)
        for table, names in TABLES.items()
        for column in names
        if table != "entities" and column in ("entity_id", "speaker_id", "place_id")
    ]
    named = " union ".join(f"select {column} from main.{table} where {column} is not null" for table, column in columns)
    con.execute(f"delete from main.entities where entity_id not in ({named})")


def _finish(con: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Bring the rest in step, check, and commit; raises CheckFailed and changes nothing when a promise is broken."""
    describe_tables(con, __version__)
    extend_index(con)
    broken = [check for check in run_checks(con) if check.severity == "error" and not check.passed]
    if broken:
        con.close()
        raise CheckFailed(
            f"{len(broken)} checks failed, so {run.warehouse} is as it was. First: {broken[0].name}, {broken[0].failing_rows} rows, such as {broken[0].example}"
        )
    mark_checked(con)
    con.execute("update ops.warehouse set generation = generation + 1")
    con.execute("commit")


def _refresh_folder(path: Path) -> Path:
    """Where a refresh keeps finished batches, with the pages' text, until it publishes them."""
    return path.with_name(f".{path.name}.refresh")


def _must_exist(path: Path) -> None:
    warehouse.connect_reader(path).close()


def _count(con: duckdb.DuckDBPyConnection, sql: str, values: list[object] | None = None) -> int:
    row = con.execute(sql, values or []).fetchone()
    return int(row[0]) if row else 0
