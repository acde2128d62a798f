-- Where did it happen? (places with their coordinates, for a map)
-- about: timeline
-- :place = null  part of the place's name; null for all
-- :since = null  first day of the event; null for no limit
-- :until = null  last day of the event; null for no limit
select
    entities.name as place,
    entities.country,
    round(any_value(entities.latitude), 2) as latitude,
    round(any_value(entities.longitude), 2) as longitude,
    count(*) as event_count,
    count(distinct events.article_id) as article_count,
    list(distinct events.kind order by events.kind) as kinds
from main.events as events
semi join marts.current_articles as articles on articles.article_id = events.article_id
join main.entities as entities on entities.entity_id = events.place_id
where events.status = 'happened'
    and ($place is null or strip_accents(entities.name) ilike '%' || strip_accents($place) || '%')
    and ($since is null or events.starts_on >= $since::date)
    and ($until is null or events.starts_on <= $until::date)
group by entities.entity_id, entities.name, entities.country
order by event_count desc, place
