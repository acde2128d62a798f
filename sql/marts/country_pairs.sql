-- One row per span of days and pair of countries that an event of these days joins; first_country is the first in the alphabet.
-- An event joins those who act with those who receive, and each two of those who take part where nobody receives: of two
-- countries that impose sanctions on a third, each is joined with the third and not with the other.
-- The days are the event's own, else the article's day; events with neither have a NULL day. An event told by its month or
-- year alone has the first and last day of it, so a chart of days asks for happened_on = happened_until. Left out are denied
-- and cancelled events, and those that are neither cooperation nor conflict.
with

told_events as (
    select
        events.article_id,
        events.event_no,
        coalesce(events.starts_on, articles.published_on) as happened_on,
        coalesce(events.ends_on, events.starts_on, articles.published_on) as happened_until,
        events.quad,
        events.intensity
    from main.events as events
    join marts.current_articles as articles on articles.article_id = events.article_id
    where events.status not in ('denied', 'cancelled')
        and events.quad is not null
),

received as (
    select distinct
        event_parties.article_id,
        event_parties.event_no
    from main.event_parties as event_parties
    where event_parties.role = 'recipient'
),

pairs as (
    select
        events.article_id,
        events.event_no,
        least(one.country, other.country) as first_country,
        greatest(one.country, other.country) as second_country
    from told_events as events
    join main.event_parties as one on one.article_id = events.article_id and one.event_no = events.event_no
    join main.event_parties as other on other.article_id = events.article_id and other.event_no = events.event_no
    where one.role != 'recipient'
        and other.role = 'recipient'
        and one.country != other.country
    union
    select
        events.article_id,
        events.event_no,
        one.country as first_country,
        other.country as second_country
    from told_events as events
    anti join received on received.article_id = events.article_id and received.event_no = events.event_no
    join main.event_parties as one on one.article_id = events.article_id and one.event_no = events.event_no
    join main.event_parties as other on other.article_id = events.article_id and other.event_no = events.event_no
    where one.country < other.country
        -- two who condemn are no foes of each other
        and (events.quad like '%cooperation' or (one.role = 'participant' and other.role = 'participant'))
)

select
    events.happened_on,
    events.happened_until,
    pairs.first_country,
    pairs.second_country,
    count(*) as event_count,
    count(*) filter (events.quad like '%cooperation') as cooperation_count,
    count(*) filter (events.quad like '%conflict') as conflict_count,
    avg(events.intensity) as mean_intensity,
    count(events.intensity) as intensity_count,
    count(distinct events.article_id) as article_count
from pairs
join told_events as events on events.article_id = pairs.article_id and events.event_no = pairs.event_no
group by events.happened_on, events.happened_until, pairs.first_country, pairs.second_country
