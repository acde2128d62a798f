-- One row per meeting, call, visit or summit that an article tells of somebody by name; without a party it is in main.events alone.
-- Parties are people and bodies by name; sides are the same by country, such as "USA: Henry Kissinger, Richard Nixon".
-- A meeting that five articles tell is five rows; report_count then says 5 on each, whatever kind and status they give it, where they name the same parties on
-- the same days. Meetings without a day, or with parties named otherwise, count alone. One told by its month or year alone has
-- the first and last day of it, and is never the same as one of the first.
with

told_parties as (
    select distinct
        event_parties.article_id,
        event_parties.event_no,
        entities.name,
        event_parties.country
    from main.event_parties as event_parties
    join main.entities as entities on entities.entity_id = event_parties.entity_id
),

told_sides as (
    select
        article_id,
        event_no,
        country,
        list(distinct name order by name) as names
    from told_parties
    group by article_id, event_no, country
),

parties as (
    select
        article_id,
        event_no,
        list_sort(list_distinct(flatten(list(names)))) as parties,
        list(country order by country) filter (country is not null) as countries,
        list(coalesce(country || ': ', '') || array_to_string(names, ', ') order by country) as sides
    from told_sides
    group by article_id, event_no
)

select
    events.article_id,
    events.event_no,
    events.kind,
    events.mode,
    events.status,
    events.is_background,
    parties.parties,
    parties.countries,
    parties.sides,
    events.starts_on,
    events.ends_on,
    places.name as place,
    places.country as place_country,
    articles.display_title as article_title,
    articles.outlet,
    articles.published_on,
    if(
        events.starts_on is null,
        1,
        count(distinct events.article_id) over (partition by parties.parties, events.starts_on, events.ends_on)
    ) as report_count,
    events.trigger,
    events.block_no,
    events.char_start,
    events.char_end
from main.events as events
join parties on parties.article_id = events.article_id and parties.event_no = events.event_no
join marts.current_articles as articles on articles.article_id = events.article_id
left join main.entities as places on places.entity_id = events.place_id
where events.kind in ('meet', 'talks', 'summit', 'call', 'video-call', 'letter', 'visit', 'host')
order by events.starts_on, events.article_id, events.event_no
