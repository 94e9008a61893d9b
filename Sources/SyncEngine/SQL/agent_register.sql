-- An agent registers, anew or again. One that had left comes back as if it had never been seen.
-- $1 vendor, $2 url, $3 erp type, $4 the stored form of its token, $5 version or null
-- Returns whether it is new.
WITH before AS (
    SELECT vendor_id, deregistered_at IS NOT NULL AS had_left
    FROM agent_registry WHERE vendor_id = $1
), registered AS (
    INSERT INTO agent_registry AS a (vendor_id, agent_url, erp_type, auth_token_hash, version)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (vendor_id) DO UPDATE SET
        agent_url = excluded.agent_url, erp_type = excluded.erp_type,
        auth_token_hash = excluded.auth_token_hash,
        version = COALESCE(excluded.version, a.version),
        last_heartbeat = CASE WHEN a.deregistered_at IS NULL THEN a.last_heartbeat END,
        status_since = CASE WHEN a.deregistered_at IS NULL THEN a.status_since
                            ELSE clock_timestamp() END,
        deregistered_at = NULL, updated_at = clock_timestamp()
    RETURNING a.vendor_id, a.status
), history AS (
    INSERT INTO agent_status_history (vendor_id, status, reason)
    SELECT r.vendor_id, r.status, 'registered'
    FROM registered r LEFT JOIN before b USING (vendor_id)
    WHERE b.had_left IS NOT FALSE
)
SELECT b.vendor_id IS NULL AS is_new
FROM registered r LEFT JOIN before b USING (vendor_id)
