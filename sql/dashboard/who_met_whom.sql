-- One row per two parties of a meeting: how many reports put them together. The 60 most frequent pairs; called-off meetings are left out.
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
),

sides as (
    select distinct
        event_parties.article_id,
        event_parties.event_no,
        entities.entity_id,
        entities.name,
        entities.kind,
        coalesce(event_parties.country, entities.country) as country
    from extract.event_parties as event_parties
    join chosen on chosen.article_id = event_parties.article_id and chosen.event_no = event_parties.event_no
    join extract.entities as entities on entities.entity_id = event_parties.entity_id
    where chosen.status not in ('cancelled', 'denied')
        and entities.kind in ('person', 'organization', 'country')
)

select
    first_side.entity_id as first_id,
    any_value(first_side.name) as first_name,
    any_value(first_side.country) as first_country,
    second_side.entity_id as second_id,
    any_value(second_side.name) as second_name,
    any_value(second_side.country) as second_country,
    count(*) as report_count
from sides as first_side
join sides as second_side
    on second_side.article_id = first_side.article_id
    and second_side.event_no = first_side.event_no
    and second_side.entity_id > first_side.entity_id
group by first_side.entity_id, second_side.entity_id
order by report_count desc, first_id, second_id
limit 60
