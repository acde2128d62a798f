-- Which quotes do not say who said them?
-- about: said
-- :kind = null  direct, partial or scare; null for all
-- Words set in quotation marks at a distance (scare) often have no speaker, and headlines often quote what the text attributes.
select
    published_on,
    kind,
    text,
    cue,
    article_title,
    outlet
from marts.utterances
where speaker_id is null
    and speaker_text is null
    and ($kind is null or kind = $kind)
order by published_on, article_title, char_start
