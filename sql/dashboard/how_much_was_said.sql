-- One row: quotes in all, those with a named speaker, those of a known person or body, those that came through an agency; and the words of saying there are.
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
    count(*) as quote_count,
    count(*) filter (speaker_text is not null or speaker_id is not null) as named_count,
    count(distinct speaker_id) as speaker_count,
    count(distinct article_id) as article_count,
    list(distinct cue_class order by cue_class) filter (cue_class is not null) as cue_classes
from chosen
