-- Agents that have been silent for so long that they are degraded or offline now, by the database's
-- clock: moved, written to the history, told. Silence while no engine led is not theirs.
-- $1 silence in seconds after which one is degraded, $2 after which it is offline
-- Returns vendor, status before, status now
WITH silent AS (
    SELECT a.id, a.status,
           CASE WHEN h.since <= now() - make_interval(secs => $2) THEN 'offline'
                ELSE 'degraded' END AS found
    FROM agent_registry a,
         LATERAL (SELECT greatest(a.last_heartbeat, (SELECT unbroken_since FROM leases
                                                     WHERE name = 'leader')) AS since) AS h
    WHERE a.deregistered_at IS NULL AND a.status <> 'offline' AND a.last_heartbeat IS NOT NULL
      AND h.since <= now() - make_interval(secs => $1)
    FOR UPDATE OF a
), moved AS (
    UPDATE agent_registry a
    SET status = s.found, status_since = now(), updated_at = now()
    FROM silent s
    WHERE a.id = s.id AND s.found <> s.status
    RETURNING a.vendor_id, a.status, a.last_heartbeat, s.status AS before
), history AS (
    INSERT INTO agent_status_history (vendor_id, status, reason)
    SELECT vendor_id, status, 'silent' FROM moved
), notice AS (
    INSERT INTO notices (kind, severity, flow, subject_type, subject_id, title, details)
    SELECT 'agent_' || status, 'WARNING', 'erp', 'agent', vendor_id,
           'the agent of ' || vendor_id || ' is ' || status,
           jsonb_build_object('last_heartbeat', last_heartbeat, 'status_before', before)
    FROM moved
)
SELECT vendor_id, before, status FROM moved ORDER BY vendor_id
