-- One row per outlet: what it published and whom it relied on. Articles that name no outlet are the row with NULL.
-- relies_on holds the agencies and outlets other than itself that its articles cite; taken_from those that its articles
-- say they were taken from, as printed. own_text_share is the share, 0 to 1, of articles neither taken from others nor copies.
with

relied as (
    select
        articles.outlet,
        list(distinct entities.name order by entities.name) as relies_on
    from main.cited_sources as cited_sources
    join marts.current_articles as articles on articles.article_id = cited_sources.article_id
    join main.entities as entities on entities.entity_id = cited_sources.entity_id
    where articles.outlet is null
        or regexp_replace(lower(split_part(articles.outlet, '.', 1)), '[^\p{L}\p{N}]', '', 'g')
        != regexp_replace(lower(entities.name), '[^\p{L}\p{N}]', '', 'g')
    group by articles.outlet
)

select
    articles.outlet,
    count(*) as article_count,
    list(distinct articles.language order by articles.language) filter (articles.language is not null) as languages,
    count(*) filter (articles.syndicated_from is not null) as syndicated_count,
    count(*) filter (articles.duplicate_of is null and articles.syndicated_from is null) / count(*) as own_text_share,
    coalesce(any_value(relied.relies_on), []) as relies_on,
    coalesce(
        list(distinct articles.syndicated_from order by articles.syndicated_from) filter (articles.syndicated_from is not null),
        []
    ) as taken_from,
    avg(articles.word_count) as mean_word_count,
    min(articles.published_on) as first_published_on,
    max(articles.published_on) as last_published_on
from marts.current_articles as articles
left join relied on relied.outlet is not distinct from articles.outlet
group by articles.outlet
