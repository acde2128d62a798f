-- One row per entity and day of publication: in how many articles, and how often, it is mentioned.
select
    mentions.entity_id,
    entities.name,
    entities.kind,
    articles.published_on,
    count(*) as mention_count,
    count(distinct mentions.article_id) as article_count,
    count(distinct articles.outlet) as outlet_count,
    avg(articles.tone) as mean_tone
from main.mentions as mentions
join main.entities as entities on entities.entity_id = mentions.entity_id
join marts.current_articles as articles on articles.article_id = mentions.article_id
group by mentions.entity_id, entities.name, entities.kind, articles.published_on
