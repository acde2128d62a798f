-- Every foreign key resolves.
with

fresh_articles as (
    select articles.article_id
    from main.articles as articles
    semi join pipeline.unchecked as unchecked on unchecked.document_id = articles.document_id
),

unresolved as (
    select 'blocks.article_id' as reference, referring.article_id as missing
    from main.blocks as referring
    semi join pipeline.unchecked as fresh on fresh.document_id = referring.document_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'articles.document_id' as reference, referring.document_id as missing
    from main.articles as referring
    semi join pipeline.unchecked as fresh on fresh.document_id = referring.document_id
    anti join main.documents as referred on referred.document_id = referring.document_id
    where referring.document_id is not null
    union all
    select 'blocks.document_id' as reference, referring.document_id as missing
    from main.blocks as referring
    semi join pipeline.unchecked as fresh on fresh.document_id = referring.document_id
    anti join main.documents as referred on referred.document_id = referring.document_id
    where referring.document_id is not null
    union all
    select 'related_links.document_id' as reference, referring.document_id as missing
    from main.related_links as referring
    semi join pipeline.unchecked as fresh on fresh.document_id = referring.document_id
    anti join main.documents as referred on referred.document_id = referring.document_id
    where referring.document_id is not null
    union all
    select 'mentions.article_id' as reference, referring.article_id as missing
    from main.mentions as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'sentences.article_id' as reference, referring.article_id as missing
    from main.sentences as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'quotes.article_id' as reference, referring.article_id as missing
    from main.quotes as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'statements.article_id' as reference, referring.article_id as missing
    from main.statements as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'authors.article_id' as reference, referring.article_id as missing
    from main.authors as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'quote_sources.article_id' as reference, referring.article_id as missing
    from main.quote_sources as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'cited_sources.article_id' as reference, referring.article_id as missing
    from main.cited_sources as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'dates.article_id' as reference, referring.article_id as missing
    from main.dates as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'events.article_id' as reference, referring.article_id as missing
    from main.events as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'event_parties.article_id' as reference, referring.article_id as missing
    from main.event_parties as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'amounts.article_id' as reference, referring.article_id as missing
    from main.amounts as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'stances.article_id' as reference, referring.article_id as missing
    from main.stances as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'stances.holder_id' as reference, referring.holder_id as missing
    from main.stances as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.entities as referred on referred.entity_id = referring.holder_id
    where referring.holder_id is not null
    union all
    select 'stances.target_id' as reference, referring.target_id as missing
    from main.stances as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.entities as referred on referred.entity_id = referring.target_id
    where referring.target_id is not null
    union all
    select 'topics.article_id' as reference, referring.article_id as missing
    from main.topics as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.articles as referred on referred.article_id = referring.article_id
    where referring.article_id is not null
    union all
    select 'mentions.entity_id' as reference, referring.entity_id as missing
    from main.mentions as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.entities as referred on referred.entity_id = referring.entity_id
    where referring.entity_id is not null
    union all
    select 'quotes.speaker_id' as reference, referring.speaker_id as missing
    from main.quotes as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.entities as referred on referred.entity_id = referring.speaker_id
    where referring.speaker_id is not null
    union all
    select 'statements.speaker_id' as reference, referring.speaker_id as missing
    from main.statements as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.entities as referred on referred.entity_id = referring.speaker_id
    where referring.speaker_id is not null
    union all
    select 'quote_sources.entity_id' as reference, referring.entity_id as missing
    from main.quote_sources as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.entities as referred on referred.entity_id = referring.entity_id
    where referring.entity_id is not null
    union all
    select 'cited_sources.entity_id' as reference, referring.entity_id as missing
    from main.cited_sources as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.entities as referred on referred.entity_id = referring.entity_id
    where referring.entity_id is not null
    union all
    select 'event_parties.entity_id' as reference, referring.entity_id as missing
    from main.event_parties as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.entities as referred on referred.entity_id = referring.entity_id
    where referring.entity_id is not null
    union all
    select 'events.place_id' as reference, referring.place_id as missing
    from main.events as referring
    semi join fresh_articles as fresh on fresh.article_id = referring.article_id
    anti join main.entities as referred on referred.entity_id = referring.place_id
    where referring.place_id is not null
    union all
    select 'articles.duplicate_of' as reference, referring.duplicate_of as missing
    from main.articles as referring
    semi join pipeline.unchecked as fresh on fresh.document_id = referring.document_id
    anti join main.articles as referred on referred.article_id = referring.duplicate_of
    where referring.duplicate_of is not null
    union all
    select 'articles.cluster_id' as reference, referring.cluster_id as missing
    from main.articles as referring
    semi join pipeline.unchecked as fresh on fresh.document_id = referring.document_id
    anti join main.clusters as referred on referred.cluster_id = referring.cluster_id
    where referring.cluster_id is not null
    union all
    select 'quote_sources.quote_no' as reference, article_id as missing
    from main.quote_sources
    semi join fresh_articles using (article_id)
    anti join main.quotes using (article_id, quote_no)
    union all
    select 'event_parties.event_no' as reference, article_id as missing
    from main.event_parties
    semi join fresh_articles using (article_id)
    anti join main.events using (article_id, event_no)
    union all
    select 'quotes.continues' as reference, quotes.article_id as missing
    from main.quotes as quotes
    semi join fresh_articles as fresh on fresh.article_id = quotes.article_id
    anti join main.quotes as earlier on earlier.article_id = quotes.article_id and earlier.quote_no = quotes.continues
    where quotes.continues is not null
)

select
    reference,
    missing
from unresolved
