-- Who accused whom, of what?
-- about: said
-- :person = null  part of the accuser's or the accused's name; null for anybody
with

parties as (
    select
        event_parties.article_id,
        event_parties.event_no,
        coalesce(list(distinct entities.name order by entities.name) filter (event_parties.role = 'actor'), []) as accusers,
        coalesce(list(distinct entities.name order by entities.name) filter (event_parties.role = 'recipient'), []) as accused
    from main.event_parties as event_parties
    join main.entities as entities on entities.entity_id = event_parties.entity_id
    group by event_parties.article_id, event_parties.event_no
)

select
    coalesce(events.starts_on, articles.published_on) as happened_on,
    parties.accusers,
    parties.accused,
    substring(documents.text, sentences.char_start + 1, sentences.char_end - sentences.char_start) as sentence,
    articles.outlet
from main.events as events
join parties on parties.article_id = events.article_id and parties.event_no = events.event_no
join marts.current_articles as articles on articles.article_id = events.article_id
join main.documents as documents on documents.document_id = articles.document_id
join main.sentences as sentences on sentences.article_id = events.article_id and sentences.sentence_no = events.sentence_no
where events.kind = 'accuse'
    and ($person is null or strip_accents(array_to_string(parties.accusers || parties.accused, '; ')) ilike '%' || strip_accents($person) || '%')
order by happened_on, sentence
