-- One row: how much the warehouse holds, and from when to when its articles are.
select
    (select document_count from extract.held) as document_count,
    count(*) as article_count,
    coalesce(sum(quote_count), 0)::bigint as quote_count,
    coalesce(sum(event_count), 0)::bigint as event_count,
    min(published_on) as first_published_on,
    max(published_on) as last_published_on
from extract.articles
