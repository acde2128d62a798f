-- Who meets whom most often? (the network of encounters)
-- about: meetings
-- :person = null  part of one party's name; null for all pairs
-- :top = 50  how many pairs
-- Pairs of people only. meeting_days counts days, not articles, so a meeting that ten outlets tell counts once.
-- Meetings without a day of their own, such as those told by a month alone, count as none of them.
with

met as (
    select
        events.article_id,
        events.event_no,
        events.starts_on,
        events.ends_on,
        entities.entity_id,
        entities.name
    from main.events as events
    join main.event_parties as event_parties on event_parties.article_id = events.article_id and event_parties.event_no = events.event_no
    join main.entities as entities on entities.entity_id = event_parties.entity_id
    join marts.meetings as meetings on meetings.article_id = events.article_id and meetings.event_no = events.event_no
    where events.status = 'happened' and entities.kind = 'person'
)

select
    one.name as person,
    other.name as met_with,
    count(distinct one.starts_on) filter (one.ends_on = one.starts_on) as meeting_days,
    count(distinct one.article_id) as article_count,
    min(one.starts_on) as first_on,
    max(one.starts_on) as last_on
from met as one
join met as other on other.article_id = one.article_id and other.event_no = one.event_no and other.entity_id != one.entity_id
where ($person is null or strip_accents(one.name) ilike '%' || strip_accents($person) || '%')
    and ($person is not null or one.name < other.name)
group by one.name, other.name
order by meeting_days desc, article_count desc, person, met_with
limit $top::bigint
