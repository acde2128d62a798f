-- In person, by telephone, by letter: how do these people deal with each other?
-- about: meetings
-- :person = null  part of a party's name; null for anybody
select
    mode,
    kind,
    count(*) as report_count,
    count(distinct article_id) as article_count,
    min(starts_on) as first_on,
    max(starts_on) as last_on
from marts.meetings
where status = 'happened'
    and ($person is null or strip_accents(array_to_string(parties, '; ')) ilike '%' || strip_accents($person) || '%')
group by mode, kind
order by report_count desc, mode, kind
