-- What did this person, country or body do, in the order of time?
-- about: timeline
-- :name = null  part of a party's name; null for anybody
-- :since = null  first day; null for no limit
-- :until = null  last day; null for no limit
select
    starts_on,
    kind,
    status,
    parties,
    place,
    sentence,
    outlet
from marts.timeline
where ($name is null or strip_accents(array_to_string(parties, '; ')) ilike '%' || strip_accents($name) || '%')
    and ($since is null or starts_on >= $since::date)
    and ($until is null or starts_on <= $until::date)
order by starts_on, kind, sentence, outlet
