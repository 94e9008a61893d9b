-- Whether a vendor has ever had an agent or a job.
-- $1 vendor
SELECT EXISTS (SELECT FROM agent_registry WHERE vendor_id = $1)
       OR EXISTS (SELECT FROM sync_jobs WHERE vendor_id = $1) AS is_known
