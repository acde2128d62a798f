-- Which expressions of time could not be placed in the calendar, and why?
-- about: timeline
-- :words = null  part of the expression as printed; null for all
select
    dates.text,
    dates.type,
    dates.basis as why,
    articles.display_title as article_title
from main.dates as dates
join marts.current_articles as articles on articles.article_id = dates.article_id
where dates.value is null
    and ($words is null or strip_accents(dates.text) ilike '%' || strip_accents($words) || '%')
order by article_title, dates.char_start
