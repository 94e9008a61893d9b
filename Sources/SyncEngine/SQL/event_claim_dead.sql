-- Notes which claimed events became dead letters, so that a correction may take their id.
-- $1 handler, $2 event ids text[], $3 letter ids bigint[] (null: no longer one)
UPDATE processed_events p
SET dead_letter_id = u.letter_id
FROM unnest($2::text[], $3::bigint[]) AS u (event_id, letter_id)
WHERE p.handler = $1 AND p.event_id = u.event_id
