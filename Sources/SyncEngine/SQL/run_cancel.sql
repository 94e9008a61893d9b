-- Cancels a run: at once if no engine holds it, otherwise by asking the one that does.
-- $1 id, $2 operator, $3 reason
UPDATE sync_runs
SET cancel_requested_at = now(), cancel_requested_by = $2,
    state = CASE WHEN lease_engine_id IS NULL OR lease_expires_at < now()
                 THEN 'CANCELLED' ELSE state END,
    completed_at = CASE WHEN lease_engine_id IS NULL OR lease_expires_at < now()
                        THEN now() END,
    error_message = 'cancelled by ' || $2 || ': ' || $3
WHERE id = $1 AND state IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
RETURNING state
