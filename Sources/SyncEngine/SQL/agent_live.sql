-- Vendors whose agents can be asked: registered, and heard of lately.
-- $1 only this vendor (null: all)
SELECT vendor_id, status FROM agent_registry
WHERE deregistered_at IS NULL AND ($1::text IS NULL OR vendor_id = $1)
ORDER BY vendor_id
