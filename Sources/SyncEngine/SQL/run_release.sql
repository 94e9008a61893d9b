-- Hands a run over: the next engine takes it up at once.
-- $1 id, $2 engine id, $3 taken up
UPDATE sync_runs
SET lease_engine_id = NULL, lease_expires_at = now()
WHERE id = $1 AND lease_engine_id = $2 AND taken_up = $3 AND state IN ('WAITING', 'RUNNING')
