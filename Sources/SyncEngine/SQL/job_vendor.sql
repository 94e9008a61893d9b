-- Whose a job is.
-- $1 id
SELECT vendor_id FROM sync_jobs WHERE id = $1
