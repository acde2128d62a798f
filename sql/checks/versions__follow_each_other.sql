-- The documents at one address are numbered from 1 on, each supersedes the one before, and the last one alone is current.
with

items as (
    select distinct coalesce(documents.url, documents.source_uri) as item
    from main.documents as documents
    semi join pipeline.unchecked as unchecked on unchecked.document_id = documents.document_id
),

placed as (
    select
        ledger.document_id,
        min(ledger.record_no) as record_no
    from ops.ledger as ledger
    semi join main.documents as documents
        on documents.document_id = ledger.document_id and coalesce(documents.url, documents.source_uri) in (select items.item from items)
    where ledger.outcome = 'loaded'
    group by all
),

versions as (
    select
        document_id,
        coalesce(url, source_uri) as item,
        version,
        supersedes,
        is_current,
        row_number() over places as place,
        lag(document_id) over places as previous,
        lead(document_id) over places is null as is_last
    from main.documents as documents
    left join placed using (document_id)
    where coalesce(url, source_uri) in (select items.item from items)
    window places as (partition by coalesce(url, source_uri) order by coalesce(fetched_at, loaded_at), record_no, document_id)
)

select
    item,
    document_id,
    version,
    supersedes,
    is_current
from versions
where version is distinct from place or supersedes is distinct from previous or is_current is distinct from is_last
