-- Every stance equals the substring of its document's text at its span, and lies in the block that it names.
-- A block's text is held against the document's by blocks__stand_at_their_span, so a fact is looked up in its block.
select
    facts.article_id,
    facts.stance_no
from main.stances as facts
join main.articles as articles on articles.article_id = facts.article_id
semi join pipeline.unchecked as unchecked on unchecked.document_id = articles.document_id
left join main.blocks as blocks
    on blocks.document_id = articles.document_id and blocks.block_no = facts.block_no
where
    facts.text is distinct from substring(
        blocks.text, facts.char_start - blocks.char_start + 1, facts.char_end - facts.char_start
    )
    or facts.char_start < blocks.char_start
    or facts.char_end > blocks.char_end
    or facts.char_end <= facts.char_start
