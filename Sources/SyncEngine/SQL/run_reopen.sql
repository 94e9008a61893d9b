-- Puts a run back that had stopped to ask, where the run that was to take the file before its own has
-- ended before it had one: nothing was taken in its place, and it waits for a decision as before.
-- $1 id of the run that was to take the file before
UPDATE sync_runs a
SET state = 'AWAITING_DECISION', completed_at = NULL, decision = NULL, decided_by = NULL,
    decided_at = NULL, decision_reason = NULL
FROM sync_runs r
WHERE r.id = $1 AND r.state IN ('FAILED', 'CANCELLED') AND r.object_version IS NULL
  AND a.id = r.follows_run_id AND a.state = 'CANCELLED' AND a.decision = 'PREVIOUS'
RETURNING a.id
