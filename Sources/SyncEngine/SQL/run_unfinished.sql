-- $1 source
SELECT id, state FROM sync_runs
WHERE kind = 'catalog_file' AND source = $1
  AND state IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
