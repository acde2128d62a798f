-- One row per article, the latest first; those without a day come last. Filters as for articles.
select article_id, display_title, outlet, published_on, published_earliest, published_latest
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
order by published_on desc nulls last, article_id
limit $rows
