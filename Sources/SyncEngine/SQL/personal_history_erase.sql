-- $1 ids of entries, $2 payloads
UPDATE dead_letter_history h SET payload = u.payload
FROM unnest($1::bigint[], $2::bytea[]) AS u (id, payload)
WHERE h.id = u.id
