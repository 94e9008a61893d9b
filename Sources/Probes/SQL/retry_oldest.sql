-- The event that has been retried for longest, and what the database says to it.
SELECT entity_id, COALESCE(error_message, reason, '') AS error, attempts::bigint, created_at
FROM pending_events
WHERE state = 'RETRYING'
ORDER BY created_at, log_id
LIMIT 1
