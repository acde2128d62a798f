-- One row per article and whom it says that it has its facts from; article_id is the article's number.
select numbers.number as article_id, cited_sources.entity_id
from main.cited_sources as cited_sources
join numbers on numbers.article_id = cited_sources.article_id
