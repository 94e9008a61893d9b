-- Notes that what a run has changed is restored.
-- $1 id of the run, $2 id of the run that reverted it
UPDATE sync_runs SET state = 'REVERTED', reverted_by_run_id = $2
WHERE id = $1 AND state NOT IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
