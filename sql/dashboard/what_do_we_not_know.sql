-- One row per kind of thing that the warehouse does not know, with its share (0 to 1) of those it could know.
select unknown, unknown_count, total_count, unknown_count / nullif(total_count, 0) as unknown_share
from marts.unknowns
where total_count > 0
order by unknown_share desc, unknown
