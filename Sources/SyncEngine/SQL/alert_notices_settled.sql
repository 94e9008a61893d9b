-- Alerts over notices whose cause is over by itself, each with why: the change was decided, somebody
-- has taken the second look, no order uses the service any more, the agent is heard or offline.
SELECT a.id, 'the change was ' || lower(r.state) || COALESCE(' by ' || r.decided_by, '') AS why
FROM alerts a
     JOIN review_items r ON r.id = substring(a.subject FROM '^review ([0-9]{1,18})$')::bigint
WHERE a.state = 'FIRING' AND a.origin = 'NOTICE' AND a.condition = 'notice review_opened'
  AND r.state <> 'OPEN'
UNION ALL
SELECT a.id, 'somebody has looked at it again'
FROM alerts a
     JOIN review_items r ON r.id = substring(a.subject FROM '^review ([0-9]{1,18})$')::bigint
WHERE a.state = 'FIRING' AND a.origin = 'NOTICE' AND a.condition = 'notice second_look_due'
  AND r.second_look_at IS NOT NULL
UNION ALL
SELECT a.id, 'no active order uses it any more'
FROM alerts a
     JOIN service_catalog s
          ON s.external_service_code = substring(a.subject FROM '^service (.+)$')
WHERE a.state = 'FIRING' AND a.origin = 'NOTICE'
  AND a.condition = 'notice deprecated_with_active_orders'
  AND NOT EXISTS (
      SELECT FROM service_order o
      WHERE o.service_id = s.id
        AND o.status IN ('CREATED', 'SCHEDULED', 'ASSIGNED', 'DISPATCHED', 'IN_PROGRESS'))
UNION ALL
SELECT a.id, 'the agent is ' || CASE WHEN g.deregistered_at IS NULL THEN g.status
                                     ELSE 'deregistered' END
FROM alerts a
     JOIN agent_registry g ON g.vendor_id = substring(a.subject FROM '^agent (.+)$')
WHERE a.state = 'FIRING' AND a.origin = 'NOTICE' AND a.condition = 'notice agent_degraded'
  AND g.status <> 'degraded'
