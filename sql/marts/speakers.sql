-- One row per person or body that is quoted or whose words are told.
-- Counts are of quotes and statements in all articles, copies included; usual_cue_class is the most frequent way of reporting them.
with

words as (
    select speaker_id, article_id, true as is_quote, cue_class from main.quotes
    union all
    select speaker_id, article_id, false as is_quote, cue_class from main.statements
)

select
    entities.entity_id,
    entities.name,
    entities.kind,
    entities.country,
    count(*) filter (words.is_quote) as quote_count,
    count(*) filter (not words.is_quote) as statement_count,
    count(distinct words.article_id) as article_count,
    count(distinct articles.outlet) as outlet_count,
    mode(words.cue_class order by words.cue_class) as usual_cue_class,
    min(articles.published_on) as first_published_on,
    max(articles.published_on) as last_published_on
from words
join main.entities as entities on entities.entity_id = words.speaker_id
join marts.current_articles as articles on articles.article_id = words.article_id
group by entities.entity_id, entities.name, entities.kind, entities.country
