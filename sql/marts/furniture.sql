-- One row per site, role and reason: what was removed from pages, and how much of it. Nothing of it is lost: see blocks.
-- Pages without an address are gathered under a NULL site. example is the first such text in the alphabet.
select
    documents.site,
    blocks.role,
    blocks.reason,
    count(*) as block_count,
    count(distinct blocks.document_id) as document_count,
    sum(length(blocks.text))::bigint as character_count,
    min(blocks.text) as example
from main.blocks as blocks
join main.documents as documents on documents.document_id = blocks.document_id
where not blocks.kept and documents.is_current
group by documents.site, blocks.role, blocks.reason
