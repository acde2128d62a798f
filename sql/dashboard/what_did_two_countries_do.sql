-- One row per event that joins a pair of countries ($first before $second in the alphabet), the latest first.
select
    events.article_id,
    events.event_no,
    events.kind,
    events.quad,
    events.status,
    events.starts_on,
    articles.display_title,
    articles.outlet,
    articles.published_on
from extract.pairs as pairs
join extract.events as events on events.article_id = pairs.article_id and events.event_no = pairs.event_no
join extract.articles as articles on articles.article_id = events.article_id
where pairs.first_country = $first
    and pairs.second_country = $second
    and events.quad is not null
    and ($from::date is null or coalesce(events.starts_on, articles.published_on) >= $from::date)
    and ($to::date is null or coalesce(events.starts_on, articles.published_on) <= $to::date)
    and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
    and (len($people::varchar[]) = 0 or (events.article_id, events.event_no) in (
        select (article_id, event_no) from extract.event_parties where list_contains($people::varchar[], entity_id)))
order by coalesce(events.starts_on, articles.published_on) desc nulls last, events.article_id, events.event_no
limit $rows
