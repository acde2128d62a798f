-- Under which names and spellings is this person or body printed?
-- about: names
-- :name = null  part of the name; null for all
-- Pronouns and phrases that stand for the name are left out.
select
    entities.name,
    list(distinct mentions.text order by mentions.text) as printed_as,
    list(distinct articles.language order by articles.language) as languages,
    count(*) as mention_count
from main.mentions as mentions
join main.entities as entities on entities.entity_id = mentions.entity_id
join marts.current_articles as articles on articles.article_id = mentions.article_id
where mentions.method != 'coreference'
    and ($name is null or strip_accents(entities.name) ilike '%' || strip_accents($name) || '%')
group by entities.entity_id, entities.name
order by mention_count desc, entities.name
