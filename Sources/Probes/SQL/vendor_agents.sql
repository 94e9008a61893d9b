-- The agents that are registered: those that are silent first, of them the one silent for longest.
-- $1 at most
SELECT vendor_id, status, status_since
FROM agent_registry
WHERE deregistered_at IS NULL
ORDER BY array_position(ARRAY['offline', 'degraded', 'online'], status), status_since, vendor_id
LIMIT $1
