-- Notes that a job that is in hand is to be cancelled when its call has ended.
-- $1 id, $2 by whom, $3 reason
UPDATE sync_jobs SET cancelled_by = $2, cancel_reason = $3, updated_at = now() WHERE id = $1
