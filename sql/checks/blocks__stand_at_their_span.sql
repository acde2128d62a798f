-- Every block's text equals the substring of its document's text at its span.
select
    blocks.document_id,
    blocks.block_no
from main.blocks as blocks
semi join pipeline.unchecked as unchecked on unchecked.document_id = blocks.document_id
left join main.documents as documents on documents.document_id = blocks.document_id
where
    blocks.text is distinct from substring(documents.text, blocks.char_start + 1, blocks.char_end - blocks.char_start)
    or blocks.text = ''
