-- What does each outlet publish, in which languages, and how much of it is its own?
-- about: outlets
-- :outlet = null  part of the outlet's name; null for all
select
    outlet,
    article_count,
    languages,
    round(own_text_share, 2) as own_text_share,
    relies_on,
    first_published_on,
    last_published_on
from marts.outlets
where ($outlet is null or strip_accents(outlet) ilike '%' || strip_accents($outlet) || '%')
order by article_count desc, outlet
