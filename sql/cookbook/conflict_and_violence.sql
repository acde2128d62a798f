-- Where was force used or threatened?
-- about: countries
-- :country = null  ISO 3166-1 alpha-3 code of a party; null for all
-- :since = null  first day; null for no limit
-- :worst = -7  intensity on Goldstein's scale at most; -10 is war
with

parties as (
    select
        event_parties.article_id,
        event_parties.event_no,
        list(distinct entities.name order by entities.name) as parties,
        list(distinct event_parties.country) as countries
    from main.event_parties as event_parties
    join main.entities as entities on entities.entity_id = event_parties.entity_id
    group by event_parties.article_id, event_parties.event_no
)

select
    coalesce(events.starts_on, articles.published_on) as happened_on,
    events.kind,
    events.status,
    coalesce(parties.parties, []) as parties,
    places.name as place,
    events.intensity,
    events.trigger,
    articles.display_title as article_title
from main.events as events
join marts.current_articles as articles on articles.article_id = events.article_id
left join parties on parties.article_id = events.article_id and parties.event_no = events.event_no
left join main.entities as places on places.entity_id = events.place_id
where events.quad = 'material conflict'
    and events.intensity <= $worst::double
    and ($country is null or list_contains(parties.countries, upper($country)))
    and ($since is null or coalesce(events.starts_on, articles.published_on) >= $since::date)
order by happened_on, events.kind, parties, article_title
