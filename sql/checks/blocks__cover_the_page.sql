-- The blocks of a document do not overlap, and before, between and after them is white space only.
-- A character deep in a text is found by counting from its start, so each text is first cut into stretches of many gaps.
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
    select * from spans where gap_start != gap_end
    union all
    select * from tails where gap_start != gap_end
),

sizes as (
    select
        gaps.document_id,
        cast(1 + max(gaps.gap_end) / sqrt(count(*)) as bigint) as size
    from gaps
    group by gaps.document_id
),

bounds as (
    select
        gaps.document_id,
        gaps.gap_start // sizes.size as stretch,
        min(gaps.gap_start) as char_start,
        max(gaps.gap_end) as char_end
    from gaps
    join sizes on sizes.document_id = gaps.document_id
    group by gaps.document_id, stretch
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
    gaps.document_id,
    gaps.block_no,
    gaps.gap_start,
    gaps.gap_end
from gaps
left join sizes on sizes.document_id = gaps.document_id
left join stretches on stretches.document_id = gaps.document_id and stretches.stretch = gaps.gap_start // sizes.size
where
    gaps.gap_end < gaps.gap_start
    or not regexp_full_match(
        substring(stretches.text, gaps.gap_start - stretches.char_start + 1, gaps.gap_end - gaps.gap_start),
        '[\s\p{Z}\x{0b}\x{1c}-\x{1f}\x{85}]*'
    )
