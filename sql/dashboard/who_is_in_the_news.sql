-- One row per person or country that the articles of the last run name most, with how often; ten of each. Filter: outlets.
with

last_run as (
    select run_id from ops.runs where articles_new > 0 order by started_at desc limit 1
),

new_articles as (
    select articles.article_id
    from marts.current_articles as articles
    join main.documents as documents on documents.document_id = articles.document_id
    where documents.run_id = (select run_id from last_run)
        and articles.duplicate_of is null
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
),

named as (
    select mentions.entity_id, count(*) as mention_count
    from main.mentions as mentions
    semi join new_articles on new_articles.article_id = mentions.article_id
    group by mentions.entity_id
)

select entities.entity_id, entities.kind, entities.name, entities.country, named.mention_count
from named
join main.entities as entities on entities.entity_id = named.entity_id
where entities.kind in ('person', 'country')
qualify row_number() over (partition by entities.kind order by named.mention_count desc, named.entity_id) <= 10
order by entities.kind, named.mention_count desc, entities.entity_id
