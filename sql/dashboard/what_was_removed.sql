-- One row per role of a block that is no part of a body: how many blocks and characters, of all pages.
select role, count(*) as block_count, sum(char_end - char_start)::bigint as character_count
from main.blocks as blocks
anti join (select document_id from main.documents where not is_current) as replaced on replaced.document_id = blocks.document_id
where not kept
group by role
order by character_count desc, role
