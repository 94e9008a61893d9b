-- The rows of drift that a filter selects, newest first.
-- $1 at most, or null for all; $2 only beyond this id; then the filter's values
SELECT d.id
FROM sync_drift d LEFT JOIN sync_runs r ON r.id = d.run_id
WHERE d.id > $2 AND /*filter*/ true
ORDER BY d.id DESC
LIMIT $1
