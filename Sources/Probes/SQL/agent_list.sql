-- The vendors' agents: those that are silent first, those that were deregistered last. An agent was
-- there while it was online; what came before it registered does not count.
-- $1 at most, $2 open jobs of one agent that are counted, $3 the vendor, or null for all
SELECT a.vendor_id, a.agent_url, a.erp_type,
       CASE WHEN a.deregistered_at IS NULL THEN a.status ELSE 'removed' END AS state,
       COALESCE(a.deregistered_at, a.status_since) AS since, a.last_heartbeat, a.version,
       uptime.percent, jobs.open, breakers.states, a.created_at, a.deregistered_at
FROM agent_registry a
     CROSS JOIN LATERAL (
         SELECT greatest(now() - interval '24 hours', a.created_at) AS start
     ) AS day
     LEFT JOIN LATERAL (
         -- The state at the day's start holds from there on.
         SELECT (100 * COALESCE(
                     sum(extract(epoch FROM until - at)) FILTER (WHERE status = 'online'), 0)
                 / nullif(sum(extract(epoch FROM until - at)), 0))::double precision AS percent
         FROM (
             SELECT greatest(h.at, day.start) AS at, h.status,
                    COALESCE(lead(h.at) OVER (ORDER BY h.at, h.id), now()) AS until
             FROM agent_status_history h
             WHERE h.vendor_id = a.vendor_id
               AND h.at >= COALESCE(
                   (SELECT max(e.at) FROM agent_status_history e
                    WHERE e.vendor_id = a.vendor_id AND e.at <= day.start), day.start)
         ) AS stretches
         WHERE until > at
     ) AS uptime ON true
     CROSS JOIN LATERAL (
         SELECT count(*) AS open
         FROM (SELECT FROM sync_jobs j
               WHERE j.vendor_id = a.vendor_id AND j.status IN ('pending', 'processing')
               LIMIT $2) AS bounded
     ) AS jobs
     CROSS JOIN LATERAL (
         SELECT COALESCE(jsonb_agg(jsonb_build_array(key, state) ORDER BY key), '[]')::text AS states
         FROM (SELECT b.key, CASE min(array_position(ARRAY['OPEN', 'HALF_OPEN', 'CLOSED'], b.state))
                                  WHEN 1 THEN 'open' WHEN 2 THEN 'half_open' ELSE 'closed' END
                             AS state
               FROM circuit_breakers b JOIN engines e ON e.id = b.engine_id
               WHERE e.state <> 'STOPPED' AND starts_with(b.key, a.vendor_id || ':')
               GROUP BY b.key) AS worst
     ) AS breakers
WHERE $3::text IS NULL OR a.vendor_id = $3
ORDER BY a.deregistered_at IS NOT NULL,
         array_position(ARRAY['offline', 'degraded', 'online'], a.status), a.vendor_id
LIMIT $1
