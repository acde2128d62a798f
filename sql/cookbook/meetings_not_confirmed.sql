-- Which announced meetings has no later article told of as held?
-- about: meetings
-- :person = null  part of a party's name; null for anybody
-- Confirmed means: a meeting of all the same parties that happened in the announced days or up to a week after.
with

planned as (
    select * from marts.meetings where status in ('planned', 'possible') and len(parties) > 1
)

select distinct
    planned.parties,
    planned.starts_on,
    planned.ends_on,
    planned.status,
    planned.outlet as announced_by,
    planned.published_on as announced_on
from planned
where ($person is null or strip_accents(array_to_string(planned.parties, '; ')) ilike '%' || strip_accents($person) || '%')
    and not exists (
        select 1
        from marts.meetings as held
        where held.status in ('happened', 'ongoing')
            and list_has_all(held.parties, planned.parties)
            and held.starts_on between planned.starts_on and planned.ends_on + 7
    )
order by planned.starts_on, planned.parties, announced_by
