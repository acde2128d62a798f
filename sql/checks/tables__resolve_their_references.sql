-- Every foreign key resolves.
with

unresolved as (
    select 'blocks.article_id' as reference, article_id as missing
    from main.blocks
    anti join main.articles on articles.article_id = blocks.article_id
    where blocks.article_id is not null
    union all
    select 'articles.document_id' as reference, document_id as missing
    from main.articles
    anti join main.documents on documents.document_id = articles.document_id
    where articles.document_id is not null
    union all
    select 'blocks.document_id' as reference, document_id as missing
    from main.blocks
    anti join main.documents on documents.document_id = blocks.document_id
    where blocks.document_id is not null
    union all
    select 'related_links.document_id' as reference, document_id as missing
    from main.related_links
    anti join main.documents on documents.document_id = related_links.document_id
    where related_links.document_id is not null
    union all
    select 'mentions.article_id' as reference, article_id as missing
    from main.mentions
    anti join main.articles on articles.article_id = mentions.article_id
    where mentions.article_id is not null
    union all
    select 'sentences.article_id' as reference, article_id as missing
    from main.sentences
    anti join main.articles on articles.article_id = sentences.article_id
    where sentences.article_id is not null
    union all
    select 'quotes.article_id' as reference, article_id as missing
    from main.quotes
    anti join main.articles on articles.article_id = quotes.article_id
    where quotes.article_id is not null
    union all
    select 'statements.article_id' as reference, article_id as missing
    from main.statements
    anti join main.articles on articles.article_id = statements.article_id
    where statements.article_id is not null
    union all
    select 'quote_sources.article_id' as reference, article_id as missing
    from main.quote_sources
    anti join main.articles on articles.article_id = quote_sources.article_id
    where quote_sources.article_id is not null
    union all
    select 'cited_sources.article_id' as reference, article_id as missing
    from main.cited_sources
    anti join main.articles on articles.article_id = cited_sources.article_id
    where cited_sources.article_id is not null
    union all
    select 'dates.article_id' as reference, article_id as missing
    from main.dates
    anti join main.articles on articles.article_id = dates.article_id
    where dates.article_id is not null
    union all
    select 'events.article_id' as reference, article_id as missing
    from main.events
    anti join main.articles on articles.article_id = events.article_id
    where events.article_id is not null
    union all
    select 'event_parties.article_id' as reference, article_id as missing
    from main.event_parties
    anti join main.articles on articles.article_id = event_parties.article_id
    where event_parties.article_id is not null
    union all
    select 'amounts.article_id' as reference, article_id as missing
    from main.amounts
    anti join main.articles on articles.article_id = amounts.article_id
    where amounts.article_id is not null
    union all
    select 'topics.article_id' as reference, article_id as missing
    from main.topics
    anti join main.articles on articles.article_id = topics.article_id
    where topics.article_id is not null
    union all
    select 'mentions.entity_id' as reference, entity_id as missing
    from main.mentions
    anti join main.entities on entities.entity_id = mentions.entity_id
    where mentions.entity_id is not null
    union all
    select 'quotes.speaker_id' as reference, speaker_id as missing
    from main.quotes
    anti join main.entities on entities.entity_id = quotes.speaker_id
    where quotes.speaker_id is not null
    union all
    select 'statements.speaker_id' as reference, speaker_id as missing
    from main.statements
    anti join main.entities on entities.entity_id = statements.speaker_id
    where statements.speaker_id is not null
    union all
    select 'quote_sources.entity_id' as reference, entity_id as missing
    from main.quote_sources
    anti join main.entities on entities.entity_id = quote_sources.entity_id
    where quote_sources.entity_id is not null
    union all
    select 'cited_sources.entity_id' as reference, entity_id as missing
    from main.cited_sources
    anti join main.entities on entities.entity_id = cited_sources.entity_id
    where cited_sources.entity_id is not null
    union all
    select 'event_parties.entity_id' as reference, entity_id as missing
    from main.event_parties
    anti join main.entities on entities.entity_id = event_parties.entity_id
    where event_parties.entity_id is not null
    union all
    select 'events.place_id' as reference, place_id as missing
    from main.events
    anti join main.entities on entities.entity_id = events.place_id
    where events.place_id is not null
    union all
    select 'articles.duplicate_of' as reference, duplicate_of as missing
    from main.articles
    anti join main.articles on articles.article_id = articles.duplicate_of
    where articles.duplicate_of is not null
    union all
    select 'articles.cluster_id' as reference, cluster_id as missing
    from main.articles
    anti join main.clusters on clusters.cluster_id = articles.cluster_id
    where articles.cluster_id is not null
    union all
    select 'quote_sources.quote_no' as reference, article_id as missing
    from main.quote_sources
    anti join main.quotes using (article_id, quote_no)
    union all
    select 'event_parties.event_no' as reference, article_id as missing
    from main.event_parties
    anti join main.events using (article_id, event_no)
    union all
    select 'quotes.continues' as reference, quotes.article_id as missing
    from main.quotes as quotes
    anti join main.quotes as earlier on earlier.article_id = quotes.article_id and earlier.quote_no = quotes.continues
    where quotes.continues is not null
)

select
    reference,
    missing
from unresolved
