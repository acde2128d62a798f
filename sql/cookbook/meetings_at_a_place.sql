-- Who met or visited at this place?
-- about: meetings
-- :place = null  part of the place's name; null for all places
select
    place,
    starts_on,
    ends_on,
    kind,
    parties,
    article_title,
    outlet
from marts.meetings
where place is not null
    and status = 'happened'
    and ($place is null or strip_accents(place) ilike '%' || strip_accents($place) || '%')
order by starts_on, parties, article_title
