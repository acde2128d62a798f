-- Every record that a run saw is in documents or in rejects, exactly once.
with

outcomes as (
    select
        ledger.run_id,
        ledger.source_uri,
        ledger.record_no,
        ledger.outcome,
        documents.document_id is not null as is_document,
        rejects.source_uri is not null as is_reject
    from ops.ledger as ledger
    left join main.documents as documents on documents.document_id = ledger.document_id
    left join (select distinct source_uri, record_no from main.rejects) as rejects
        on rejects.source_uri = ledger.source_uri and rejects.record_no = ledger.record_no and ledger.document_id is null
)

select
    run_id,
    source_uri,
    record_no,
    outcome
from outcomes
where
    is_document = is_reject
    or (outcome in ('loaded', 'present')) != is_document
    or outcome not in ('loaded', 'present', 'rejected')

union all

select
    runs.run_id,
    'documents_seen is not the number of records in the ledger' as source_uri,
    runs.documents_seen as record_no,
    null as outcome
from ops.runs as runs
left join (select run_id, count(*) as record_count from ops.ledger group by run_id) as counts on counts.run_id = runs.run_id
where runs.state = 'completed' and runs.documents_seen != coalesce(counts.record_count, 0)
