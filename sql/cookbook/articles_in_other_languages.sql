-- Which articles are not in this language?
-- about: outlets
-- :language = 'en'  ISO 639-1 code
select
    language,
    published_on,
    display_title,
    outlet
from marts.current_articles as articles
where language is distinct from $language
order by language, published_on, display_title
