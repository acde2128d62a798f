-- One row per event that joins a pair of countries ($first before $second in the alphabet), the latest first.
with

joined as (
    select article_id, event_no
    from main.event_parties
    where country in ($first, $second)
    group by article_id, event_no
    having count(distinct country) = 2
)

select
    events.article_id,
    events.event_no,
    events.kind,
    events.quad,
    events.status,
    events.starts_on,
    events.trigger,
    articles.display_title,
    articles.outlet,
    articles.published_on
from main.events as events
join joined on joined.article_id = events.article_id and joined.event_no = events.event_no
join marts.current_articles as articles on articles.article_id = events.article_id
where events.quad is not null
    and ($from::date is null or coalesce(events.starts_on, articles.published_on) >= $from::date)
    and ($to::date is null or coalesce(events.starts_on, articles.published_on) <= $to::date)
    and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
order by coalesce(events.starts_on, articles.published_on) desc nulls last, events.article_id, events.event_no
limit $rows
