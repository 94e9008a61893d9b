-- Where a vendor's agent is called.
-- $1 vendor
SELECT agent_url, status, deregistered_at IS NOT NULL AS is_deregistered
FROM agent_registry
WHERE vendor_id = $1
