-- Hands a run over: the next engine takes it up at once.
-- $1 id, $2 engine id, $3 taken up, $4 whether it counts as lost
UPDATE sync_runs
SET lease_engine_id = NULL, lease_expires_at = now(),
    times_lost = times_lost + CASE WHEN $4 THEN 1 ELSE 0 END
WHERE id = $1 AND lease_engine_id = $2 AND taken_up = $3 AND state IN ('WAITING', 'RUNNING')
