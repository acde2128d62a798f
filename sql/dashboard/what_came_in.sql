-- One row per run, the newest first: what it saw and added, how long it took, whether its checks held.
with

checked as (
    select run_id, count(*) as check_count, count(*) filter (not passed) as broken_count
    from ops.checks
    group by run_id
)

select
    runs.run_id,
    runs.started_at,
    runs.ended_at,
    runs.state,
    runs.documents_seen,
    runs.documents_new,
    runs.articles_new,
    runs.rejects,
    coalesce(checked.check_count, 0) as check_count,
    coalesce(checked.broken_count, 0) as broken_count,
    runs.load_seconds,
    runs.clean_seconds,
    runs.enrich_seconds,
    runs.publish_seconds,
    runs.pipeline_version
from ops.runs as runs
left join checked on checked.run_id = runs.run_id
order by runs.started_at desc
limit 60
