"""What became of every record, in sums by input and stage; rejects that are none any more; sites that fall silent."""

from pathlib import Path

import duckdb
import polars as pl

from flows.schemas import OPS_TABLES, polars_schema

_LEAST_RUNS = 2  # past runs that a site must have been in before its silence is one
_MOST_RUNS = 20  # past runs that are looked at, of which the rates are those of the last _RATED_RUNS
_RATED_RUNS = 5
_LEAST_ARTICLES = 5  # then and now, for a rate to be compared


def add_ledger(con: duckdb.DuckDBPyConnection, staged: Path, *, ledger: list[str], rejects: list[str], seen: list[str]) -> None:
    """Add a run's ledger, its rejects and its sums; a reject of an input that was read again and is none now is moved.

    A record whose page broke a stage is a reject, and so is one that was the same page again.
    """
    run = str(staged / "run.parquet")
    con.execute("create or replace temp table entries as select * from read_parquet(?)", [ledger])
    con.execute("create or replace temp table failed as select * from read_parquet(?)", [rejects])
    con.execute(
        "create or replace temp table broken as select document_id, stage, reason, min(detail) as detail from failed where document_id is not null group by all"
    )
    con.execute(
        "create or replace temp table fresh_rejects as "
        "with told as (select seen_no, stage, reason, detail from failed where seen_no is not null "
        "union all select entries.seen_no, broken.stage, broken.reason, broken.detail from entries join broken using (document_id)), "
        "inputs as (select input_uri, any_value(path) as path from read_parquet(?) where stage = 'load' group by input_uri) "
        "select entries.input_uri, inputs.path, entries.source_uri, entries.record_no, entries.seen_no, told.stage, told.reason, told.detail "
        "from entries join told using (seen_no) join inputs using (input_uri)",
        [seen],
    )
    con.execute(
        "insert into ops.ledger by name select run.run_id, entries.* replace (if(broken.document_id is null, entries.outcome, 'rejected') as outcome, "
        "if(broken.document_id is null, entries.document_id, null) as document_id) "
        "from entries cross join read_parquet(?) as run left join broken using (document_id)",
        [run],
    )
    con.execute(
        "insert into ops.inputs by name with counted as (select input_uri, outcome, document_id in (select document_id from broken) as is_broken, "
        "count(*) as records from entries group by all), "
        "read as (select input_uri, any_value(path) as path, sum(seen) filter (stage = 'load') as read, "
        "coalesce(sum(seen) filter (stage = 'clean'), 0) as worked from read_parquet(?) group by input_uri), "
        "sums as (select input_uri, sum(records) filter (outcome = 'loaded') as loaded, sum(records) filter (outcome = 'present') as present, "
        "sum(records) filter (outcome = 'rejected') as rejected, sum(records) filter (outcome = 'forgotten') as forgotten, "
        "sum(records) filter (outcome = 'loaded' and is_broken) as broken from counted group by input_uri), "
        "pages as (select entries.input_uri, count(*) as pages from entries join main.documents as documents on documents.document_id = entries.document_id "
        "where entries.outcome = 'loaded' group by all) "
        "select run.run_id, read.input_uri, read.path, stage, if(stage = 'load', read.read, read.worked) as seen, "
        "coalesce(if(stage = 'load', sums.loaded, pages.pages), 0) as loaded, coalesce(if(stage = 'load', sums.present, 0), 0) as present, "
        "coalesce(if(stage = 'load', sums.rejected, sums.broken), 0) as rejected, coalesce(if(stage = 'load', sums.forgotten, 0), 0) as forgotten "
        "from read cross join read_parquet(?) as run cross join (values ('load'), ('clean')) as stages(stage) left join sums using (input_uri) left join pages using (input_uri) "
        "order by input_uri, stage",
        [seen, run],
    )
    con.execute(
        "create or replace temp table resolved as select held.*, run.run_id as resolved_by from main.rejects as held cross join read_parquet(?) as run "
        "join ops.inputs as again on again.run_id = run.run_id and again.stage = 'load' and again.path is not distinct from held.path "
        "and (again.path is not null or again.input_uri = held.input_uri) "
        "anti join fresh_rejects as fresh on fresh.source_uri = held.source_uri and fresh.record_no = held.record_no and fresh.path is not distinct from held.path",
        [run],
    )
    con.execute("insert into ops.resolved_rejects by name select * from resolved order by all")
    con.execute(
        "delete from main.rejects as held using resolved where (resolved.source_uri, resolved.record_no, resolved.reason, resolved.run_id) "
        "= (held.source_uri, held.record_no, held.reason, held.run_id) and resolved.path is not distinct from held.path"
    )
    con.execute(
        "insert into main.rejects by name select fresh.* exclude (seen_no), run.run_id, run.started_at as rejected_at "
        "from fresh_rejects as fresh cross join read_parquet(?) as run "
        "anti join main.rejects as held on (held.source_uri, held.record_no, held.reason) = (fresh.source_uri, fresh.record_no, fresh.reason) "
        "and held.path is not distinct from fresh.path order by fresh.seen_no",
        [run],
    )
    for table in ("entries", "failed", "fresh_rejects", "broken", "resolved"):
        con.execute(f"drop table {table}")


