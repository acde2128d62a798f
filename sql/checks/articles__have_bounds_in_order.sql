-- A day of publication is its own bounds; bounds are in order; whatever is known has a basis.
select
    articles.article_id,
    articles.published_on,
    articles.published_earliest,
    articles.published_latest
from main.articles as articles
semi join pipeline.unchecked as unchecked on unchecked.document_id = articles.document_id
where
    articles.published_earliest > articles.published_latest
    or (
        articles.published_on is not null
        and (
            articles.published_earliest is distinct from articles.published_on
            or articles.published_latest is distinct from articles.published_on
        )
    )
    or coalesce(articles.published_basis, '') = ''
