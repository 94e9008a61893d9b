-- Notes in a job that is done that its agent names another order of the ERP's; no row if it is the same.
-- $1 job id, $2 the reference that was named
UPDATE sync_jobs
SET error_message = 'the agent named ' || $2 || ' too, after ' || erp_reference, updated_at = now()
WHERE id = $1 AND status = 'completed' AND erp_reference <> $2
RETURNING error_message
