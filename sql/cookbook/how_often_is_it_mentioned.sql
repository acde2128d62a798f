-- How often is this name mentioned, day by day?
-- about: names
-- :name = null  part of the name; null for all
-- :since = null  first day of publication; null for no limit
-- :until = null  last day of publication; null for no limit
select
    published_on,
    name,
    article_count,
    mention_count,
    outlet_count
from marts.entity_days
where ($name is null or strip_accents(name) ilike '%' || strip_accents($name) || '%')
    and ($since is null or published_on >= $since::date)
    and ($until is null or published_on <= $until::date)
order by published_on, name
