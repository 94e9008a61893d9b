-- Services that a file matched, and that an event older than it has changed since it was compared.
-- Log ids are drawn before their events are committed: some from before the comparison count too.
-- $1 country, $2 system, $3 run id, $4 as of, $5 newest log id when the file was compared
SELECT DISTINCT s.external_service_code
FROM service_catalog_event_log l
JOIN service_catalog s ON s.external_service_code = l.external_service_code
JOIN entity_stream e ON e.entity_type = 'service' AND e.entity_id = s.external_service_code
WHERE l.id > $5 - 10000 AND l.event_timestamp < $4 AND l.processing_status IN ('PROCESSED', 'HELD')
  AND s.country_code = $1 AND s.external_system_source = $2 AND e.newest_decided_at < $4
  AND NOT EXISTS (SELECT FROM sync_drift d
                  WHERE d.run_id = $3 AND d.service_code = s.external_service_code)
  AND NOT EXISTS (SELECT FROM sync_bad_rows b
                  WHERE b.run_id = $3 AND b.service_code = s.external_service_code)
ORDER BY s.external_service_code
