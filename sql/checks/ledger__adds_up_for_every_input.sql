-- What was seen of an input at a stage is what was loaded, there already, rejected or forgotten of it: nothing is lost between two stages.
-- What loading hands on is what cleaning sees, and the run's ledger has a line for each record that was read.
with

fresh as (
    select inputs.*
    from ops.inputs as inputs
    semi join pipeline.unchecked_runs as unchecked_runs on unchecked_runs.run_id = inputs.run_id
),

lines as (
    select
        ledger.run_id,
        ledger.input_uri,
        count(*) as line_count
    from ops.ledger as ledger
    semi join pipeline.unchecked_runs as unchecked_runs on unchecked_runs.run_id = ledger.run_id
    group by ledger.run_id, ledger.input_uri
)

select
    fresh.run_id,
    fresh.input_uri,
    fresh.stage,
    fresh.seen
from fresh
left join fresh as later on later.run_id = fresh.run_id and later.input_uri = fresh.input_uri and later.stage = 'clean'
left join lines on lines.run_id = fresh.run_id and lines.input_uri = fresh.input_uri
where
    fresh.seen != fresh.loaded + fresh.present + fresh.rejected + fresh.forgotten
    or (fresh.stage = 'load' and later.seen is distinct from fresh.loaded)
    or (fresh.stage = 'load' and lines.line_count is distinct from fresh.seen)
