-- What stands behind event ids that have been seen.
-- $1 handler, $2 event ids text[]
SELECT event_id, payload_hash, dead_letter_id
FROM processed_events
WHERE handler = $1 AND event_id = ANY ($2)
