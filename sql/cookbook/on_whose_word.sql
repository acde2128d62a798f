-- On whose word rests what articles tell of this person, country or body?
-- about: outlets
-- :name = null  part of the name; null for all articles
-- :since = null  first day of publication; null for no limit
-- basis: 'taken from' is what the article says it was taken from, 'cites' whom it says that it has its facts from, 'on the spot' a
-- dateline without either, and 'does not say' the rest. An article that cites two is two rows; an agency that names itself cites nobody.
with

wanted as (
    select articles.article_id, articles.published_on, articles.outlet, articles.display_title, articles.syndicated_from, articles.dateline_place
    from marts.current_articles as articles
    where ($since is null or articles.published_on >= $since::date)
        and ($name is null or articles.article_id in (
            select mentions.article_id
            from main.mentions as mentions
            join main.entities as entities on entities.entity_id = mentions.entity_id
            where strip_accents(entities.name) ilike '%' || strip_accents($name) || '%'))
),

cited as (
    select cited_sources.article_id, entities.name as source
    from main.cited_sources as cited_sources
    join wanted on wanted.article_id = cited_sources.article_id
    join main.entities as entities on entities.entity_id = cited_sources.entity_id
    where entities.name is distinct from rtrim(wanted.syndicated_from, '.')
        and regexp_replace(lower(split_part(coalesce(wanted.outlet, ''), '.', 1)), '[^\p{L}\p{N}]', '', 'g')
        != regexp_replace(lower(entities.name), '[^\p{L}\p{N}]', '', 'g')
),

grounds as (
    select article_id, 'taken from' as basis, syndicated_from as source from wanted where syndicated_from is not null
    union all
    select article_id, 'cites', source from cited
    union all
    select article_id, if(dateline_place is null, 'does not say', 'on the spot'), dateline_place
    from wanted
    where syndicated_from is null and article_id not in (select article_id from cited)
)

select
    grounds.basis,
    grounds.source,
    count(distinct wanted.article_id) as article_count,
    list(distinct wanted.outlet order by wanted.outlet) filter (wanted.outlet is not null) as outlets,
    min(wanted.display_title) as example
from grounds
join wanted on wanted.article_id = grounds.article_id
group by grounds.basis, grounds.source
order by article_count desc, grounds.basis, grounds.source
