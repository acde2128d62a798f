-- With which verbs are this person's words reported: said, claimed, denied?
-- about: said
-- :person = null  part of the speaker's name; null for anybody
with

words as (
    select article_id, speaker_id, cue_class, lower(cue) as cue from main.quotes
    union all
    select article_id, speaker_id, cue_class, lower(cue) as cue from main.statements
)

select
    words.cue_class,
    count(*) as times,
    count(distinct words.article_id) as article_count,
    list(distinct words.cue order by words.cue) as verbs
from words
join main.entities as entities on entities.entity_id = words.speaker_id
semi join marts.current_articles as articles on articles.article_id = words.article_id
where words.cue_class is not null
    and ($person is null or strip_accents(entities.name) ilike '%' || strip_accents($person) || '%')
group by words.cue_class
order by times desc, words.cue_class
