-- One row per quote, the latest first, without its words: who said it, in which office, by which word, through whom it reached the outlet.
-- Words set off in irony ('scare') are left out. Filters: day of the article, outlet, speaker and the speaker's country.
with

chosen as (
    select
        quotes.*,
        articles.display_title,
        articles.outlet,
        articles.published_on,
        speakers.name as speaker,
        speakers.country as speaker_country
    from extract.quotes as quotes
    join extract.articles as articles on articles.article_id = quotes.article_id
    left join extract.entities as speakers on speakers.entity_id = quotes.speaker_id
    where ($from::date is null or coalesce(articles.published_on, articles.published_earliest) >= $from::date)
        and ($to::date is null or coalesce(articles.published_on, articles.published_latest) <= $to::date)
        and (len($outlets::varchar[]) = 0 or list_contains($outlets::varchar[], articles.outlet))
        and (len($people::varchar[]) = 0 or list_contains($people::varchar[], quotes.speaker_id))
        and (len($countries::varchar[]) = 0 or list_contains($countries::varchar[], speakers.country))
        and ($cue_class::varchar is null or quotes.cue_class = $cue_class::varchar)
        and ($office::varchar is null or contains(lower(quotes.speaker_office), lower($office::varchar)))
        and ($via::varchar is null or (quotes.article_id, quotes.quote_no) in (
            select (article_id, quote_no) from extract.quote_sources where entity_id = $via::varchar))
),

page as (
    select
        article_id, quote_no, speaker_id, speaker, speaker_text, speaker_office, speaker_country, cue_class,
        display_title, outlet, published_on
    from chosen
    order by published_on desc nulls last, article_id, quote_no
    limit $rows
),

sources as (
    select
        quote_sources.article_id,
        quote_sources.quote_no,
        list(entities.name order by entities.name) as via
    from extract.quote_sources as quote_sources
    semi join page on page.article_id = quote_sources.article_id
    join extract.entities as entities on entities.entity_id = quote_sources.entity_id
    group by quote_sources.article_id, quote_sources.quote_no
)

select page.*, coalesce(sources.via, []) as via
from page
left join sources on sources.article_id = page.article_id and sources.quote_no = page.quote_no
order by page.published_on desc nulls last, page.article_id, page.quote_no
