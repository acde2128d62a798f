-- A headline has no more than twenty words where it closes with a full stop: such a line is more likely the first sentence of the text.
-- severity: warn
select
    articles.article_id,
    articles.title
from main.articles as articles
semi join pipeline.unchecked as unchecked on unchecked.document_id = articles.document_id
where
    regexp_matches(articles.title, '[^.…][.。।]$')
    and len(string_split(articles.title, ' ')) > 20
