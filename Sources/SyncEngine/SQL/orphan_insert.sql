-- Lists services that a file lacks, each once a run.
-- $1 run id, $2 source, $3 service ids
INSERT INTO sync_drift (run_id, source, country_code, service_code, service_id, outcome)
SELECT $1, $2, s.country_code, s.external_service_code, s.id, 'ORPHANED'
FROM service_catalog s
WHERE s.id = ANY ($3)
  AND NOT EXISTS (SELECT FROM sync_drift d
                  WHERE d.run_id = $1 AND d.service_code = s.external_service_code)
