-- One row per period of a pair of countries ($first before $second in the alphabet): cooperation, conflict, mean intensity.
-- The day is the event's own, else the article's; events with neither are absent. $grain: 'day', 'week', 'month' or 'year'.
-- Events of more than one period are absent too: one told by its month alone is of no day.
with

dealings as (
    select
        coalesce(events.starts_on, articles.published_on) as happened_on,
        coalesce(events.ends_on, events.starts_on, articles.published_on) as happened_until,
        events.quad,
        events.intensity
    from extract.pairs as pairs
    join extract.events as events on events.article_id = pairs.article_id and events.event_no = pairs.event_no
    join extract.articles as articles on articles.article_id = events.article_id
    where pairs.first_country = $first
        and pairs.second_country = $second
        and events.status not in ('denied', 'cancelled')
        and events.quad is not null
        and ($from::date is null or coalesce(events.starts_on, articles.published_on) >= $from::date)
        and ($to::date is null or coalesce(events.starts_on, articles.published_on) <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
        and (len($people::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($people::varchar[], entity_id)))
)

select
    date_trunc($grain, happened_on)::date as period,
    count(*) filter (quad like '%cooperation') as cooperation_count,
    count(*) filter (quad like '%conflict') as conflict_count,
    avg(intensity) as mean_intensity
from dealings
where happened_on is not null
    and date_trunc($grain, happened_on) = date_trunc($grain, happened_until)
group by period
order by period
