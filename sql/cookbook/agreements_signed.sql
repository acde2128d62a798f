-- Which treaties and accords were signed, when, and by whom?
-- about: timeline
-- :accord = null  part of the accord's name; null for all
-- Accords that the sentence of a signing mentions. Its signers are those of that event, and of the signings of the same day in the same
-- article that name no accord.
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
),

accords as (
    select distinct
        signings.article_id,
        signings.event_no,
        signings.starts_on,
        entities.name as accord
    from signings
    join main.mentions as mentions on mentions.article_id = signings.article_id and mentions.sentence_no = signings.sentence_no
    join main.entities as entities on entities.entity_id = mentions.entity_id
    where entities.kind = 'accord'
),

-- "The two signed a treaty on Tuesday", and further down "They signed the treaty of so-and-so"
unnamed as (
    select signings.article_id, signings.event_no, signings.starts_on
    from signings
    anti join accords on accords.article_id = signings.article_id and accords.event_no = signings.event_no
),

told as (
    select article_id, event_no, accord from accords
    union
    select unnamed.article_id, unnamed.event_no, accords.accord
    from unnamed
    join accords on accords.article_id = unnamed.article_id and accords.starts_on = unnamed.starts_on
)

select
    told.accord,
    min(signings.starts_on) as signed_on,
    coalesce(list(distinct signers.name order by signers.name) filter (signers.name is not null), []) as signers,
    count(distinct told.article_id) as article_count
from told
join signings on signings.article_id = told.article_id and signings.event_no = told.event_no
left join signers on signers.article_id = told.article_id and signers.event_no = told.event_no
where $accord is null or strip_accents(told.accord) ilike '%' || strip_accents($accord) || '%'
group by told.accord
order by signed_on, accord
