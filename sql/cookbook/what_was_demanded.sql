-- What did this person ask for, demand or call for?
-- about: said
-- :person = null  part of the speaker's name; null for anybody
-- :since = null  first day of publication; null for no limit
-- :until = null  last day of publication; null for no limit
with

words as (
    select article_id, speaker_id, cue_class, cue, text from main.quotes
    union all
    select article_id, speaker_id, cue_class, cue, text from main.statements
)

select
    articles.published_on,
    entities.name as who,
    words.cue,
    words.text,
    articles.outlet
from words
join marts.current_articles as articles on articles.article_id = words.article_id
join main.entities as entities on entities.entity_id = words.speaker_id
where words.cue_class in ('asked', 'demanded', 'urged')
    and ($person is null or strip_accents(entities.name) ilike '%' || strip_accents($person) || '%')
    and ($since is null or articles.published_on >= $since::date)
    and ($until is null or articles.published_on <= $until::date)
order by articles.published_on, who, words.text
