-- One row per person or country that the articles of the last run name most, with how often; ten of each. Filter: outlets.
with

new_articles as (
    select article_id
    from extract.articles
    where is_new
        and not is_copy
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], outlet))
),

named as (
    select mentions.entity_id, sum(mentions.times)::bigint as mention_count
    from extract.mentions as mentions
    semi join new_articles on new_articles.article_id = mentions.article_id
    group by mentions.entity_id
)

select entities.entity_id, entities.kind, entities.name, entities.country, named.mention_count
from named
join extract.entities as entities on entities.entity_id = named.entity_id
where entities.kind in ('person', 'country')
qualify row_number() over (partition by entities.kind order by named.mention_count desc, named.entity_id) <= 10
order by entities.kind, named.mention_count desc, entities.entity_id
