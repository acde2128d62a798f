-- Which outlets write about this country, and what?
-- about: countries
-- :country = null  ISO 3166-1 alpha-3 code; null for all
-- Articles that mention the country, or a person, body or place of it.
select
    entities.country,
    articles.outlet,
    count(distinct articles.article_id) as article_count,
    list(distinct articles.display_title order by articles.display_title) as articles
from main.mentions as mentions
join main.entities as entities on entities.entity_id = mentions.entity_id
join marts.current_articles as articles on articles.article_id = mentions.article_id
where entities.country is not null
    and ($country is null or entities.country = upper($country))
group by entities.country, articles.outlet
order by entities.country, article_count desc, articles.outlet