def site_counts(con: duckdb.DuckDBPyConnection, run_id: str) -> pl.DataFrame:
    """Pages that a run saw by site, new or there already, and how many of their articles have a headline and a day."""
    counted = con.execute(
        "with pages as (select distinct document_id from ops.ledger where run_id = $run and outcome in ('loaded', 'present')), "
        "told as (select documents.document_id, documents.site, min(articles.outlet) as outlet, count(articles.article_id) as articles, "
        "count(articles.title) as with_title, count(coalesce(articles.published_on, articles.published_earliest)) as with_date "
        "from pages join main.documents as documents using (document_id) left join main.articles as articles using (document_id) group by all) "
        "select $run as run_id, coalesce(site, outlet) as site, count(*) as pages, sum(articles)::bigint as articles, sum(with_title)::bigint as with_title, "
        "sum(with_date)::bigint as with_date from told where coalesce(site, outlet) is not null group by all order by site",
        {"run": run_id},
    ).pl()
    return counted.cast(polars_schema(OPS_TABLES["site_runs"]))  # type: ignore[arg-type]


def find_alarms(con: duckdb.DuckDBPyConnection, run_id: str) -> pl.DataFrame:
    """Sites that this run should have seen pages of and did not, or whose headlines or dates are half as frequent as before.

    A site is missed when it was in the last two runs of this run's kind, or when a file or feed was read again that gave
    pages of that site alone in the last two runs that read it. Of this run's kind are those of the last twenty that share at
    least half of their sites with it, and it with them: a page that is loaded by hand after a crawl misses nobody. What a
    feed brings is missed by its feed alone, for a feed without news is not read. Rates are compared with the last five
    completed runs, where there were five articles, then and now.
    """
    found = con.execute(
        "with past_runs as materialized (select run_id, row_number() over (order by started_at desc) as ago from ops.runs "
        "where state = 'completed' and documents_seen > 0 and run_id != $run qualify ago <= $most), "
        "past as materialized (select run_id, ago, site, pages, articles, with_title, with_date from ops.site_runs join past_runs using (run_id)), "
        "now as materialized (select site, pages, articles, with_title / nullif(articles, 0) as titles, with_date / nullif(articles, 0) as dates "
        "from ops.site_runs where run_id = $run), "
        "kin as (select ago, row_number() over (order by ago) as nth from ("
        "select past.ago, count(*) as sites, count(now.site) as shared from past left join now using (site) group by past.ago) "
        "where 2 * shared >= sites and 2 * shared >= (select count(*) from now) and shared > 0 qualify nth <= $least), "
        "read_now as (select distinct input_uri from ops.inputs where run_id = $run and stage = 'load' and seen > 0), "
        "gave as materialized (select ledger.input_uri, ledger.run_id, coalesce(documents.site, told.outlet) as site, count(distinct ledger.document_id) as pages "
        "from ops.ledger as ledger semi join past_runs using (run_id) semi join read_now using (input_uri) "
        "join main.documents as documents on documents.document_id = ledger.document_id "
        "left join (select document_id, min(outlet) as outlet from main.articles group by document_id) as told on told.document_id = ledger.document_id "
        "where ledger.outcome in ('loaded', 'present') group by all), "
        "by_input as (select input_uri, min(site) as site, avg(pages) as pages from ("
        "select gave.*, dense_rank() over (partition by input_uri order by run_id desc) as nth from gave) where nth <= $least "
        "group by input_uri having count(distinct run_id) = $least and count(*) = count(site) and min(site) = max(site)), "
        "gave_by_feed as (select distinct coalesce(documents.site, '') as site from ops.ledger as ledger semi join past_runs using (run_id) "
        "join main.documents as documents on documents.document_id = ledger.document_id where ledger.input_uri ilike 'http%'), "
        "by_run as (select site, avg(pages) as pages from past join kin using (ago) "
        "where site not in (select site from gave_by_feed) group by site having count(*) = $least), "
        "missed as (select site, max(pages) as pages from (select site, pages from by_input union all select site, pages from by_run) "
        "anti join now using (site) group by site), "
        "rates as (select site, sum(articles) as articles, sum(with_title) / nullif(sum(articles), 0) as titles, "
        "sum(with_date) / nullif(sum(articles), 0) as dates from past where ago <= $rated group by site), "
        "told as (select site, 'no pages' as alarm, pages as before, 0.0 as now, 'pages a run' as detail from missed "
        "union all select site, alarm, before, now, detail from rates join now using (site) cross join lateral (values "
        "('fewer headlines', rates.titles, now.titles, 'share of articles with a headline'), "
        "('fewer dates', rates.dates, now.dates, 'share of articles with a day')) as told(alarm, before, now, detail) "
        "where least(rates.articles, now.articles) >= $few and now < before / 2) "
        "select $run as run_id, site, alarm, before, now, detail from told order by site, alarm",
        {"run": run_id, "least": _LEAST_RUNS, "few": _LEAST_ARTICLES, "most": _MOST_RUNS, "rated": _RATED_RUNS},
    ).pl()
    return found.cast(polars_schema(OPS_TABLES["alarms"]))  # type: ignore[arg-type]
