-- Writes a call down before it is made. No row: the job is not ours any more, and nothing is called.
-- $1 job id, $2 claim, $3 engine id
INSERT INTO sync_job_calls (job_id, attempt, engine_id, started_at)
SELECT id, retry_count + 1, $3, clock_timestamp()
FROM sync_jobs
WHERE id = $1 AND claim = $2 AND engine_id = $3 AND status = 'processing'
RETURNING id
