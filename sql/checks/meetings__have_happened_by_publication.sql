-- What is dated after the day of publication was announced and has not happened: its status or its day was read wrongly.
-- One day is left to places where it is tomorrow already.
-- severity: warn
select
    events.article_id,
    events.event_no,
    events.trigger,
    events.starts_on
from main.events as events
join main.articles as articles on articles.article_id = events.article_id
semi join pipeline.unchecked as unchecked on unchecked.document_id = articles.document_id
where
    events.kind in ('meet', 'talks', 'summit', 'call', 'video-call', 'visit', 'host')
    and events.status in ('happened', 'ongoing')
    and events.starts_on > articles.published_on + 1
