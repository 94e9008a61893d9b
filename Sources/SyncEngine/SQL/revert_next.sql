-- The last code of the next stretch of services that a run has changed; null at the end.
-- $1 run id, $2 after this code, $3 services in a stretch
SELECT max(t.service_code) FROM (
    SELECT DISTINCT service_code FROM sync_drift
    WHERE run_id = $1 AND service_code > $2
      AND outcome IN ('CORRECTED', 'CREATED', 'HELD', 'ORPHANED')
      AND (row_version IS NOT NULL OR review_id IS NOT NULL)
    ORDER BY service_code LIMIT $3) t
