-- One row per outlet: what it published, how much of it was its own. Articles that name no outlet are the row with NULL.
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
)

select
    outlet,
    count(*) as article_count,
    count(*) filter (not is_copy and syndicated_from is null) / count(*) as own_text_share,
    list(distinct language order by language) filter (language is not null) as languages,
    avg(word_count) as mean_word_count,
    min(published_on) as first_published_on,
    max(published_on) as last_published_on
from chosen
group by outlet
order by article_count desc, outlet
limit 200
