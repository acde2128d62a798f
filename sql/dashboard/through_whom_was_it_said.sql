-- One row per agency, outlet or platform through which quotes were reported, with how many; straight from the speaker is the row with NULL.
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
)

select
    entities.entity_id as source_id,
    entities.name as source,
    count(*) as quote_count,
    count(distinct chosen.outlet) as outlet_count
from chosen
left join extract.quote_sources as quote_sources on quote_sources.article_id = chosen.article_id and quote_sources.quote_no = chosen.quote_no
left join extract.entities as entities on entities.entity_id = quote_sources.entity_id
group by entities.entity_id, entities.name
order by quote_count desc, source_id
limit 30
