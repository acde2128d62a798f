-- What happened on this day?
-- about: timeline
-- :day = null  the day; null for all days
-- :days_around = 0  days before and after it that count too
-- Planned and denied events are there too: see status.
select
    starts_on,
    ends_on,
    kind,
    status,
    parties,
    place,
    sentence,
    outlet
from marts.timeline
where $day is null
    or (starts_on <= $day::date + $days_around::integer and coalesce(ends_on, starts_on) >= $day::date - $days_around::integer)
order by starts_on, kind, sentence, outlet
