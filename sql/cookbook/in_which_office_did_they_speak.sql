-- In which offices was this person speaking, and when?
-- about: said
-- :person = null  part of the speaker's name; null for anybody
select
    speaker,
    speaker_office,
    count(*) as quote_count,
    min(published_on) as first_on,
    max(published_on) as last_on
from marts.utterances
where speaker_office is not null
    and ($person is null or strip_accents(speaker) ilike '%' || strip_accents($person) || '%')
group by speaker, speaker_office
order by speaker, first_on, speaker_office
