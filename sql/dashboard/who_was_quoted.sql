-- One row per speaker and class of the word of saying: how many quotes. The 15 most quoted speakers; unnamed ones are 'nobody named'.
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

ranked as (
    select speaker_id, count(*) as speaker_count
    from chosen
    where speaker_id is not null
    group by speaker_id
    order by speaker_count desc, speaker_id
    limit 15
)

select
    chosen.speaker_id,
    any_value(chosen.speaker) as speaker,
    coalesce(chosen.cue_class, 'none') as cue_class,
    any_value(ranked.speaker_count) as speaker_count,
    count(*) as quote_count
from chosen
join ranked on ranked.speaker_id = chosen.speaker_id
group by chosen.speaker_id, coalesce(chosen.cue_class, 'none')
order by speaker_count desc, chosen.speaker_id, quote_count desc
