-- A meeting or call is of two: one party alone is a sentence that was not understood, or one that does not say whom somebody met.
-- severity: warn
select
    events.article_id,
    events.event_no,
    events.trigger
from main.events as events
join main.articles as articles on articles.article_id = events.article_id
semi join pipeline.unchecked as unchecked on unchecked.document_id = articles.document_id
left join main.event_parties as parties on parties.article_id = events.article_id and parties.event_no = events.event_no
where events.kind in ('meet', 'talks', 'summit', 'call', 'video-call')
group by events.article_id, events.event_no, events.trigger
having count(parties.entity_id) < 2
