-- The job for the same thing that is under way.
-- $1 operation, $2 vendor, $3 unique key
SELECT id FROM sync_jobs
WHERE operation = $1 AND vendor_id = $2 AND unique_key = $3 AND status IN ('pending', 'processing')
