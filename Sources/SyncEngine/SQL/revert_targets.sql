-- What a run has changed, a row a field, from a service code on.
-- $1 run id, $2 after this code, $3 until this code
SELECT service_code, field, before, after, outcome, row_version, review_id, line
FROM sync_drift
WHERE run_id = $1 AND service_code > $2 AND service_code <= $3
  AND outcome IN ('CORRECTED', 'CREATED', 'HELD', 'ORPHANED')
  AND (row_version IS NOT NULL OR review_id IS NOT NULL)
ORDER BY service_code, id
