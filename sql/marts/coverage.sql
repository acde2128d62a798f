-- One row per topic, country and day of publication: articles on the topic that mention the country.
-- day_article_count is the denominator: all articles of that day.
with

countries as (
    select distinct
        mentions.article_id,
        entities.country
    from main.mentions as mentions
    join main.entities as entities on entities.entity_id = mentions.entity_id
    where entities.country is not null
),

days as (
    select published_on, count(*) as day_article_count
    from marts.current_articles as articles
    group by published_on
)

select
    topics.topic,
    topics.label,
    countries.country,
    articles.published_on,
    count(distinct articles.article_id) as article_count,
    any_value(days.day_article_count) as day_article_count
from main.topics as topics
join marts.current_articles as articles on articles.article_id = topics.article_id
join countries on countries.article_id = topics.article_id
join days on days.published_on is not distinct from articles.published_on
group by topics.topic, topics.label, countries.country, articles.published_on
