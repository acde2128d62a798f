-- Which treaties and accords were signed, when, and by whom?
-- about: timeline
-- :accord = null  part of the accord's name; null for all
-- Accords that an event of signing names as a party, or that its sentence mentions.
with

signings as (
    select
        events.article_id,
        events.event_no,
        events.sentence_no,
        events.starts_on
    from main.events as events
    semi join marts.current_articles as articles on articles.article_id = events.article_id
    where events.kind in ('sign', 'agree', 'agreement', 'ratify') and events.status = 'happened'
),

signers as (
    select
        event_parties.article_id,
        event_parties.event_no,
        entities.name
    from main.event_parties as event_parties
    join main.entities as entities on entities.entity_id = event_parties.entity_id
    where event_parties.role in ('actor', 'participant') and entities.kind in ('person', 'country', 'organization')
)

select
    entities.name as accord,
    min(signings.starts_on) as signed_on,
    coalesce(list(distinct signers.name order by signers.name) filter (signers.name is not null), []) as signers,
    count(distinct signings.article_id) as article_count
from signings
join main.mentions as mentions on mentions.article_id = signings.article_id and mentions.sentence_no = signings.sentence_no
join main.entities as entities on entities.entity_id = mentions.entity_id
left join signers on signers.article_id = signings.article_id and signers.event_no = signings.event_no
where entities.kind = 'accord'
    and ($accord is null or strip_accents(entities.name) ilike '%' || strip_accents($accord) || '%')
group by entities.name
order by signed_on, accord
