-- Locks a run for a write of its engine's; no row if it is no longer this engine's.
-- $1 id, $2 engine id, $3 taken up
SELECT cancel_requested_by FROM sync_runs
WHERE id = $1 AND lease_engine_id = $2 AND taken_up = $3 AND state = 'RUNNING'
FOR UPDATE
