-- A day that the text calls a Tuesday is a Tuesday: a date resolved to another weekday was anchored wrongly, or the page errs.
-- English alone; a text that names two weekdays tells of none.
-- severity: warn
with

weekdays as (
    select
        facts.article_id,
        facts.date_no,
        facts.text,
        facts.value,
        facts.starts_on,
        regexp_extract_all(lower(facts.text), '\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b') as named
    from main.dates as facts
    join main.articles as articles on articles.article_id = facts.article_id
    semi join pipeline.unchecked as unchecked on unchecked.document_id = articles.document_id
    where facts.grain = 'day' and facts.starts_on = facts.ends_on and articles.language = 'en'
)

select
    article_id,
    date_no,
    text,
    value
from weekdays
where len(named) = 1 and named[1] <> lower(dayname(starts_on))
