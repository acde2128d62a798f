-- One row per kind of thing that the warehouse does not know, with how many there are of it and of how many.
-- Of articles as they stand now, but for inputs, places, persons and bodies; words set at a distance (scare) want no speaker.
select 'articles without a day of publication' as unknown, count(*) filter (published_on is null) as unknown_count, count(*) as total_count
from marts.current_articles as articles
union all
select 'articles without any bound of their day', count(*) filter (published_earliest is null and published_latest is null), count(*)
from marts.current_articles as articles
union all
select 'articles without a headline', count(*) filter (title is null), count(*)
from marts.current_articles as articles
union all
select 'articles without an outlet', count(*) filter (outlet is null), count(*)
from marts.current_articles as articles
union all
select 'articles without a byline', count(*) filter (byline is null), count(*)
from marts.current_articles as articles
union all
select 'pages without an article', count(*) filter (articles.document_id is null), count(*)
from main.documents as documents
left join (select distinct document_id from main.articles) as articles on articles.document_id = documents.document_id
where documents.is_current
union all
select 'quotes without a speaker', count(*) filter (speaker_id is null and speaker_text is null), count(*)
from main.quotes as quotes
semi join marts.current_articles as articles on articles.article_id = quotes.article_id
where quotes.kind != 'scare'
union all
select 'quotes whose speaker is no known entity', count(*) filter (speaker_id is null and speaker_text is not null), count(*)
from main.quotes as quotes
semi join marts.current_articles as articles on articles.article_id = quotes.article_id
union all
select 'expressions of time that cannot be resolved', count(*) filter (value is null), count(*)
from main.dates as dates
semi join marts.current_articles as articles on articles.article_id = dates.article_id
union all
select 'events without a day', count(*) filter (starts_on is null), count(*)
from main.events as events
semi join marts.current_articles as articles on articles.article_id = events.article_id
union all
select 'meetings without a place', count(*) filter (place_id is null), count(*)
from main.events as events
semi join marts.current_articles as articles on articles.article_id = events.article_id
where kind in ('meet', 'talks', 'summit', 'visit', 'host')
union all
select 'inputs that could not be loaded', count(*), (select count(*) from main.documents) + count(*)
from main.rejects
union all
select 'statements without a known speaker', count(*) filter (speaker_id is null), count(*)
from main.statements as statements
semi join marts.current_articles as articles on articles.article_id = statements.article_id
union all
select 'events without a party', count(*) filter (event_parties.article_id is null), count(*)
from main.events as events
semi join marts.current_articles as articles on articles.article_id = events.article_id
left join (select distinct article_id, event_no from main.event_parties) as event_parties
    on event_parties.article_id = events.article_id and event_parties.event_no = events.event_no
union all
select 'places without coordinates', count(*) filter (latitude is null), count(*)
from main.entities
where kind = 'place'
union all
select 'persons and bodies not found in any reference list', count(*) filter (description is null), count(*)
from main.entities
where kind in ('person', 'organization')
