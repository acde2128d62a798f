-- A kept block is a paragraph or subhead of an article.
select
    blocks.document_id,
    blocks.block_no,
    blocks.role
from main.blocks as blocks
semi join pipeline.unchecked as unchecked on unchecked.document_id = blocks.document_id
where blocks.kept and (blocks.article_id is null or blocks.role not in ('body', 'subhead'))
