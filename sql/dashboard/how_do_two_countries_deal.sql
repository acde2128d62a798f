-- One row per period of a pair of countries ($first before $second in the alphabet): cooperation, conflict, mean intensity.
-- The day is the event's own, else the article's; events with neither are absent. $grain: 'day', 'week', 'month' or 'year'.
with

sides as (
    select event_parties.article_id, event_parties.event_no, list_sort(list(distinct event_parties.country)) as countries
    from main.event_parties as event_parties
    where event_parties.country in ($first, $second)
        and (len($people::varchar[]) = 0 or (event_parties.article_id, event_parties.event_no) in (
            select (article_id, event_no) from main.event_parties where list_contains($people::varchar[], entity_id)))
    group by event_parties.article_id, event_parties.event_no
    having count(distinct event_parties.country) = 2
),

pairs as (
    select coalesce(events.starts_on, articles.published_on) as happened_on, events.quad, events.intensity
    from sides
    join main.events as events on events.article_id = sides.article_id and events.event_no = sides.event_no
    join marts.current_articles as articles on articles.article_id = events.article_id
    where events.status not in ('denied', 'cancelled')
        and events.quad is not null
        and ($from::date is null or coalesce(events.starts_on, articles.published_on) >= $from::date)
        and ($to::date is null or coalesce(events.starts_on, articles.published_on) <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
)


select
    date_trunc($grain, happened_on)::date as period,
    count(*) filter (quad like '%cooperation') as cooperation_count,
    count(*) filter (quad like '%conflict') as conflict_count,
    avg(intensity) as mean_intensity
from pairs
where happened_on is not null
group by period
order by period
