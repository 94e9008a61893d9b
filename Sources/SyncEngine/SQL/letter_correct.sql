-- Closes letters whose event has come again, corrected by its source.
-- $1 letter ids bigint[]
UPDATE dead_letter_queue
SET state = 'RESOLVED', resolution = 'corrected', resolved_by = 'SYNC_JOB', resolved_at = now(),
    updated_at = now()
WHERE id = ANY ($1) AND state <> 'RESOLVED'
