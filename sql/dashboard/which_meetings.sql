-- One row per meeting, call, visit or summit that an article tells, the latest first; those without a day come last.
-- Filters: its own day, its parties and their countries, the outlet. A meeting that five articles tell is five rows.
with

chosen as (
    select
        events.article_id,
        events.event_no,
        events.kind,
        events.mode,
        events.status,
        events.starts_on,
        events.ends_on,
        events.place_id,
        articles.display_title,
        articles.outlet,
        articles.published_on
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
    order by events.starts_on desc nulls last, events.article_id, events.event_no
    limit $rows
)

select
    chosen.*,
    places.name as place,
    coalesce(list(distinct entities.name order by entities.name) filter (entities.name is not null), []) as parties,
    coalesce(list(distinct event_parties.country order by event_parties.country) filter (event_parties.country is not null), []) as countries
from chosen
left join extract.event_parties as event_parties on event_parties.article_id = chosen.article_id and event_parties.event_no = chosen.event_no
left join extract.entities as entities on entities.entity_id = event_parties.entity_id
left join extract.entities as places on places.entity_id = chosen.place_id
group by all
order by chosen.starts_on desc nulls last, chosen.article_id, chosen.event_no
