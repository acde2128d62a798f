-- What could not be loaded, and why?
-- about: quality
-- :reason = null  reason code, such as empty or binary; null for all
select
    source_uri,
    record_no,
    reason,
    detail
from main.rejects
where ($reason is null or reason = $reason)
order by source_uri, record_no
