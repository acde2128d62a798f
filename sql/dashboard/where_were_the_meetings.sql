-- One row per place with coordinates in which meetings were, or are to be, with the number of reports and who was there most.
-- Meetings without a known place are absent.
with

chosen as (
    select events.article_id, events.event_no, events.starts_on, events.place_id, events.status
    from extract.events as events
    join extract.articles as articles on articles.article_id = events.article_id
    where events.kind in ('meet', 'talks', 'summit', 'call', 'video-call', 'letter', 'visit', 'host')
        and ($from::date is null or coalesce(events.ends_on, events.starts_on) >= $from::date)
        and ($to::date is null or events.starts_on <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
        and (len($people::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($people::varchar[], entity_id)))
        and (len($countries::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($countries::varchar[], country)))
)

select
    places.entity_id as place_id,
    places.name as place,
    places.country,
    places.latitude,
    places.longitude,
    count(distinct (chosen.article_id, chosen.event_no)) as report_count,
    max(chosen.starts_on) as last_on,
    list(distinct people.name order by people.name)[:4] as some_parties
from chosen
join extract.entities as places on places.entity_id = chosen.place_id
left join extract.event_parties as event_parties on event_parties.article_id = chosen.article_id and event_parties.event_no = chosen.event_no
left join extract.entities as people on people.entity_id = event_parties.entity_id and people.kind in ('person', 'organization')
where places.latitude is not null and places.longitude is not null
group by all
order by report_count desc, place_id
limit 200
