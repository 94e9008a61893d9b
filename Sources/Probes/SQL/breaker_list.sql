-- The breakers of every engine that has not stopped: open ones first.
SELECT b.key, b.engine_id, e.host || ':' || e.process_id AS engine, b.state, b.failure_percent,
       b.calls, b.forced, b.last_error, b.opened_at, b.retry_at, b.changed_at,
       e.heartbeat_at > now() - interval '15 seconds' AS is_engine_live,
       b.failures, b.last_errors::text AS last_errors,
       (SELECT a.vendor_id FROM agent_registry a WHERE starts_with(b.key, a.vendor_id || ':')
        ORDER BY length(a.vendor_id) DESC LIMIT 1) AS vendor
FROM circuit_breakers b JOIN engines e ON e.id = b.engine_id
WHERE e.state <> 'STOPPED'
ORDER BY array_position(ARRAY['OPEN', 'HALF_OPEN', 'CLOSED'], b.state), b.key, b.engine_id
