-- An article's body is its kept blocks, joined with a blank line.
with

bodies as (
    select
        blocks.article_id,
        string_agg(blocks.text, chr(10) || chr(10) order by blocks.block_no) as body
    from main.blocks as blocks
    semi join pipeline.unchecked as unchecked on unchecked.document_id = blocks.document_id
    where blocks.kept
    group by blocks.article_id
)

select articles.article_id
from main.articles as articles
semi join pipeline.unchecked as unchecked on unchecked.document_id = articles.document_id
left join bodies on bodies.article_id = articles.article_id
where
    articles.body is distinct from bodies.body
    or articles.display_title is null
