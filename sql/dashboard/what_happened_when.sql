-- One row per dated event, the latest first, with the number of the sentence that tells it. Events without a day are absent.
-- Filters: its own day, its parties and their countries, the outlet; $quad NULL: of every kind.
with

chosen as (
    select
        events.article_id, events.event_no, events.kind, events.quad, events.intensity, events.status, events.starts_on, events.ends_on,
        events.sentence_no, events.place_id, articles.display_title, articles.outlet, articles.published_on
    from extract.events as events
    join extract.articles as articles on articles.article_id = events.article_id
    where events.starts_on is not null
        and ($from::date is null or coalesce(events.ends_on, events.starts_on) >= $from::date)
        and ($to::date is null or events.starts_on <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
        and (len($people::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($people::varchar[], entity_id)))
        and (len($countries::varchar[]) = 0 or (events.article_id, events.event_no) in (
            select (article_id, event_no) from extract.event_parties where list_contains($countries::varchar[], country)))
),

page as materialized (
    select * from chosen
    where $quad::varchar is null or quad = $quad::varchar
    order by starts_on desc, article_id, event_no
    limit $rows
),

parties as (
    select event_parties.article_id, event_parties.event_no, list(distinct entities.name order by entities.name) as parties
    from extract.event_parties as event_parties
    semi join page on page.article_id = event_parties.article_id and page.event_no = event_parties.event_no
    join extract.entities as entities on entities.entity_id = event_parties.entity_id
    group by event_parties.article_id, event_parties.event_no
)

select
    page.article_id,
    page.event_no,
    page.kind,
    page.quad,
    page.status,
    page.starts_on,
    page.ends_on,
    page.display_title,
    page.outlet,
    page.published_on,
    places.name as place,
    coalesce(parties.parties, []) as parties,
    page.sentence_no
from page
left join parties on parties.article_id = page.article_id and parties.event_no = page.event_no
left join extract.entities as places on places.entity_id = page.place_id
order by page.starts_on desc, page.article_id, page.event_no
