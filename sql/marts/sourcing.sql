-- One row per outlet, day and source that it cited: agencies, other outlets, platforms.
-- Articles without a day are gathered under a NULL day, those that name no outlet under a NULL outlet.
select
    articles.outlet,
    articles.published_on,
    cited_sources.entity_id as source_id,
    entities.name as source,
    entities.description as source_kind,
    count(*) as article_count,
    sum(cited_sources.mentions)::bigint as mention_count
from main.cited_sources as cited_sources
join marts.current_articles as articles on articles.article_id = cited_sources.article_id
join main.entities as entities on entities.entity_id = cited_sources.entity_id
group by articles.outlet, articles.published_on, cited_sources.entity_id, entities.name, entities.description
