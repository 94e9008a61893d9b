-- Puts what is left of events in their place.
-- $1 ids, $2 received at, $3 payloads jsonb or null, $4 raw payloads or null, $5 headers or null
UPDATE service_catalog_event_log l
SET payload = u.payload, raw_payload = u.raw, headers = u.headers, personal_erased_at = now()
FROM unnest($1::bigint[], $2::timestamptz[], $3::jsonb[], $4::bytea[], $5::jsonb[])
     AS u (id, received_at, payload, raw, headers)
WHERE l.id = u.id AND l.received_at = u.received_at
  AND l.processing_status NOT IN ('PARKED', 'RETRYING')
