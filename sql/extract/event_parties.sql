-- One row per party of an event; article_id is the article's number.
select
    numbers.number as article_id,
    event_parties.event_no::smallint as event_no,
    event_parties.entity_id,
    event_parties.role,
    event_parties.country
from main.event_parties as event_parties
join numbers on numbers.article_id = event_parties.article_id
