-- Which earlier events do articles recall as background?
-- about: timeline
-- :name = null  part of a party's name; null for anybody
-- :least_days = 30  how long before the article's day, or the first day that it can have been published, the event lies at least
select
    timeline.starts_on,
    timeline.kind,
    timeline.parties,
    timeline.place,
    timeline.sentence,
    articles.display_title as recalled_by,
    coalesce(articles.published_on, articles.published_earliest) - timeline.starts_on as days_before
from marts.timeline as timeline
join marts.current_articles as articles on articles.article_id = timeline.article_id
where timeline.status = 'happened'
    and coalesce(articles.published_on, articles.published_earliest) - timeline.starts_on >= $least_days::integer
    and ($name is null or strip_accents(array_to_string(timeline.parties, '; ')) ilike '%' || strip_accents($name) || '%')
order by timeline.starts_on, timeline.sentence
