-- The calls that a job has made, newest first.
-- $1 id of the job, $2 at most
SELECT id, attempt, engine_id, started_at, ended_at, outcome, http_status, message,
       reported_at, report
FROM sync_job_calls
WHERE job_id = $1
ORDER BY id DESC
LIMIT $2
