-- One row per site and run: how many pages it loaded from there and which share of their articles has what.
-- Shares are 0 to 1 and NULL when there are no articles.
select
    documents.site,
    documents.run_id,
    count(distinct documents.document_id) as document_count,
    count(articles.article_id) as article_count,
    count(articles.title) / nullif(count(articles.article_id), 0) as title_share,
    count(articles.byline) / nullif(count(articles.article_id), 0) as byline_share,
    count(articles.published_on) / nullif(count(articles.article_id), 0) as day_share,
    count(articles.outlet) / nullif(count(articles.article_id), 0) as outlet_share,
    avg(articles.word_count) as mean_word_count
from main.documents as documents
left join main.articles as articles on articles.document_id = documents.document_id
group by documents.site, documents.run_id
