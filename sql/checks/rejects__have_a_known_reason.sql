-- severity: warn
-- Every reject has one of the reasons that docs/reliability.md lists.
select
    rejects.source_uri,
    rejects.record_no,
    rejects.reason
from main.rejects as rejects
semi join pipeline.unchecked_runs as unchecked_runs on unchecked_runs.run_id = rejects.run_id
where
    rejects.reason is null
    or rejects.reason not in (
        'empty', 'binary', 'undecodable', 'too_large', 'no_text', 'unreadable', 'bad_json', 'bad_table', 'bad_archive', 'bad_feed', 'bad_mail',
        'stage_failed'
    )
