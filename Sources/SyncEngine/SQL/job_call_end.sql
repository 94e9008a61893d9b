-- Writes down how a call ended.
-- $1 call id, $2 outcome, $3 HTTP status or null, $4 message or null
UPDATE sync_job_calls
SET ended_at = clock_timestamp(), outcome = $2, http_status = $3, message = $4
WHERE id = $1 AND ended_at IS NULL
