-- One row per outlet and topic: articles of the outlet on it, and its share of the outlet's articles with a topic.
-- The twelve outlets with most articles and the twelve topics with most; articles without an outlet under 'outlet unknown'.
with

chosen as (
    select article_id, outlet, syndicated_from, language, is_copy, word_count, published_on
    from extract.articles as articles
    where ($from::date is null or coalesce(published_on, published_earliest) >= $from::date)
        and ($to::date is null or coalesce(published_on, published_latest) <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], outlet))
        and (len($people::varchar[]) = 0 or article_id in (
            select article_id from extract.mentions where list_contains($people::varchar[], entity_id)))
        and (len($countries::varchar[]) = 0 or article_id in (
            select mentions.article_id
            from extract.mentions as mentions
            join extract.entities as entities on entities.entity_id = mentions.entity_id
            where list_contains($countries::varchar[], entities.country)))
),

told as (
    select coalesce(chosen.outlet, 'outlet unknown') as outlet, topics.label, chosen.article_id
    from extract.topics as topics
    join chosen on chosen.article_id = topics.article_id
),

top_outlets as (
    select outlet, count(distinct article_id) as outlet_count from told group by outlet order by outlet_count desc, outlet limit 12
),

top_topics as (
    select label, count(distinct article_id) as topic_count from told group by label order by topic_count desc, label limit 12
)

select
    told.outlet,
    told.label,
    count(distinct told.article_id) as article_count,
    count(distinct told.article_id) / any_value(top_outlets.outlet_count) as article_share,
    any_value(top_outlets.outlet_count) as outlet_count
from told
join top_outlets on top_outlets.outlet = told.outlet
join top_topics on top_topics.label = told.label
group by told.outlet, told.label
order by outlet_count desc, told.outlet, article_count desc, told.label
