-- Events of one service, with all that may be personal in them.
-- $1 after this id, $2 at most, $3 service code
SELECT id, received_at, processing_status IN ('PARKED', 'RETRYING') AS waits,
       payload::text AS payload, raw_payload, headers::text AS headers,
       jsonb_build_object('error_message', error_message, 'warnings', warnings)::text AS notes,
       id AS last
FROM service_catalog_event_log
WHERE external_service_code = $3 AND id > $1
ORDER BY id
LIMIT $2
