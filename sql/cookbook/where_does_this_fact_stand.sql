-- Where exactly does it stand? (every quote with its words around it, from the page itself)
-- about: quality
-- :words = null  part of the quote; null for all
-- :around = 60  characters of the page on each side
-- Spans count characters in documents.text from 0, the end exclusive; substring counts from 1.
select
    documents.source_uri,
    quotes.block_no,
    quotes.text,
    substring(
        documents.text,
        greatest(quotes.char_start + 1 - $around::bigint, 1),
        quotes.char_end - quotes.char_start + 2 * $around::bigint
    ) as on_the_page
from main.quotes as quotes
join marts.current_articles as articles on articles.article_id = quotes.article_id
join main.documents as documents on documents.document_id = articles.document_id
where ($words is null or strip_accents(quotes.text) ilike '%' || strip_accents($words) || '%')
order by documents.source_uri, quotes.char_start
