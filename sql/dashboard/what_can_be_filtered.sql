-- One row per value that the shared filters offer: kind ('country', 'person', 'outlet'), value, label, articles that have it.
-- The 400 most frequent of each kind; days are no values, see which_days_are_there.
with

named as (
    select entity_id, count(distinct article_id) as article_count
    from main.mentions
    group by entity_id
),

countries as (
    select 'country' as kind, entities.country as value, entities.country as label, sum(named.article_count)::bigint as article_count
    from named
    join main.entities as entities on entities.entity_id = named.entity_id
    where entities.country is not null
    group by entities.country
),

people as (
    select 'person' as kind, entities.entity_id as value, entities.name as label, named.article_count
    from named
    join main.entities as entities on entities.entity_id = named.entity_id
    where entities.kind = 'person'
),

outlets as (
    select 'outlet' as kind, outlet as value, outlet as label, count(*) as article_count
    from main.articles
    where outlet is not null
    group by outlet
),

ranked as (
    select
        kind,
        value,
        label,
        article_count,
        row_number() over (partition by kind order by article_count desc, value) as place
    from (from countries union all from people union all from outlets)
)

select kind, value, label, article_count
from ranked
where place <= 400
order by kind, article_count desc, value
