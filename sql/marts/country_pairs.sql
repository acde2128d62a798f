-- One row per day and pair of countries that an event of that day joins; first_country is the first in the alphabet.
-- The day is the event's own, else the article's; events with neither have a NULL day. Denied and cancelled ones are left out.
with

sides as (
    select distinct
        event_parties.article_id,
        event_parties.event_no,
        event_parties.country
    from main.event_parties as event_parties
    where event_parties.country is not null
),

pairs as (
    select
        coalesce(events.starts_on, articles.published_on) as happened_on,
        first_side.country as first_country,
        second_side.country as second_country,
        events.quad,
        events.intensity,
        events.article_id
    from main.events as events
    join marts.current_articles as articles on articles.article_id = events.article_id
    join sides as first_side on first_side.article_id = events.article_id and first_side.event_no = events.event_no
    join sides as second_side
        on second_side.article_id = events.article_id
        and second_side.event_no = events.event_no
        and second_side.country > first_side.country
    where events.status not in ('denied', 'cancelled')
)

select
    happened_on,
    first_country,
    second_country,
    count(*) as event_count,
    count(*) filter (quad like '%cooperation') as cooperation_count,
    count(*) filter (quad like '%conflict') as conflict_count,
    avg(intensity) as mean_intensity,
    count(distinct article_id) as article_count
from pairs
group by happened_on, first_country, second_country
