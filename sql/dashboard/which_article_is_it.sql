-- One row per article of a page, in the page's order, with the page it stands on; $article may be an article or a page.
select
    articles.*,
    documents.source_uri,
    documents.url,
    documents.site,
    documents.media_type,
    documents.fetched_at,
    documents.loaded_at,
    documents.run_id,
    documents.note
from main.articles as articles
join main.documents as documents on documents.document_id = articles.document_id
where articles.document_id in (select document_id from main.articles where article_id = $article union all select $article)
order by articles.story_no
