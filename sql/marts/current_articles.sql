-- One row per article as its page stands now: articles without those of pages that a later version at the same address replaced.
-- The other marts, and the questions of the cookbook and the dashboard, count these; those that tell of loads count every page
-- that was loaded (data_quality, and what of unknowns is about inputs, places, persons and bodies). main.articles has all versions.
select
    articles.article_id,
    articles.document_id,
    articles.story_no,
    articles.title,
    articles.title_basis,
    articles.display_title,
    articles.deck,
    articles.byline,
    articles.byline_basis,
    articles.outlet,
    articles.syndicated_from,
    articles.language,
    articles.dateline_place,
    articles.published_on,
    articles.published_earliest,
    articles.published_latest,
    articles.published_basis,
    articles.date_basis,
    articles.body,
    articles.word_count,
    articles.tone,
    articles.cluster_id,
    articles.duplicate_of
from main.articles as articles
anti join (select document_id from main.documents where not is_current) as replaced on replaced.document_id = articles.document_id
