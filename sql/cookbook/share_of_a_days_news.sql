-- Which share of a day's articles is about this topic and country?
-- about: countries
-- :country = null  ISO 3166-1 alpha-3 code; null for all
-- :topic = null  part of the topic's label; null for all
-- :day = null  day of publication; null for all
select
    published_on,
    country,
    label as topic,
    article_count,
    day_article_count,
    round(article_count / day_article_count, 2) as share
from marts.coverage
where published_on is not null
    and ($country is null or country = upper($country))
    and ($topic is null or strip_accents(label) ilike '%' || strip_accents($topic) || '%')
    and ($day is null or published_on = $day::date)
order by published_on, country, share desc, label
