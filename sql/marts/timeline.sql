-- One row per dated event of an article, in the order of time, with the sentence that tells it and where it was printed.
-- Events without a day are absent, those told by a month or year alone have its first and last day; planned, possible and denied ones are marked by status.
with

parties as (
    select
        event_parties.article_id,
        event_parties.event_no,
        list(distinct entities.name order by entities.name) as parties
    from main.event_parties as event_parties
    join main.entities as entities on entities.entity_id = event_parties.entity_id
    group by event_parties.article_id, event_parties.event_no
)

select
    events.starts_on,
    events.ends_on,
    events.kind,
    events.status,
    events.is_background,
    coalesce(parties.parties, []) as parties,
    places.name as place,
    substring(documents.text, sentences.char_start + 1, sentences.char_end - sentences.char_start) as sentence,
    events.article_id,
    events.event_no,
    articles.display_title as article_title,
    articles.outlet,
    articles.published_on
from main.events as events
join marts.current_articles as articles on articles.article_id = events.article_id
join main.documents as documents on documents.document_id = articles.document_id
join main.sentences as sentences on sentences.article_id = events.article_id and sentences.sentence_no = events.sentence_no
left join parties on parties.article_id = events.article_id and parties.event_no = events.event_no
left join main.entities as places on places.entity_id = events.place_id
where events.starts_on is not null
order by events.starts_on, events.article_id, events.event_no
