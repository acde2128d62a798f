-- One row per day on which a meeting was, or is to be: how many reports of meetings there are, and how many are only planned.
-- Meetings without a day of their own, such as those told by a month alone, are the row with NULL.
with

chosen as (
    select
        events.article_id,
        events.event_no,
        if(events.starts_on = coalesce(events.ends_on, events.starts_on), events.starts_on, null) as starts_on,
        events.place_id,
        events.status
    from extract.events as events
    join extract.articles as articles on articles.article_id = events.article_id
    where events.kind in ('meet', 'talks', 'summit', 'call', 'video-call', 'letter', 'visit', 'host')
        and ($from::date is null or coalesce(events.ends_on, events.starts_on) >= $from::date)
        and ($to::date is null or events.starts_on <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
        and (len($people::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($people::varchar[], entity_id)))
        and (len($countries::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($countries::varchar[], country)))
)

select
    starts_on,
    count(*) as report_count,
    count(distinct article_id) as article_count,
    count(*) filter (status in ('planned', 'possible')) as planned_count,
    count(*) filter (status in ('cancelled', 'postponed', 'denied')) as called_off_count
from chosen
group by starts_on
order by starts_on
