-- Puts what is left of messages of the outbox in their place.
-- $1 ids, $2 documents jsonb[], $3 bytes
UPDATE outbox o
SET headers = u.document -> 'headers', last_error = u.document ->> 'last_error', value = u.bytes
FROM unnest($1::bigint[], $2::jsonb[], $3::bytea[]) AS u (id, document, bytes)
WHERE o.id = u.id
