-- The documents of one item are numbered from 1 on, each supersedes the one before, and the last one alone is current.
with

items as (
    select distinct pages.item
    from pipeline.pages as pages
    semi join pipeline.unchecked as unchecked on unchecked.document_id = pages.document_id
),

versions as (
    select
        documents.*,
        pages.item
    from main.documents as documents
    inner join pipeline.pages as pages on pages.document_id = documents.document_id
    where pages.item in (select items.item from items)
),

placed as (
    select
        ledger.document_id,
        min(ledger.seen_no) as seen_no
    from ops.ledger as ledger
    semi join versions on versions.document_id = ledger.document_id
    where ledger.outcome = 'loaded'
    group by all
),

numbered as (
    select
        document_id,
        item,
        version,
        supersedes,
        is_current,
        row_number() over places as place,
        lag(document_id) over places as previous,
        lead(document_id) over places is null as is_last
    from versions
    left join placed using (document_id)
    window places as (partition by item order by coalesce(fetched_at, loaded_at), seen_no, document_id)
)

select
    item,
    document_id,
    version,
    supersedes,
    is_current
from numbered
where version is distinct from place or supersedes is distinct from previous or is_current is distinct from is_last
