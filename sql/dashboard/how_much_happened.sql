-- One row per period and kind of dealing (verbal or material, cooperation or conflict): how many events, denied and called-off ones left out.
-- $grain: 'day', 'week', 'month' or 'year'. Events of more than one period are absent: one told by its month alone is of no day.
with

chosen as (
    select
        events.article_id, events.event_no, events.kind, events.quad, events.intensity, events.status, events.starts_on, events.ends_on,
        events.sentence_no, events.place_id, articles.display_title, articles.outlet, articles.published_on
    from extract.events as events
    join extract.articles as articles on articles.article_id = events.article_id
    where events.starts_on is not null
        and ($from::date is null or coalesce(events.ends_on, events.starts_on) >= $from::date)
        and ($to::date is null or events.starts_on <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
        and (len($people::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($people::varchar[], entity_id)))
        and (len($countries::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($countries::varchar[], country)))
)

select
    date_trunc($grain, starts_on)::date as period,
    quad,
    count(*) as event_count
from chosen
where quad is not null
    and date_trunc($grain, starts_on) = date_trunc($grain, coalesce(ends_on, starts_on))
    and status not in ('denied', 'cancelled')
group by period, quad
order by period, quad
