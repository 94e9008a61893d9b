-- Puts what is left of letters in their place.
-- $1 ids, $2 payloads, $3 payloads jsonb or null, $4 headers or null
UPDATE dead_letter_queue d
SET payload = u.payload, payload_json = u.json, headers = u.headers, personal_erased_at = now(),
    updated_at = now()
FROM unnest($1::bigint[], $2::bytea[], $3::jsonb[], $4::jsonb[]) AS u (id, payload, json, headers)
WHERE d.id = u.id AND d.state <> 'RETRYING'
