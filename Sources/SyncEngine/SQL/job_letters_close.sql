-- Closes what is open of the dead letters of jobs that have ended well after all.
-- $1 job ids bigint[], $2 resolution
WITH closed AS (
    UPDATE dead_letter_queue
    SET state = 'RESOLVED', resolution = $2, resolved_by = 'SYNC_JOB', resolved_at = now(),
        updated_at = now()
    WHERE job_id = ANY ($1) AND state <> 'RESOLVED'
    RETURNING id
), noted AS (
    INSERT INTO dead_letter_history (letter_id, action, operator, result, message)
    SELECT id, 'callback', 'SYNC_JOB', 'resolved', $2 FROM closed
)
SELECT id FROM closed
