-- Decides a run that has stopped to ask. One whose file cannot be read cannot be accepted.
-- $1 id, $2 ACCEPTED, ABANDONED or PREVIOUS, $3 operator, $4 reason
UPDATE sync_runs
SET state = CASE WHEN $2 = 'ACCEPTED' THEN 'WAITING' ELSE 'CANCELLED' END,
    completed_at = CASE WHEN $2 = 'ACCEPTED' THEN NULL ELSE now() END,
    phase = NULL, lease_engine_id = NULL, lease_expires_at = NULL,
    decision = $2, decided_by = $3, decided_at = now(), decision_reason = $4
WHERE id = $1 AND state = 'AWAITING_DECISION'
  AND ($2 <> 'PREVIOUS' OR kind = 'catalog_file')
  AND ($2 <> 'ACCEPTED' OR NOT coalesce(findings @> '[{"unreadable": true}]', false))
RETURNING source, dry_run, kind
