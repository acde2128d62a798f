-- Every block's text equals the substring of its document's text at its span.
-- A character deep in a text is found by counting from its start, so each text is first cut into stretches of many blocks.
with

sizes as (
    select
        blocks.document_id,
        cast(1 + max(blocks.char_end) / sqrt(count(*)) as bigint) as size
    from main.blocks as blocks
    semi join pipeline.unchecked as unchecked on unchecked.document_id = blocks.document_id
    group by blocks.document_id
),

bounds as (
    select
        blocks.document_id,
        blocks.char_start // sizes.size as stretch,
        min(blocks.char_start) as char_start,
        max(blocks.char_end) as char_end
    from main.blocks as blocks
    join sizes on sizes.document_id = blocks.document_id
    group by blocks.document_id, stretch
),

stretches as (
    select
        bounds.document_id,
        bounds.stretch,
        bounds.char_start,
        substring(documents.text, bounds.char_start + 1, bounds.char_end - bounds.char_start) as text
    from bounds
    join main.documents as documents on documents.document_id = bounds.document_id
)

select
    blocks.document_id,
    blocks.block_no
from main.blocks as blocks
semi join pipeline.unchecked as unchecked on unchecked.document_id = blocks.document_id
left join sizes on sizes.document_id = blocks.document_id
left join stretches on stretches.document_id = blocks.document_id and stretches.stretch = blocks.char_start // sizes.size
where
    blocks.text is distinct from substring(stretches.text, blocks.char_start - stretches.char_start + 1, blocks.char_end - blocks.char_start)
    or blocks.text = ''
