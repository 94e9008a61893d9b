-- Whether another vendor's agent has this token already.
-- $1 vendor, $2 the stored form
SELECT EXISTS (
    SELECT FROM agent_registry
    WHERE auth_token_hash = $2 AND vendor_id <> $1 AND deregistered_at IS NULL) AS is_taken
