-- Comparisons with a vendor's agent that have not ended. $1 vendor.
SELECT count(*) FROM sync_runs
WHERE kind = 'agent_items' AND source = $1 AND state IN ('WAITING', 'RUNNING')
