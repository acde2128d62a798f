-- Every block has one of the fifteen roles and a reason.
select
    blocks.document_id,
    blocks.block_no,
    blocks.role
from main.blocks as blocks
semi join pipeline.unchecked as unchecked on unchecked.document_id = blocks.document_id
where
    blocks.role not in (
        'headline', 'deck', 'subhead', 'byline', 'dateline', 'body', 'caption', 'credit',
        'widget', 'related', 'promo', 'nav', 'legal', 'comment', 'separator'
    )
    or blocks.role is null
    or coalesce(blocks.reason, '') = ''
