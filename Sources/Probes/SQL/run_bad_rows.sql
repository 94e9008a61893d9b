-- The first bad rows of a run's file.
-- $1 run, $2 at most
SELECT line, service_code, reason, message, substring(raw FROM 1 FOR 4096) AS raw
FROM sync_bad_rows
WHERE run_id = $1
ORDER BY line
LIMIT $2
