-- What was denied, and by whom?
-- about: said
-- :person = null  part of the speaker's name; null for anybody, unnamed ones too
with

words as (
    select article_id, speaker_id, speaker_text, cue_class, cue, text from main.quotes
    union all
    select article_id, speaker_id, speaker_text, cue_class, cue, text from main.statements
)

select
    articles.published_on,
    coalesce(entities.name, words.speaker_text) as who,
    words.cue,
    words.text,
    articles.outlet
from words
join marts.current_articles as articles on articles.article_id = words.article_id
left join main.entities as entities on entities.entity_id = words.speaker_id
where words.cue_class = 'denied'
    and ($person is null or strip_accents(coalesce(entities.name, words.speaker_text)) ilike '%' || strip_accents($person) || '%')
order by articles.published_on, who, words.text
