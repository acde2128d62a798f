-- Which articles have no date, and what bounds do we have?
-- about: quality
-- :title = null  part of the title; null for all
select
    display_title,
    published_earliest,
    published_latest,
    published_basis,
    outlet
from marts.current_articles as articles
where published_on is null
    and ($title is null or strip_accents(display_title) ilike '%' || strip_accents($title) || '%')
order by published_earliest, display_title
