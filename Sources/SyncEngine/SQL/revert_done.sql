-- Marks drift as reverted.
-- $1 run id, $2 service codes
UPDATE sync_drift SET outcome = 'REVERTED'
WHERE run_id = $1 AND service_code = ANY ($2)
  AND outcome IN ('CORRECTED', 'CREATED', 'HELD', 'ORPHANED')
