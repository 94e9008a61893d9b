-- An agent leaves: its token is nobody's from now on.
-- $1 vendor
-- No row if there is no such agent, or no more.
WITH before AS (
    SELECT id, status FROM agent_registry
    WHERE vendor_id = $1 AND deregistered_at IS NULL
    FOR UPDATE
), gone AS (
    UPDATE agent_registry a
    SET status = 'offline', auth_token_hash = NULL, deregistered_at = clock_timestamp(),
        status_since = CASE WHEN b.status = 'offline' THEN a.status_since
                            ELSE clock_timestamp() END,
        updated_at = clock_timestamp()
    FROM before b WHERE a.id = b.id
    RETURNING a.vendor_id, b.status AS before
), history AS (
    INSERT INTO agent_status_history (vendor_id, status, reason)
    SELECT vendor_id, 'offline', 'deregistered' FROM gone
)
SELECT vendor_id FROM gone
