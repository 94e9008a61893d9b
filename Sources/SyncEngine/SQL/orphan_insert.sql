-- Lists services that a file lacks, each once a run.
-- Asks for each service by the index: nothing is known yet of the rows that the run itself has just
-- written, and a join planned for a few of them would go through all of them for every service.
-- $1 run id, $2 source, $3 service ids
INSERT INTO sync_drift (run_id, source, country_code, service_code, service_id, outcome)
SELECT $1, $2, s.country_code, s.external_service_code, s.id, 'ORPHANED'
FROM service_catalog s
WHERE s.id = ANY ($3)
  AND (SELECT d.id FROM sync_drift d
       WHERE d.run_id = $1 AND d.service_code = s.external_service_code
       LIMIT 1) IS NULL
