-- The documents at one address are numbered from 1 on, each supersedes the one before, and the last one alone is current.
with

items as (
    select distinct coalesce(documents.url, documents.source_uri) as item
    from main.documents as documents
    semi join pipeline.unchecked as unchecked on unchecked.document_id = documents.document_id
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
    from main.documents
    where coalesce(url, source_uri) in (select items.item from items)
    window places as (partition by coalesce(url, source_uri) order by coalesce(fetched_at, loaded_at), document_id)
)

select
    item,
    document_id,
    version,
    supersedes,
    is_current
from versions
where version is distinct from place or supersedes is distinct from previous or is_current is distinct from is_last
