-- Services that a run has dealt with already.
-- $1 run id, $2 codes text[] (null: all)
SELECT DISTINCT service_code FROM sync_drift
WHERE run_id = $1 AND ($2::text[] IS NULL OR service_code = ANY ($2))
