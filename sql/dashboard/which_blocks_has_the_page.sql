-- One row per block of a page, in its order: its role, whether it was kept, and why.
select block_no, article_id, role, kept, reason, char_start, char_end, text
from main.blocks
where document_id = $document
order by block_no
