-- What does the warehouse not know, and how much of it?
-- about: quality
-- :what = null  part of the kind of thing; null for all
select
    unknown,
    unknown_count,
    total_count,
    round(unknown_count / nullif(total_count, 0), 2) as share
from marts.unknowns
where ($what is null or strip_accents(unknown) ilike '%' || strip_accents($what) || '%')
order by share desc, unknown
