-- One row: how much the warehouse holds, and from when to when its articles are.
select
    (select count(*) from main.documents where is_current) as document_count,
    (select count(*) from marts.current_articles) as article_count,
    (select count(*) from main.quotes as quotes semi join marts.current_articles as articles on articles.article_id = quotes.article_id) as quote_count,
    (select count(*) from main.events as events semi join marts.current_articles as articles on articles.article_id = events.article_id) as event_count,
    (select min(published_on) from marts.current_articles) as first_published_on,
    (select max(published_on) from marts.current_articles) as last_published_on
