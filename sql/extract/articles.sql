-- One row per article as its page stands now, without its text: what a list shows of it, what filters ask of it, how much it tells.
-- article_id is a number here, in the order of the ids; is_new marks those of the last run that added any.
with

last_run as (
    select run_id from ops.runs where articles_new > 0 order by started_at desc limit 1
),

said as (
    select article_id, count(*) as quote_count from main.quotes group by article_id
),

done as (
    select
        article_id,
        count(*) as event_count,
        count(*) filter (kind in ('meet', 'talks', 'summit', 'call', 'video-call', 'letter', 'visit', 'host')) as meeting_count
    from main.events
    group by article_id
)

select
    numbers.number as article_id,
    articles.display_title,
    articles.outlet,
    articles.syndicated_from,
    articles.language,
    articles.published_on,
    articles.published_earliest,
    articles.published_latest,
    articles.word_count,
    articles.duplicate_of is not null as is_copy,
    documents.run_id is not distinct from (select run_id from last_run) as is_new,
    coalesce(clusters.outlet_count, 1)::integer as outlet_count,
    coalesce(said.quote_count, 0)::integer as quote_count,
    coalesce(done.event_count, 0)::integer as event_count,
    coalesce(done.meeting_count, 0)::integer as meeting_count
from numbers
join main.articles as articles on articles.article_id = numbers.article_id
join main.documents as documents on documents.document_id = articles.document_id
left join main.clusters as clusters on clusters.cluster_id = articles.cluster_id
left join said on said.article_id = articles.article_id
left join done on done.article_id = articles.article_id
order by numbers.number
