-- Puts what is left of dead letters in their place.
-- $1 ids, $2 documents jsonb[], $3 bytes
UPDATE dead_letter_queue d
SET payload = u.bytes,
    payload_json = CASE WHEN d.payload_json IS NOT NULL
                        THEN convert_from(u.bytes, 'UTF8')::jsonb END,
    headers = NULLIF(u.document -> 'headers', 'null'),
    error_message = u.document ->> 'error_message', resolution = u.document ->> 'resolution',
    personal_erased_at = CASE
        WHEN (d.payload, d.headers)
             IS DISTINCT FROM (u.bytes, NULLIF(u.document -> 'headers', 'null'))
        THEN now() ELSE d.personal_erased_at END,
    updated_at = now()
FROM unnest($1::bigint[], $2::jsonb[], $3::bytea[]) AS u (id, document, bytes)
WHERE d.id = u.id AND d.state <> 'RETRYING'
