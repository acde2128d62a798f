-- What did this person say, in which office, and where was it printed?
-- about: said
-- :person = null  part of the speaker's name; null for anybody
-- :since = null  first day of publication; null for no limit
-- :until = null  last day of publication; null for no limit
-- :top = 200  how many quotes
-- A quote that runs over several paragraphs is a row each.
select
    published_on,
    speaker,
    speaker_office,
    cue,
    text,
    via,
    outlet
from marts.utterances
where speaker is not null
    and ($person is null or strip_accents(speaker) ilike '%' || strip_accents($person) || '%')
    and ($since is null or published_on >= $since::date)
    and ($until is null or published_on <= $until::date)
order by published_on, speaker, text, outlet
limit $top::bigint
