-- Closes runs whose engines fell silent too often, or too long ago for anybody to go on.
-- $1 silent so often, $2 seconds after which nobody goes on, $3 kind
UPDATE sync_runs
SET state = 'INTERRUPTED', completed_at = now(), lease_engine_id = NULL, lease_expires_at = NULL,
    error_message = CASE WHEN times_lost >= $1 - 1
                         THEN 'its engine died or lost the database ' || (times_lost + 1) || ' times'
                         ELSE 'its engine died and nobody took it up in time' END
WHERE kind = $3 AND state = 'RUNNING' AND lease_expires_at < now()
  AND ((times_lost >= $1 - 1 AND lease_engine_id IS NOT NULL)
       OR lease_expires_at < now() - make_interval(secs => $2::double precision))
RETURNING id, source
