-- Which meetings and visits are announced for the time ahead, and who says so?
-- about: meetings
-- :since = null  first day of the meeting; null for no limit
-- :until = null  last day of the meeting; null for no limit
-- A meeting announced for a month or a week has that span as starts_on and ends_on.
select distinct
    starts_on,
    ends_on,
    parties,
    kind,
    status,
    place,
    outlet,
    published_on as announced_on
from marts.meetings
where status in ('planned', 'possible')
    and ($since is null or coalesce(ends_on, starts_on) >= $since::date)
    and ($until is null or starts_on <= $until::date)
order by starts_on, ends_on, parties, outlet
