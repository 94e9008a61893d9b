-- Takes back the newest call of a job that was perhaps written down, and was not made.
-- $1 job id, $2 engine id, $3 attempt
DELETE FROM sync_job_calls
WHERE id = (SELECT max(id) FROM sync_job_calls WHERE job_id = $1)
  AND engine_id = $2 AND attempt = $3 AND ended_at IS NULL
