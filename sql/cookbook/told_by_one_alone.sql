-- Which dated events are told by one outlet alone, and whom does it cite?
-- about: timeline
-- :person = null  part of a party's name; null for anybody
-- :kind = null  kind of event, such as meet, sign or promise; null for all
-- Told alone means: no other outlet has an event of the same kind, days and parties. Articles without an outlet count as one of their own.
with

told as (
    select
        starts_on,
        ends_on,
        kind,
        parties,
        count(distinct coalesce(outlet, article_id)) as teller_count,
        min(article_id) as article_id,
        min(sentence) as sentence
    from marts.timeline
    where status = 'happened'
        and len(parties) > 0
        and ($kind is null or kind = $kind)
        and ($person is null or strip_accents(array_to_string(parties, '; ')) ilike '%' || strip_accents($person) || '%')
    group by starts_on, ends_on, kind, parties
),

cited as (
    select cited_sources.article_id, list(distinct entities.name order by entities.name) as sources
    from main.cited_sources as cited_sources
    join marts.current_articles as articles on articles.article_id = cited_sources.article_id
    join main.entities as entities on entities.entity_id = cited_sources.entity_id
    where regexp_replace(lower(split_part(coalesce(articles.outlet, ''), '.', 1)), '[^\p{L}\p{N}]', '', 'g')
        != regexp_replace(lower(entities.name), '[^\p{L}\p{N}]', '', 'g')
    group by cited_sources.article_id
)

select
    told.starts_on,
    told.ends_on,
    told.kind,
    told.parties,
    articles.outlet,
    coalesce(list_distinct(list_concat([articles.syndicated_from], cited.sources)).list_filter(lambda source: source is not null), []) as cites,
    told.sentence
from told
join marts.current_articles as articles on articles.article_id = told.article_id
left join cited on cited.article_id = told.article_id
where told.teller_count = 1
order by told.starts_on, told.ends_on, told.kind, told.parties
