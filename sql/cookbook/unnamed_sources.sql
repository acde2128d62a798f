-- Which statements rest on people who are not named, and why are they not?
-- about: said
-- :why = null  withheld, familiar, source, official, expert, witness or public; null for all
-- :outlet = null  part of the outlet's name; null for all
select
    articles.published_on,
    said.anonymity as why_not_named,
    said.speaker_text as source_as_printed,
    said.cue,
    said.text,
    articles.outlet
from (
    select article_id, anonymity, speaker_text, cue, text from main.statements
    union all
    select article_id, anonymity, speaker_text, cue, text from main.quotes
) as said
join marts.current_articles as articles on articles.article_id = said.article_id
where said.anonymity is not null
    and ($why is null or said.anonymity = $why)
    and ($outlet is null or strip_accents(articles.outlet) ilike '%' || strip_accents($outlet) || '%')
order by articles.published_on, said.text
