-- Who met whom, when and where, and who reported it first?
-- about: meetings
-- :person = null  part of a party's name; null for anybody
-- :since = null  first day of the meeting; null for no limit
-- :until = null  last day of the meeting; null for no limit
-- Meetings that happened, told by articles of the same parties on the same days as one row.
-- first_reported_by is the outlet of the earliest dated article, of several on that day the first in the alphabet; NULL when no
-- article that tells of it has a day, or none of that day an outlet.
select
    parties,
    starts_on,
    ends_on,
    max(place) as place,
    max(mode) as mode,
    count(distinct article_id) as article_count,
    min(published_on) as first_reported_on,
    first(outlet order by published_on, outlet nulls last) filter (published_on is not null) as first_reported_by
from marts.meetings
where status = 'happened'
    and len(parties) > 1
    and ($person is null or strip_accents(array_to_string(parties, '; ')) ilike '%' || strip_accents($person) || '%')
    and ($since is null or coalesce(ends_on, starts_on) >= $since::date)
    and ($until is null or starts_on <= $until::date)
group by parties, starts_on, ends_on
order by starts_on, ends_on, parties
