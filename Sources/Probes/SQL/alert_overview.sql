-- The alerts that stand, put together by rule: how many fire, how many of them nobody has dealt with,
-- and of these since when, and what the newest says. The gravest rule first.
WITH standing AS (
    SELECT a.*, COALESCE(a.fired_at, a.started_at) AS since,
           a.state = 'FIRING' AND a.acknowledged_at IS NULL AND NOT EXISTS (
               SELECT FROM alert_silences s
               WHERE s.rule = a.rule AND s.ended_at IS NULL AND s.until_at > now()
                 AND (s.subject IS NULL OR s.subject = a.subject)) AS is_unattended
    FROM alerts a
    WHERE a.state <> 'RESOLVED'
)
SELECT g.rule, n.severity, g.firing, g.unattended, g.pending, g.critical, g.first_at, n.subject,
       n.summary, n.details, n.runbook
FROM (
    SELECT rule, count(*) FILTER (WHERE state = 'FIRING') AS firing,
           count(*) FILTER (WHERE is_unattended) AS unattended,
           count(*) FILTER (WHERE state = 'PENDING') AS pending,
           count(*) FILTER (WHERE state = 'FIRING' AND severity = 'CRITICAL') AS critical,
           min(since) FILTER (WHERE is_unattended) AS first_at,
           (array_agg(id ORDER BY is_unattended DESC, since DESC, id DESC))[1] AS newest_id
    FROM standing
    GROUP BY rule
) AS g
JOIN alerts n ON n.id = g.newest_id
ORDER BY array_position(ARRAY['CRITICAL', 'WARNING', 'INFO'], n.severity), g.first_at, g.rule
