-- One row per article and topic; article_id is the article's number.
select numbers.number as article_id, topics.label
from main.topics as topics
join numbers on numbers.article_id = topics.article_id
