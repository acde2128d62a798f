-- One row per quote: who said it, in which office, by which word, through whom it reached the outlet.
-- A quote that runs over paragraphs is a row each; continues_quote_no names the one before.
with

sources as (
    select
        quote_sources.article_id,
        quote_sources.quote_no,
        list(entities.name order by entities.name) as via
    from main.quote_sources as quote_sources
    join main.entities as entities on entities.entity_id = quote_sources.entity_id
    group by quote_sources.article_id, quote_sources.quote_no
)

select
    quotes.article_id,
    quotes.quote_no,
    quotes.text,
    quotes.kind,
    quotes.speaker_id,
    speakers.name as speaker,
    quotes.speaker_text,
    quotes.speaker_office,
    speakers.country as speaker_country,
    quotes.cue,
    quotes.cue_class,
    coalesce(sources.via, []) as via,
    quotes.continues as continues_quote_no,
    articles.display_title as article_title,
    articles.outlet,
    articles.published_on,
    quotes.block_no,
    quotes.char_start,
    quotes.char_end
from main.quotes as quotes
join marts.current_articles as articles on articles.article_id = quotes.article_id
left join main.entities as speakers on speakers.entity_id = quotes.speaker_id
left join sources on sources.article_id = quotes.article_id and sources.quote_no = quotes.quote_no
