-- One row per event of those asked for (articles and their event numbers, side by side): the word or phrase that tells it.
with

wanted as (
    select unnest($articles::varchar[]) as article_id, unnest($numbers::integer[]) as event_no
)

select events.article_id, events.event_no, events.trigger
from main.events as events
semi join wanted on wanted.article_id = events.article_id and wanted.event_no = events.event_no
