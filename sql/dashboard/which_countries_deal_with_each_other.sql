-- One row per pair of countries that events join: how many, of which cooperation and conflict, and their mean intensity (-10 to 10).
-- first_country is the first in the alphabet; the 80 pairs with most events. Denied and cancelled events are left out.
with

dealings as (
    select events.article_id, events.event_no, events.quad, events.intensity
    from extract.events as events
    join extract.articles as articles on articles.article_id = events.article_id
    where events.status not in ('denied', 'cancelled')
        and events.quad is not null
        and ($from::date is null or coalesce(events.starts_on, articles.published_on) >= $from::date)
        and ($to::date is null or coalesce(events.starts_on, articles.published_on) <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
        and (len($people::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($people::varchar[], entity_id)))
        and (len($countries::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($countries::varchar[], country)))
)

select
    pairs.first_country,
    pairs.second_country,
    count(*) as event_count,
    count(*) filter (dealings.quad like '%cooperation') as cooperation_count,
    count(*) filter (dealings.quad like '%conflict') as conflict_count,
    avg(dealings.intensity) as mean_intensity
from extract.pairs as pairs
join dealings on dealings.article_id = pairs.article_id and dealings.event_no = pairs.event_no
where len($countries::varchar[]) = 0
    or list_contains($countries::varchar[], pairs.first_country)
    or list_contains($countries::varchar[], pairs.second_country)
group by pairs.first_country, pairs.second_country
order by event_count desc, pairs.first_country, pairs.second_country
limit 80
