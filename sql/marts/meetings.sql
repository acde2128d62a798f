-- One row per meeting, call, visit or summit that an article tells.
-- Parties are people and bodies by name; countries are listed apart. A meeting that five articles tell is five rows.
with

parties as (
    select
        event_parties.article_id,
        event_parties.event_no,
        list(distinct entities.name order by entities.name) as parties,
        list(distinct event_parties.country order by event_parties.country)
            filter (event_parties.country is not null) as countries
    from main.event_parties as event_parties
    join main.entities as entities on entities.entity_id = event_parties.entity_id
    group by event_parties.article_id, event_parties.event_no
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
    events.starts_on,
    events.ends_on,
    places.name as place,
    places.country as place_country,
    articles.display_title as article_title,
    articles.outlet,
    articles.published_on,
    events.trigger,
    events.block_no,
    events.char_start,
    events.char_end
from main.events as events
join parties on parties.article_id = events.article_id and parties.event_no = events.event_no
join main.articles as articles on articles.article_id = events.article_id
left join main.entities as places on places.entity_id = events.place_id
where events.kind in ('meet', 'talk', 'call', 'visit', 'summit', 'host', 'negotiate')
order by events.starts_on, events.article_id, events.event_no
