-- Which headlines name this person, country or body?
-- about: names
-- :name = null  part of the name; null for all
select distinct
    articles.published_on,
    articles.display_title as headline,
    entities.name,
    articles.outlet
from main.mentions as mentions
join marts.current_articles as articles on articles.article_id = mentions.article_id
join main.blocks as blocks on blocks.document_id = articles.document_id and blocks.block_no = mentions.block_no
join main.entities as entities on entities.entity_id = mentions.entity_id
where blocks.role = 'headline'
    and ($name is null or strip_accents(entities.name) ilike '%' || strip_accents($name) || '%')
order by articles.published_on, headline, entities.name
