-- What did the minister promise, and has it a later happening?
-- about: said
-- :person = null  part of the speaker's name; null for anybody
-- A later happening is an event told by an article of a later day in which the speaker takes part together with
-- somebody or something else that the sentence of the promise names. An empty list means that none is known here.
with

words as (
    select article_id, speaker_id, sentence_no, text from main.quotes where cue_class = 'promised'
    union all
    select article_id, speaker_id, sentence_no, text from main.statements where cue_class = 'promised'
),

promises as (
    select
        words.*,
        entities.name as speaker,
        articles.published_on,
        articles.outlet,
        list(distinct mentions.entity_id) filter (mentions.entity_id != words.speaker_id) as about_ids
    from words
    join marts.current_articles as articles on articles.article_id = words.article_id
    join main.entities as entities on entities.entity_id = words.speaker_id
    left join main.mentions as mentions on mentions.article_id = words.article_id and mentions.sentence_no = words.sentence_no
    group by all
),

deeds as (
    select
        events.article_id,
        events.event_no,
        events.kind,
        events.starts_on,
        articles.published_on,
        list(event_parties.entity_id) as party_ids
    from main.events as events
    join marts.current_articles as articles on articles.article_id = events.article_id
    join main.event_parties as event_parties on event_parties.article_id = events.article_id and event_parties.event_no = events.event_no
    where events.status in ('happened', 'ongoing')
    group by all
)

select
    promises.published_on as promised_on,
    promises.speaker,
    promises.text as promise,
    promises.outlet,
    coalesce(
        list_sort(list(distinct deeds.kind || coalesce(' on ' || deeds.starts_on, '')) filter (deeds.kind is not null)),
        []
    ) as later_happenings
from promises
left join deeds
    on deeds.published_on > promises.published_on
    and list_contains(deeds.party_ids, promises.speaker_id)
    and list_has_any(deeds.party_ids, promises.about_ids)
where ($person is null or strip_accents(promises.speaker) ilike '%' || strip_accents($person) || '%')
group by promises.published_on, promises.speaker, promises.text, promises.outlet
order by promised_on, promises.speaker, promise
