-- Who wrote what?
-- about: outlets
-- :author = null  part of the byline; null for all that have one
select
    byline,
    published_on,
    display_title,
    outlet
from marts.current_articles as articles
where byline is not null
    and ($author is null or strip_accents(byline) ilike '%' || strip_accents($author) || '%')
order by published_on, byline, display_title
