-- One row per quote of those asked for (articles and their quote numbers, side by side): its words.
with

wanted as (
    select unnest($articles::varchar[]) as article_id, unnest($numbers::integer[]) as quote_no
)

select quotes.article_id, quotes.quote_no, quotes.text
from main.quotes as quotes
semi join wanted on wanted.article_id = quotes.article_id and wanted.quote_no = quotes.quote_no
