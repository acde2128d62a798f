-- One row per article of those asked for: its deck, and how its body begins.
-- By their row numbers, so that no other article's body is read.
select articles.article_id, articles.deck, left(articles.body, 280) as opening
from main.articles as articles
where rowid in (select told.rowid from main.articles as told where told.article_id in (select unnest($articles::varchar[])))
