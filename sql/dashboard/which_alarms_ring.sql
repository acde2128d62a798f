-- One row per alarm of the last run: a site without pages, or with far fewer headlines or days than before. Earlier alarms stay in ops.alarms.
select alarms.site, alarms.alarm, alarms.before, alarms.now, alarms.detail
from ops.alarms as alarms
where alarms.run_id = (select run_id from ops.runs order by started_at desc limit 1)
order by alarms.site, alarms.alarm
