-- Which sums of money are named, and for what?
-- about: numbers
-- :currency = null  ISO 4217 code; null for all
-- :least = 0  sums at least this high
select
    articles.published_on,
    amounts.text,
    amounts.value,
    amounts.unit as currency,
    amounts.bound,
    amounts.what,
    articles.display_title as article_title
from main.amounts as amounts
join marts.current_articles as articles on articles.article_id = amounts.article_id
where regexp_full_match(amounts.unit, '[A-Z]{3}')
    and ($currency is null or amounts.unit = upper($currency))
    and amounts.value >= $least::double
order by amounts.value desc, article_title
