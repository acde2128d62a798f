-- One row per reason of rejection and stage: how many inputs, and the latest of them as an example.
select
    stage,
    reason,
    count(*) as input_count,
    max(rejected_at) as last_rejected_at,
    arg_max(source_uri, rejected_at) as example_source_uri,
    arg_max(detail, rejected_at) as example_detail
from main.rejects
group by stage, reason
order by input_count desc, stage, reason
