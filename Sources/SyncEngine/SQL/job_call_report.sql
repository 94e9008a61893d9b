-- Keeps what an agent reports of the newest call of one attempt, or of the newest of all.
-- $1 job id, $2 attempt or null, $3 its words
UPDATE sync_job_calls
SET reported_at = clock_timestamp(), report = $3
WHERE id = (SELECT max(id) FROM sync_job_calls
            WHERE job_id = $1 AND ($2::integer IS NULL OR attempt = $2))
