-- One row per article and whom or what it names, with how often; article_id is the article's number.
with

named as (
    select article_id, entity_id, count(*)::integer as times from main.mentions group by article_id, entity_id
)

select numbers.number as article_id, named.entity_id, named.times
from named
join numbers on numbers.article_id = named.article_id
