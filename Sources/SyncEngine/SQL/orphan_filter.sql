-- Of services that a file lacks, those that it should have listed: active, and not decided by an
-- event after the file's time.
-- $1 service ids, $2 as of
SELECT s.id, s.external_service_code
FROM service_catalog s
LEFT JOIN entity_stream e
       ON e.entity_type = 'service' AND e.entity_id = s.external_service_code
WHERE s.id = ANY ($1) AND s.status = 'ACTIVE'
  AND (e.newest_decided_at IS NULL OR e.newest_decided_at <= $2)
ORDER BY s.id
