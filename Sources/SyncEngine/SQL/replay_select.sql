-- The services of events, as far as they could be read; events that the log does not have are left
-- out.
-- $1 ids bigint[]
SELECT id, external_service_code
FROM service_catalog_event_log
WHERE id = ANY ($1)
ORDER BY id
