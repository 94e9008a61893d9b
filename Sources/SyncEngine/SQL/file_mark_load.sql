-- Services for which a file has spoken that is newer than their newest decided event. One after the
-- other by its key (`OFFSET 0` keeps it so), whatever the planner believes of the tables.
-- $1 codes text[]
SELECT s.external_service_code, m.as_of
FROM unnest($1::text[]) AS u (code)
     CROSS JOIN LATERAL (
         SELECT external_service_code, external_system_source, country_code, created_at
         FROM service_catalog WHERE external_service_code = u.code
         OFFSET 0) AS s
     CROSS JOIN LATERAL (
         SELECT as_of, run_id, compared_at FROM file_marks
         WHERE country_code = s.country_code AND source_system = s.external_system_source
         OFFSET 0) AS m
     LEFT JOIN LATERAL (
         SELECT newest_decided_at FROM entity_stream
         WHERE entity_type = 'service' AND entity_id = s.external_service_code
         OFFSET 0) AS e ON true
WHERE s.created_at < m.compared_at
  AND (e.newest_decided_at IS NULL OR e.newest_decided_at < m.as_of)
  AND NOT EXISTS (SELECT FROM sync_drift d
                  WHERE d.run_id = m.run_id AND d.service_code = s.external_service_code
                    AND d.outcome IN ('NEWER', 'ORPHANED')
                  OFFSET 0)
  AND NOT EXISTS (SELECT FROM sync_bad_rows b
                  WHERE b.run_id = m.run_id AND b.service_code = s.external_service_code
                  OFFSET 0)
