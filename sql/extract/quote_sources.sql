-- One row per quote and outlet or agency through which it was reported; article_id is the article's number.
select
    numbers.number as article_id,
    quote_sources.quote_no::smallint as quote_no,
    quote_sources.entity_id
from main.quote_sources as quote_sources
join numbers on numbers.article_id = quote_sources.article_id
