-- One row: how much the warehouse holds, and from when to when its articles are.
select
    (select count(*) from main.documents) as document_count,
    (select count(*) from main.articles) as article_count,
    (select count(*) from main.quotes) as quote_count,
    (select count(*) from main.events) as event_count,
    (select min(published_on) from main.articles) as first_published_on,
    (select max(published_on) from main.articles) as last_published_on
