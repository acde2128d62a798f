-- One row per article of a run, those first that tell most: what was said, done and met in them. Copies are left out.
-- $run_id NULL: of the last run that added articles. Filters: outlets, and people and countries that the article names.
with

last_run as (
    select run_id from ops.runs where articles_new > 0 order by started_at desc limit 1
),

wanted as (
    select articles.article_id, articles.cluster_id
    from marts.current_articles as articles
    join main.documents as documents on documents.document_id = articles.document_id
    where documents.run_id = coalesce($run_id, (select run_id from last_run))
        and articles.duplicate_of is null
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
        and ($from::date is null or coalesce(articles.published_on, articles.published_earliest) >= $from::date)
        and ($to::date is null or coalesce(articles.published_on, articles.published_latest) <= $to::date)
        and (len($people::varchar[]) = 0 or articles.article_id in (
            select article_id from main.mentions where list_contains($people::varchar[], entity_id)))
        and (len($countries::varchar[]) = 0 or articles.article_id in (
            select mentions.article_id
            from main.mentions as mentions
            join main.entities as entities on entities.entity_id = mentions.entity_id
            where list_contains($countries::varchar[], entities.country)))
),

said as (
    select article_id, count(*) as quote_count from main.quotes semi join wanted using (article_id) group by article_id
),

done as (
    select article_id, count(*) as event_count, count(*) filter (kind in ('meet', 'talks', 'summit', 'call', 'video-call', 'letter', 'visit', 'host')) as meeting_count
    from main.events
    semi join wanted using (article_id)
    group by article_id
),

leaders as materialized (
    select
        wanted.article_id,
        coalesce(said.quote_count, 0) as quote_count,
        coalesce(done.event_count, 0) as event_count,
        coalesce(done.meeting_count, 0) as meeting_count,
        coalesce(clusters.outlet_count, 1) as outlet_count
    from wanted
    left join said on said.article_id = wanted.article_id
    left join done on done.article_id = wanted.article_id
    left join main.clusters as clusters on clusters.cluster_id = wanted.cluster_id
    order by outlet_count desc, 2 * meeting_count + event_count + quote_count desc, wanted.article_id
    limit $rows
),

-- by their row numbers, so that no other article's body is read
told as (
    select article_id, display_title, deck, outlet, syndicated_from, published_on, published_earliest, published_latest, left(body, 280) as opening
    from main.articles
    where rowid in (select articles.rowid from main.articles as articles semi join leaders on leaders.article_id = articles.article_id)
)

select
    articles.article_id,
    articles.display_title,
    articles.deck,
    articles.outlet,
    articles.syndicated_from,
    articles.published_on,
    articles.published_earliest,
    articles.published_latest,
    articles.opening,
    leaders.quote_count,
    leaders.event_count,
    leaders.meeting_count,
    leaders.outlet_count
from leaders
join told as articles on articles.article_id = leaders.article_id
order by
    leaders.outlet_count desc,
    2 * leaders.meeting_count + leaders.event_count + leaders.quote_count desc,
    leaders.article_id
