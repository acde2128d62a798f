-- No row of a table stands twice: loading the same input again adds nothing.
with

fresh_articles as (
    select articles.article_id
    from main.articles as articles
    semi join pipeline.unchecked as unchecked on unchecked.document_id = articles.document_id
),

doubles as (
    select 'blocks' as table_name, document_id as key
    from main.blocks
    semi join pipeline.unchecked using (document_id)
    group by document_id, block_no
    having count(*) > 1
    union all
    select 'articles' as table_name, article_id as key
    from main.articles
    semi join pipeline.unchecked using (document_id)
    group by article_id
    having count(*) > 1
    union all
    select 'authors' as table_name, article_id as key
    from main.authors
    semi join fresh_articles using (article_id)
    group by article_id, author_no
    having count(*) > 1
    union all
    select 'related_links' as table_name, document_id as key
    from main.related_links
    semi join pipeline.unchecked using (document_id)
    group by document_id, link_no
    having count(*) > 1
    union all
    select 'entities' as table_name, entity_id as key
    from main.entities
    group by entity_id
    having count(*) > 1
    union all
    select 'mentions' as table_name, article_id as key
    from main.mentions
    semi join fresh_articles using (article_id)
    group by article_id, mention_no
    having count(*) > 1
    union all
    select 'sentences' as table_name, article_id as key
    from main.sentences
    semi join fresh_articles using (article_id)
    group by article_id, sentence_no
    having count(*) > 1
    union all
    select 'quotes' as table_name, article_id as key
    from main.quotes
    semi join fresh_articles using (article_id)
    group by article_id, quote_no
    having count(*) > 1
    union all
    select 'statements' as table_name, article_id as key
    from main.statements
    semi join fresh_articles using (article_id)
    group by article_id, statement_no
    having count(*) > 1
    union all
    select 'quote_sources' as table_name, article_id as key
    from main.quote_sources
    semi join fresh_articles using (article_id)
    group by article_id, quote_no, entity_id
    having count(*) > 1
    union all
    select 'cited_sources' as table_name, article_id as key
    from main.cited_sources
    semi join fresh_articles using (article_id)
    group by article_id, entity_id
    having count(*) > 1
    union all
    select 'dates' as table_name, article_id as key
    from main.dates
    semi join fresh_articles using (article_id)
    group by article_id, date_no
    having count(*) > 1
    union all
    select 'events' as table_name, article_id as key
    from main.events
    semi join fresh_articles using (article_id)
    group by article_id, event_no
    having count(*) > 1
    union all
    select 'event_parties' as table_name, article_id as key
    from main.event_parties
    semi join fresh_articles using (article_id)
    group by article_id, event_no, entity_id, role
    having count(*) > 1
    union all
    select 'amounts' as table_name, article_id as key
    from main.amounts
    semi join fresh_articles using (article_id)
    group by article_id, amount_no
    having count(*) > 1
    union all
    select 'stances' as table_name, article_id as key
    from main.stances
    semi join fresh_articles using (article_id)
    group by article_id, stance_no
    having count(*) > 1
    union all
    select 'topics' as table_name, article_id as key
    from main.topics
    semi join fresh_articles using (article_id)
    group by article_id, topic
    having count(*) > 1
)

select
    table_name,
    key
from doubles
