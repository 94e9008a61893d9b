-- Bad rows of a run's file in the order of their lines, whole.
-- $1 run, $2 behind this line, $3 and on it behind this id, $4 at most
SELECT id, line, service_code, reason, message, raw
FROM sync_bad_rows
WHERE run_id = $1 AND (line, id) > ($2, $3)
ORDER BY line, id
LIMIT $4
