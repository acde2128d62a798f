-- What was removed from the pages, and why?
-- about: quality
-- :role = null  nav, promo, legal, widget, comment, related …; null for all
-- Nothing of it is lost: every line is a row of blocks.
select
    blocks.role,
    blocks.reason,
    documents.source_uri,
    blocks.text
from main.blocks as blocks
join main.documents as documents on documents.document_id = blocks.document_id
where not blocks.kept
    and documents.is_current
    and blocks.article_id is null
    and ($role is null or blocks.role = $role)
order by blocks.role, documents.source_uri, blocks.block_no
