-- One row per check of the last run: whether its promise holds, and how many rows break it.
select checks.check, checks.severity, checks.failing_rows, checks.passed
from ops.checks as checks
where checks.run_id = (select run_id from ops.runs order by started_at desc limit 1)
order by checks.passed, checks.check
