-- What was said about this person, country or body, in direct quotes?
-- about: said
-- :name = null  part of the name of whoever is spoken about; null for anybody
-- The name, or a pronoun that stands for it, is within the quotation marks.
select distinct
    articles.published_on,
    quotes.speaker,
    entities.name as about,
    quotes.text,
    articles.outlet
from marts.utterances as quotes
join marts.current_articles as articles on articles.article_id = quotes.article_id
join main.mentions as mentions
    on mentions.article_id = quotes.article_id
    and mentions.char_start >= quotes.char_start
    and mentions.char_end <= quotes.char_end
join main.entities as entities on entities.entity_id = mentions.entity_id
where entities.entity_id is distinct from quotes.speaker_id
    and ($name is null or strip_accents(entities.name) ilike '%' || strip_accents($name) || '%')
order by articles.published_on, quotes.text, articles.outlet
