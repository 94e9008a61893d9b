-- Deletes jobs that have ended, with their calls, in a window of ids. One whose letter is not resolved
-- stays: who decides about it looks at the job.
-- $1 after this id, $2 ended before, $3 rows looked at, at most
WITH looked AS MATERIALIZED (
    SELECT j.id, j.created_at,
           j.status IN ('completed', 'failed', 'cancelled')
           AND coalesce(j.completed_at, j.updated_at) < $2
           AND NOT EXISTS (SELECT FROM dead_letter_queue d
                           WHERE d.job_id = j.id AND d.state <> 'RESOLVED') AS goes
    FROM sync_jobs j WHERE j.id > $1 ORDER BY j.id LIMIT $3
), gone AS (
    DELETE FROM sync_jobs j USING looked
    WHERE j.id = looked.id AND looked.goes
      AND j.status IN ('completed', 'failed', 'cancelled')
    RETURNING 1
)
SELECT max(id) AS last, (SELECT count(*) FROM gone) AS removed,
       count(*) = $3 AND bool_or(created_at < $2) AS has_more
FROM looked
