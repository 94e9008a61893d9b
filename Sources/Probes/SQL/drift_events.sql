-- The last events of a service up to a moment of its source's clock, newest first.
-- $1 service code, $2 until, or null for now, $3 at most
SELECT l.id, COALESCE(l.event_timestamp, l.message_timestamp, l.received_at) AS event_time,
       l.received_at, l.processing_status, l.outcome
FROM service_catalog_event_log l
WHERE l.external_service_code = $1
  AND COALESCE(l.event_timestamp, l.message_timestamp, l.received_at)
      <= COALESCE($2::timestamptz, now())
ORDER BY l.id DESC
LIMIT $3
