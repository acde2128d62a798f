-- Which articles were taken from an agency or another outlet?
-- about: outlets
-- :outlet = null  part of the outlet's name; null for all
select
    published_on,
    outlet,
    syndicated_from,
    display_title
from marts.current_articles as articles
where syndicated_from is not null
    and ($outlet is null or strip_accents(outlet) ilike '%' || strip_accents($outlet) || '%')
order by published_on, outlet, display_title
