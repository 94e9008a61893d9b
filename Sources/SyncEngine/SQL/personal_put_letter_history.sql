-- Puts what is left of the history of dead letters in their place.
-- $1 ids, $2 documents jsonb[], $3 bytes
UPDATE dead_letter_history h SET message = u.document ->> 'message', payload = u.bytes
FROM unnest($1::bigint[], $2::jsonb[], $3::bytea[]) AS u (id, document, bytes)
WHERE h.id = u.id
