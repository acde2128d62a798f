-- One row per event of an article as it stands now; article_id is the article's number.
select
    numbers.number as article_id,
    events.event_no::smallint as event_no,
    events.kind,
    events.quad,
    events.intensity,
    events.mode,
    events.status,
    events.starts_on,
    events.ends_on,
    events.place_id,
    events.sentence_no
from main.events as events
join numbers on numbers.article_id = events.article_id
