-- One row per site and run: how many pages it loaded from there, when, and which share of their articles has what.
-- Shares are 0 to 1 and NULL when there are no articles; bounds_share counts articles with a day or any bound of it.
select
    documents.site,
    documents.run_id,
    min(documents.loaded_at) as loaded_at,
    count(distinct documents.document_id) as document_count,
    count(articles.article_id) as article_count,
    count(articles.title) / nullif(count(articles.article_id), 0) as title_share,
    count(articles.byline) / nullif(count(articles.article_id), 0) as byline_share,
    count(articles.published_on) / nullif(count(articles.article_id), 0) as day_share,
    count(coalesce(articles.published_on, articles.published_earliest, articles.published_latest))
    / nullif(count(articles.article_id), 0) as bounds_share,
    count(articles.outlet) / nullif(count(articles.article_id), 0) as outlet_share,
    count(articles.language) / nullif(count(articles.article_id), 0) as language_share,
    avg(articles.word_count) as mean_word_count
from main.documents as documents
left join main.articles as articles on articles.document_id = documents.document_id
group by documents.site, documents.run_id
