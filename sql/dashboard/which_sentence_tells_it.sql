-- One row per sentence of those asked for (articles and their sentence numbers, side by side): what it says.
with

wanted as (
    select distinct unnest($articles::varchar[]) as article_id, unnest($numbers::integer[]) as sentence_no
),

told as (
    select sentences.article_id, sentences.sentence_no, sentences.char_start, sentences.char_end, articles.document_id
    from main.sentences as sentences
    semi join wanted on wanted.article_id = sentences.article_id and wanted.sentence_no = sentences.sentence_no
    join main.articles as articles on articles.article_id = sentences.article_id
),

-- by their row numbers, so that no other page's text is read
pages as (
    select document_id, text
    from main.documents
    where rowid in (select documents.rowid from main.documents as documents semi join told on told.document_id = documents.document_id)
)

select
    told.article_id,
    told.sentence_no,
    substring(pages.text, told.char_start + 1, told.char_end - told.char_start) as sentence
from told
join pages on pages.document_id = told.document_id
