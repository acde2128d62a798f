-- Who is mentioned together with this person?
-- about: names
-- :person = null  part of the person's name; null for all pairs
-- :least_articles = 1  in how many articles both stand at least
-- :top = 50  how many pairs
with

named as (
    select distinct
        mentions.article_id,
        entities.entity_id,
        entities.name
    from main.mentions as mentions
    semi join marts.current_articles as articles on articles.article_id = mentions.article_id
    join main.entities as entities on entities.entity_id = mentions.entity_id
    where entities.kind = 'person'
)

select
    one.name as person,
    other.name as appears_with,
    count(*) as article_count
from named as one
join named as other on other.article_id = one.article_id and other.entity_id != one.entity_id
where ($person is null or strip_accents(one.name) ilike '%' || strip_accents($person) || '%')
    and ($person is not null or one.name < other.name)
group by one.name, other.name
having count(*) >= $least_articles::bigint
order by article_count desc, person, appears_with
limit $top::bigint
