-- Who met whom, when and where, and who reported it first?
-- about: meetings
-- :person = null  part of a party's name; null for anybody
-- :since = null  first day of the meeting; null for no limit
-- :until = null  last day of the meeting; null for no limit
-- Meetings that happened, told by articles of the same parties on the same day as one row.
-- first_reported_by is an outlet of the earliest dated article; NULL when no article that tells of it has a day or an outlet.
select
    parties,
    starts_on,
    max(place) as place,
    max(mode) as mode,
    count(distinct article_id) as article_count,
    min(published_on) as first_reported_on,
    arg_min(outlet, published_on) as first_reported_by
from marts.meetings
where status = 'happened'
    and len(parties) > 1
    and ($person is null or strip_accents(array_to_string(parties, '; ')) ilike '%' || strip_accents($person) || '%')
    and ($since is null or starts_on >= $since::date)
    and ($until is null or starts_on <= $until::date)
group by parties, starts_on
order by starts_on, parties
