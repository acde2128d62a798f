-- What does this article leave open: day, author, speakers, days of its events, expressions of time?
-- about: quality
-- :title = null  part of the headline; null for all articles
-- :least = 1  how much is open at least
with

open_quotes as (
    select article_id, count(*) as open_count from main.quotes where speaker_id is null group by article_id
),

open_statements as (
    select article_id, count(*) as open_count from main.statements where speaker_id is null group by article_id
),

open_events as (
    select article_id, count(*) as open_count from main.events where starts_on is null group by article_id
),

open_dates as (
    select article_id, count(*) as open_count, list(text order by date_no) as expressions from main.dates where value is null group by article_id
),

found as (
    select
        articles.display_title,
        articles.outlet,
        list_concat(
            if(articles.title is null, ['headline'], []),
            if(articles.published_on is null, ['day'], []),
            if(articles.byline is null, ['author'], []),
            if(articles.outlet is null, ['outlet'], [])
        ) as not_told,
        coalesce(open_quotes.open_count, 0) as quotes_without_speaker,
        coalesce(open_statements.open_count, 0) as statements_without_speaker,
        coalesce(open_events.open_count, 0) as events_without_day,
        coalesce(open_dates.expressions, []) as times_not_resolved
    from marts.current_articles as articles
    left join open_quotes on open_quotes.article_id = articles.article_id
    left join open_statements on open_statements.article_id = articles.article_id
    left join open_events on open_events.article_id = articles.article_id
    left join open_dates on open_dates.article_id = articles.article_id
    where $title is null or strip_accents(articles.display_title) ilike '%' || strip_accents($title) || '%'
)

select
    display_title,
    outlet,
    not_told,
    quotes_without_speaker,
    statements_without_speaker,
    events_without_day,
    times_not_resolved
from found
where len(not_told) + quotes_without_speaker + statements_without_speaker + events_without_day + len(times_not_resolved) >= $least::bigint
order by len(not_told) + quotes_without_speaker + statements_without_speaker + events_without_day + len(times_not_resolved) desc, display_title, outlet
