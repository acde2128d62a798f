-- Which statements rest on people who are not named?
-- about: said
-- :words = 'official|source|spokes|aide|diplomat|delegation|familiar|police|analyst|expert|insider'  regular expression over the speaker as printed
-- :outlet = null  part of the outlet's name; null for all
select
    articles.published_on,
    statements.speaker_text as source_as_printed,
    statements.cue,
    statements.text,
    articles.outlet
from main.statements as statements
join marts.current_articles as articles on articles.article_id = statements.article_id
where statements.speaker_id is null
    and regexp_matches(statements.speaker_text, '(?i)' || $words)
    and ($outlet is null or strip_accents(articles.outlet) ilike '%' || strip_accents($outlet) || '%')
order by articles.published_on, statements.text
