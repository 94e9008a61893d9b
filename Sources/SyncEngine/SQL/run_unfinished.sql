-- $1 source, $2 kind
SELECT id, state FROM sync_runs
WHERE kind = $2 AND source = $1
  AND state IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
