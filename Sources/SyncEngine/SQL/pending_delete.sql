-- $1 log ids bigint[]
DELETE FROM pending_events WHERE log_id = ANY ($1)
