-- Those who met or spoke are persons, bodies or countries: a town among them is more likely where they met.
-- severity: warn
select
    events.article_id,
    events.event_no,
    parties.entity_id
from main.events as events
join main.articles as articles on articles.article_id = events.article_id
semi join pipeline.unchecked as unchecked on unchecked.document_id = articles.document_id
join main.event_parties as parties on parties.article_id = events.article_id and parties.event_no = events.event_no
join main.entities as entities on entities.entity_id = parties.entity_id
where events.kind in ('meet', 'call') and entities.kind = 'place'
