-- Puts what is left of rows of files that could not be taken in their place.
-- $1 ids, $2 documents jsonb[], $3 bytes
UPDATE sync_bad_rows b SET message = u.document ->> 'message', raw = u.bytes
FROM unnest($1::bigint[], $2::jsonb[], $3::bytea[]) AS u (id, document, bytes)
WHERE b.id = u.id
