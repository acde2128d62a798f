-- One row per fact of an article with its span: its kind, its number within the kind, and what it says in one line.
select 'mention' as kind, mention_no as fact_no, block_no, char_start, char_end, entity_id as says
from main.mentions where article_id = $article
union all
select 'quote', quote_no, block_no, char_start, char_end, concat_ws(' ', coalesce(speaker_id, speaker_text, 'nobody named'), cue)
from main.quotes where article_id = $article
union all
select 'statement', statement_no, block_no, char_start, char_end, concat_ws(' ', coalesce(speaker_id, speaker_text, 'nobody named'), cue)
from main.statements where article_id = $article
union all
select 'date', date_no, block_no, char_start, char_end, coalesce(value, 'unresolved: ' || basis)
from main.dates where article_id = $article
union all
select 'event', event_no, block_no, char_start, char_end, concat_ws(' ', kind, status, cast(starts_on as varchar))
from main.events where article_id = $article
union all
select 'amount', amount_no, block_no, char_start, char_end, concat_ws(' ', bound, cast(value as varchar), unit)
from main.amounts where article_id = $article
order by char_start, char_end desc, kind
