-- Who is in the pictures, as their captions say?
-- about: names
-- :name = null  part of the name; null for all
select distinct
    entities.name,
    blocks.text as caption,
    articles.display_title as article_title,
    articles.published_on
from main.mentions as mentions
join marts.current_articles as articles on articles.article_id = mentions.article_id
join main.blocks as blocks on blocks.document_id = articles.document_id and blocks.block_no = mentions.block_no
join main.entities as entities on entities.entity_id = mentions.entity_id
where blocks.role = 'caption'
    and entities.kind = 'person'
    and ($name is null or strip_accents(entities.name) ilike '%' || strip_accents($name) || '%')
order by entities.name, articles.published_on, caption
