-- What did each load bring?
-- about: quality
-- :state = null  completed or failed; null for all
select
    row_number() over (order by started_at) as load_no,
    state,
    documents_seen,
    documents_new,
    rejects
from ops.runs
where ($state is null or state = $state)
order by load_no
