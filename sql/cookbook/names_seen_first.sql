-- Which people appear for the first time in these days?
-- about: names
-- :since = null  first day of publication; null for no limit
-- :until = null  last day of publication; null for no limit
-- Counted over articles that have a day.
select
    min(published_on) as first_seen_on,
    name,
    sum(article_count)::bigint as article_count
from marts.entity_days
where kind = 'person'
group by entity_id, name
having ($since is null or min(published_on) >= $since::date)
    and ($until is null or min(published_on) <= $until::date)
    and min(published_on) is not null
order by first_seen_on, name
