-- Who travelled where, and who received whom?
-- about: meetings
-- :person = null  part of a traveller's or host's name; null for anybody
-- :since = null  first day; null for no limit
-- :until = null  last day; null for no limit
select
    starts_on,
    ends_on,
    parties,
    place,
    place_country,
    status,
    trigger,
    article_title,
    outlet
from marts.meetings
where kind in ('visit', 'host')
    and ($person is null or strip_accents(array_to_string(parties, '; ')) ilike '%' || strip_accents($person) || '%')
    and ($since is null or starts_on >= $since::date)
    and ($until is null or starts_on <= $until::date)
order by starts_on, parties, article_title
