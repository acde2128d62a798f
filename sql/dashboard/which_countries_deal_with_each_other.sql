-- One row per pair of countries that events join: how many, of which cooperation and conflict, and their mean intensity (-10 to 10).
-- first_country is the first in the alphabet; the 80 pairs with most events.
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
    first_country,
    second_country,
    count(*) as event_count,
    count(*) filter (quad like '%cooperation') as cooperation_count,
    count(*) filter (quad like '%conflict') as conflict_count,
    avg(intensity) as mean_intensity,
    count(distinct article_id) as article_count
from pairs
group by first_country, second_country
order by event_count desc, first_country, second_country
limit 80
