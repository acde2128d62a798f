-- Which events do several articles tell, and do they agree on the place?
-- about: timeline
-- :person = null  part of a party's name; null for anybody
-- :least_articles = 2  how many articles tell it at least
-- The same event means here: the same kind, days and parties. It finds the plain cases and joins nothing that only looks alike.
select
    starts_on,
    ends_on,
    kind,
    parties,
    count(distinct article_id) as article_count,
    list(distinct outlet order by outlet) filter (outlet is not null) as outlets,
    list(distinct place order by place) filter (place is not null) as places
from marts.timeline
where status = 'happened'
    and len(parties) > 0
    and ($person is null or strip_accents(array_to_string(parties, '; ')) ilike '%' || strip_accents($person) || '%')
group by starts_on, ends_on, kind, parties
having count(distinct article_id) >= $least_articles::bigint
order by article_count desc, starts_on, ends_on, kind, parties
