-- One row per period of a pair of countries ($first before $second in the alphabet): cooperation, conflict, mean intensity.
-- The day is the event's own, else the article's; events with neither are absent. $grain: 'day', 'week', 'month' or 'year'.
with

sides as (
    select distinct event_parties.article_id, event_parties.event_no, event_parties.country
    from main.event_parties as event_parties
    where event_parties.country is not null
        and (len($people::varchar[]) = 0 or (event_parties.article_id, event_parties.event_no) in (
            select (article_id, event_no) from main.event_parties where list_contains($people::varchar[], entity_id)))
),

pairs as (
    select
        coalesce(events.starts_on, articles.published_on) as happened_on,
        first_side.country as first_country,
        second_side.country as second_country,
        events.quad,
        events.intensity,
        events.article_id
    from sides as first_side
    join sides as second_side
        on second_side.article_id = first_side.article_id
        and second_side.event_no = first_side.event_no
        and second_side.country > first_side.country
    join main.events as events on events.article_id = first_side.article_id and events.event_no = first_side.event_no
    join main.articles as articles on articles.article_id = events.article_id
    where events.status not in ('denied', 'cancelled')
        and events.quad is not null
        and ($from::date is null or coalesce(events.starts_on, articles.published_on) >= $from::date)
        and ($to::date is null or coalesce(events.starts_on, articles.published_on) <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
        and (len($countries::varchar[]) = 0
            or list_contains($countries::varchar[], first_side.country)
            or list_contains($countries::varchar[], second_side.country))
)


select
    date_trunc($grain, happened_on)::date as period,
    count(*) filter (quad like '%cooperation') as cooperation_count,
    count(*) filter (quad like '%conflict') as conflict_count,
    avg(intensity) as mean_intensity
from pairs
where first_country = $first and second_country = $second and happened_on is not null
group by period
order by period
