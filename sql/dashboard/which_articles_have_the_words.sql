-- One row per article whose headline, deck or body holds every one of $words, those with a word in the headline first.
-- Plain containment, blind to case and accents; used where the full-text index is absent. Filters as for articles.
with

chosen as (
    select article_id, display_title, deck, body, outlet, published_on, published_earliest, published_latest
    from main.articles
    where ($from::date is null or coalesce(published_on, published_earliest) >= $from::date)
        and ($to::date is null or coalesce(published_on, published_latest) <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], outlet))
        and (len($people::varchar[]) = 0 or article_id in (
            select article_id from main.mentions where list_contains($people::varchar[], entity_id)))
        and (len($countries::varchar[]) = 0 or article_id in (
            select mentions.article_id
            from main.mentions as mentions
            join main.entities as entities on entities.entity_id = mentions.entity_id
            where list_contains($countries::varchar[], entities.country)))
),

found as (
    select
        *,
        len(list_filter($words::varchar[], lambda word: contains(lower(strip_accents(display_title)), word))) as title_hits
    from chosen
    where len(list_filter(
        $words::varchar[],
        lambda word: contains(lower(strip_accents(concat_ws(' ', display_title, deck, body))), word)
    )) = len($words::varchar[])
)

select article_id, display_title, body, outlet, published_on, published_earliest, published_latest, title_hits
from found
order by title_hits desc, published_on desc nulls last, article_id
limit $rows
