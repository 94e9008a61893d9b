-- Agents as they are just now: the status by their silence, as agent_statuses counts it.
-- $1 vendor or null for all, $2 and $3 silence in seconds after which one is degraded, offline,
-- $4 rows, $5 rows before
SELECT vendor_id, agent_url, erp_type,
       CASE WHEN deregistered_at IS NOT NULL OR last_heartbeat IS NULL THEN 'offline'
            WHEN h.since <= now() - make_interval(secs => $3) THEN 'offline'
            WHEN h.since <= now() - make_interval(secs => $2) THEN 'degraded'
            ELSE 'online' END AS status,
       status_since, last_heartbeat,
       extract(epoch FROM now() - last_heartbeat)::double precision AS silent_seconds,
       version, deregistered_at, created_at, updated_at
FROM agent_registry,
     LATERAL (SELECT greatest(last_heartbeat, (SELECT unbroken_since FROM leases
                                               WHERE name = 'leader')) AS since) AS h
WHERE $1::text IS NULL OR vendor_id = $1
ORDER BY vendor_id
LIMIT $4 OFFSET $5
