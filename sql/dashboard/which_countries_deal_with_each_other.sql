-- One row per pair of countries that events join: how many, of which cooperation and conflict, and their mean intensity (-10 to 10).
-- first_country is the first in the alphabet; the 80 pairs with most events. Denied and cancelled events are left out.
with

dealings as (
    select events.article_id, events.event_no, events.quad, events.intensity
    from main.events as events
    join marts.current_articles as articles on articles.article_id = events.article_id
    where events.status not in ('denied', 'cancelled')
        and events.quad is not null
        and ($from::date is null or coalesce(events.starts_on, articles.published_on) >= $from::date)
        and ($to::date is null or coalesce(events.starts_on, articles.published_on) <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
        and (len($people::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from main.event_parties where list_contains($people::varchar[], entity_id)))
        and (len($countries::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from main.event_parties where list_contains($countries::varchar[], country)))
),

-- events between two countries: most have no other
sides as (
    select
        event_parties.article_id,
        event_parties.event_no,
        min(event_parties.country) as first_country,
        max(event_parties.country) as last_country,
        count(distinct event_parties.country) > 2 as is_wide
    from main.event_parties as event_parties
    where event_parties.country is not null
        and ((len($people::varchar[]) = 0 and len($countries::varchar[]) = 0 and len($outlets::varchar[]) = 0 and $from::date is null and $to::date is null)
            or (event_parties.article_id, event_parties.event_no) in (select (article_id, event_no) from dealings))
    group by event_parties.article_id, event_parties.event_no
    having min(event_parties.country) < max(event_parties.country)
),

wide_sides as (
    select distinct event_parties.article_id, event_parties.event_no, event_parties.country
    from main.event_parties as event_parties
    semi join sides on sides.article_id = event_parties.article_id and sides.event_no = event_parties.event_no and sides.is_wide
    where event_parties.country is not null
),

pairs as (
    select article_id, event_no, first_country, last_country as second_country
    from sides
    where not is_wide
    union all
    select one.article_id, one.event_no, one.country, other.country
    from wide_sides as one
    join wide_sides as other on other.article_id = one.article_id and other.event_no = one.event_no and other.country > one.country
)

select
    pairs.first_country,
    pairs.second_country,
    count(*) as event_count,
    count(*) filter (dealings.quad like '%cooperation') as cooperation_count,
    count(*) filter (dealings.quad like '%conflict') as conflict_count,
    avg(dealings.intensity) as mean_intensity
from pairs
join dealings on dealings.article_id = pairs.article_id and dealings.event_no = pairs.event_no
where len($countries::varchar[]) = 0
    or list_contains($countries::varchar[], pairs.first_country)
    or list_contains($countries::varchar[], pairs.second_country)
group by pairs.first_country, pairs.second_country
order by event_count desc, pairs.first_country, pairs.second_country
limit 80
