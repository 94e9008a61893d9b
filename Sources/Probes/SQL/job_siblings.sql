-- The other jobs of a job's order, newest first.
-- $1 id of the job, $2 at most
SELECT s.id
FROM sync_jobs j JOIN sync_jobs s ON s.postgres_order_id = j.postgres_order_id AND s.id <> j.id
WHERE j.id = $1
ORDER BY s.id DESC
LIMIT $2
