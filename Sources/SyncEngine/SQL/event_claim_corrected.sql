-- Gives an event id to the content that corrects its dead letter.
-- $1 handler, $2 event ids text[], $3 payload hashes bytea[], $4 log ids bigint[], $5 received at
UPDATE processed_events p
SET payload_hash = u.payload_hash, log_id = u.log_id, log_received_at = $5, dead_letter_id = NULL
FROM unnest($2::text[], $3::bytea[], $4::bigint[]) AS u (event_id, payload_hash, log_id)
WHERE p.handler = $1 AND p.event_id = u.event_id
