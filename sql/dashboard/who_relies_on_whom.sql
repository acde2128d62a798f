-- One row per outlet and whom its articles say that they have their facts or their text from, with how many articles.
-- Articles that name no outlet are gathered under 'outlet unknown'; the 60 most frequent.
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

relied as (
    select chosen.article_id, coalesce(chosen.outlet, 'outlet unknown') as outlet, entities.name as source
    from extract.cited_sources as cited_sources
    join chosen on chosen.article_id = cited_sources.article_id
    join extract.entities as entities on entities.entity_id = cited_sources.entity_id
    union
    select article_id, coalesce(outlet, 'outlet unknown'), rtrim(syndicated_from, '.')
    from chosen
    where syndicated_from is not null
)

select outlet, source, count(*) as article_count
from relied
where outlet <> source
group by outlet, source
order by article_count desc, outlet, source
limit 60
