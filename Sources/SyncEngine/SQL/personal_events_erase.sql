-- Puts what is left of events in their place. One whose message has changed is not decided again.
-- $1 ids, $2 received at, $3 payloads jsonb or null, $4 raw payloads or null, $5 headers or null,
-- $6 error message and warnings
UPDATE service_catalog_event_log l
SET payload = u.payload, raw_payload = u.raw, headers = u.headers,
    error_message = u.notes ->> 'error_message', warnings = NULLIF(u.notes -> 'warnings', 'null'),
    personal_erased_at = CASE
        WHEN (l.payload, l.raw_payload, l.headers) IS DISTINCT FROM (u.payload, u.raw, u.headers)
        THEN now() ELSE l.personal_erased_at END
FROM unnest($1::bigint[], $2::timestamptz[], $3::jsonb[], $4::bytea[], $5::jsonb[], $6::jsonb[])
     AS u (id, received_at, payload, raw, headers, notes)
WHERE l.id = u.id AND l.received_at = u.received_at
  AND l.processing_status NOT IN ('PARKED', 'RETRYING')
