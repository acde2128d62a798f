-- One row per value that the shared filters offer: kind ('country', 'person', 'outlet'), value, label, how often it is named.
-- The 400 most frequent of each kind.
with

named as (
    select entity_id, sum(times)::bigint as times_named from extract.mentions group by entity_id
),

countries as (
    select 'country' as kind, entities.country as value, entities.country as label, sum(named.times_named)::bigint as times_named
    from named
    join extract.entities as entities on entities.entity_id = named.entity_id
    where entities.country is not null
    group by entities.country
),

people as (
    select 'person' as kind, entities.entity_id as value, entities.name as label, named.times_named
    from named
    join extract.entities as entities on entities.entity_id = named.entity_id
    where entities.kind = 'person'
),

outlets as (
    select 'outlet' as kind, outlet as value, outlet as label, count(*) as times_named
    from extract.articles as articles
    where outlet is not null
    group by outlet
),

ranked as (
    select
        kind,
        value,
        label,
        times_named,
        row_number() over (partition by kind order by times_named desc, value) as place
    from (from countries union all from people union all from outlets)
)

select kind, value, label, times_named
from ranked
where place <= 400
order by kind, times_named desc, value
