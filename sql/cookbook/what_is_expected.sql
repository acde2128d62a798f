-- What is announced or expected, and for when?
-- about: timeline
-- :since = null  first day; null for no limit
-- :until = null  last day; null for no limit
select
    starts_on,
    ends_on,
    kind,
    status,
    sentence,
    outlet,
    published_on
from marts.timeline
where status in ('planned', 'possible', 'postponed')
    and ($since is null or coalesce(ends_on, starts_on) >= $since::date)
    and ($until is null or starts_on <= $until::date)
order by starts_on, kind, sentence, outlet
