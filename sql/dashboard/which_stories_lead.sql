-- One row per article of the last run that added any, those first that tell most: what was said, done and met in them.
-- Copies are left out. Filters: outlets, days, and people and countries that the article names.
select
    article_id,
    display_title,
    outlet,
    syndicated_from,
    published_on,
    published_earliest,
    published_latest,
    quote_count,
    event_count,
    meeting_count,
    outlet_count
from extract.articles as articles
where is_new
    and not is_copy
    and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], outlet))
    and ($from::date is null or coalesce(published_on, published_earliest) >= $from::date)
    and ($to::date is null or coalesce(published_on, published_latest) <= $to::date)
    and (len($people::varchar[]) = 0 or article_id in (
        select article_id from extract.mentions where list_contains($people::varchar[], entity_id)))
    and (len($countries::varchar[]) = 0 or article_id in (
        select mentions.article_id
        from extract.mentions as mentions
        join extract.entities as entities on entities.entity_id = mentions.entity_id
        where list_contains($countries::varchar[], entities.country)))
order by outlet_count desc, 2 * meeting_count + event_count + quote_count desc, article_id
limit $rows
