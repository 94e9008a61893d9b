-- The open dead letter of a job.
-- $1 job id
SELECT id FROM dead_letter_queue WHERE job_id = $1 AND state = 'OPEN' ORDER BY id DESC LIMIT 1
