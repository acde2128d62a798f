-- Every record that a run saw is in documents or in rejects, exactly once, unless the warehouse was told to forget it.
with

outcomes as (
    select
        ledger.run_id,
        ledger.source_uri,
        ledger.record_no,
        ledger.outcome,
        documents.document_id is not null as is_document,
        rejects.source_uri is not null as is_reject,
        forgotten.document_id is not null as is_forgotten
    from ops.ledger as ledger
    semi join pipeline.unchecked_runs as unchecked_runs on unchecked_runs.run_id = ledger.run_id
    left join main.documents as documents on documents.document_id = ledger.document_id
    left join pipeline.forgotten as forgotten on forgotten.document_id = ledger.document_id
    left join ops.inputs as inputs
        on inputs.run_id = ledger.run_id and inputs.input_uri = ledger.input_uri and inputs.stage = 'load' and ledger.document_id is null
    left join (select distinct path, source_uri, record_no from main.rejects) as rejects
        on
            rejects.source_uri = ledger.source_uri
            and rejects.record_no = ledger.record_no
            and rejects.path is not distinct from inputs.path
            and ledger.document_id is null
)

select
    run_id,
    source_uri,
    record_no,
    outcome
from outcomes
where
    is_document::integer + is_reject::integer + is_forgotten::integer != 1
    or (outcome in ('loaded', 'present')) != is_document
    or (outcome = 'forgotten') != is_forgotten
    or outcome not in ('loaded', 'present', 'rejected', 'forgotten')
