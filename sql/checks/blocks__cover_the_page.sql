-- The blocks of a document do not overlap, and before, between and after them is white space only.
with

spans as (
    select
        blocks.document_id,
        blocks.block_no,
        lag(blocks.char_end, 1, 0) over page as gap_start,
        blocks.char_start as gap_end
    from main.blocks as blocks
    semi join pipeline.unchecked as unchecked on unchecked.document_id = blocks.document_id
    window page as (partition by blocks.document_id order by blocks.char_start)
),

tails as (
    select
        documents.document_id,
        null::integer as block_no,
        coalesce(max(blocks.char_end), 0) as gap_start,
        documents.text_length as gap_end
    from main.documents as documents
    semi join pipeline.unchecked as unchecked on unchecked.document_id = documents.document_id
    left join main.blocks as blocks on blocks.document_id = documents.document_id
    group by documents.document_id, documents.text_length
),

gaps as (
    select * from spans
    union all
    select * from tails
)

select
    gaps.document_id,
    gaps.block_no,
    gaps.gap_start,
    gaps.gap_end
from gaps
join main.documents as documents on documents.document_id = gaps.document_id
where
    gaps.gap_end < gaps.gap_start
    or not regexp_full_match(
        substring(documents.text, gaps.gap_start + 1, gaps.gap_end - gaps.gap_start),
        '[\s\p{Z}\x{0b}\x{1c}-\x{1f}\x{85}]*'
    )
