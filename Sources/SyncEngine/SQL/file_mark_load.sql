-- Services for which a file has spoken that is newer than their newest decided event.
-- $1 codes text[]
SELECT s.external_service_code, m.as_of
FROM service_catalog s
JOIN file_marks m ON m.country_code = s.country_code AND m.source_system = s.external_system_source
LEFT JOIN entity_stream e
       ON e.entity_type = 'service' AND e.entity_id = s.external_service_code
WHERE s.external_service_code = ANY ($1) AND s.created_at < m.compared_at
  AND (e.newest_decided_at IS NULL OR e.newest_decided_at < m.as_of)
  AND NOT EXISTS (SELECT FROM sync_drift d
                  WHERE d.run_id = m.run_id AND d.service_code = s.external_service_code
                    AND d.outcome IN ('NEWER', 'ORPHANED'))
  AND NOT EXISTS (SELECT FROM sync_bad_rows b
                  WHERE b.run_id = m.run_id AND b.service_code = s.external_service_code)
