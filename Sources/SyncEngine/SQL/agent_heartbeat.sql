-- An agent says that it lives. One that was silent is back: the history has it, and people are told.
-- $1 vendor, $2 version or null
-- No row if there is no such agent, or no more.
WITH before AS (
    SELECT id, status, last_heartbeat FROM agent_registry
    WHERE vendor_id = $1 AND deregistered_at IS NULL
    FOR UPDATE
), alive AS (
    UPDATE agent_registry a
    SET last_heartbeat = clock_timestamp(), status = 'online',
        status_since = CASE WHEN b.status = 'online' THEN a.status_since
                            ELSE clock_timestamp() END,
        version = COALESCE($2, a.version), updated_at = clock_timestamp()
    FROM before b
    WHERE a.id = b.id
    RETURNING a.vendor_id, a.status, a.status_since, a.last_heartbeat, a.version,
              b.status AS before, b.last_heartbeat AS before_that
), history AS (
    INSERT INTO agent_status_history (vendor_id, status, reason, at)
    SELECT vendor_id, 'online', 'heartbeat', last_heartbeat FROM alive WHERE before <> 'online'
), notice AS (
    INSERT INTO notices (kind, severity, flow, subject_type, subject_id, title, details)
    SELECT 'agent_back', 'INFO', 'erp', 'agent', vendor_id,
           'the agent of ' || vendor_id || ' is back',
           jsonb_build_object('silent_since', before_that, 'status_before', before)
    FROM alive WHERE before <> 'online' AND before_that IS NOT NULL
)
SELECT vendor_id, status, last_heartbeat FROM alive
