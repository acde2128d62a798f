-- Which outlets rely on which agencies and other outlets?
-- about: outlets
-- :source = null  part of the source's name; null for all
-- :outlet = null  part of the outlet's name; null for all, those that do not say who they are too
select
    outlet,
    source,
    sum(article_count)::bigint as article_count,
    sum(mention_count)::bigint as mention_count,
    min(published_on) as first_on,
    max(published_on) as last_on
from marts.sourcing
where ($source is null or strip_accents(source) ilike '%' || strip_accents($source) || '%')
    and ($outlet is null or strip_accents(outlet) ilike '%' || strip_accents($outlet) || '%')
group by outlet, source
order by article_count desc, outlet, source
