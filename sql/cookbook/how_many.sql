-- How many, according to whom: which numbers are given for this?
-- about: numbers
-- :what = null  part of what is counted, as printed; null for all
select
    articles.published_on,
    amounts.text,
    amounts.value,
    amounts.unit,
    amounts.bound,
    amounts.what,
    articles.display_title as article_title,
    articles.outlet
from main.amounts as amounts
join marts.current_articles as articles on articles.article_id = amounts.article_id
where ($what is null or strip_accents(amounts.what) ilike '%' || strip_accents($what) || '%')
order by articles.published_on, amounts.value, article_title
