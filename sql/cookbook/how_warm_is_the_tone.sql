-- How warm or cold is the tone of articles that mention this name?
-- about: outlets
-- :name = null  part of the name; null for all
-- :least_articles = 1  in how many articles it stands at least
-- Tone is the articles' own, from -1 to 1, not what is said of the name; NULL for languages without a list of words.
select
    entities.name,
    count(distinct articles.article_id) as article_count,
    round(avg(articles.tone), 1) as mean_tone
from (select distinct article_id, entity_id from main.mentions) as mentions
join main.entities as entities on entities.entity_id = mentions.entity_id
join marts.current_articles as articles on articles.article_id = mentions.article_id
where ($name is null or strip_accents(entities.name) ilike '%' || strip_accents($name) || '%')
group by entities.entity_id, entities.name
having count(distinct articles.article_id) >= $least_articles::bigint
order by mean_tone, entities.name
