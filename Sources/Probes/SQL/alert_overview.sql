-- The alerts that stand, for the overview: how many fire, how many nobody has dealt with, the gravest.
SELECT count(*) FILTER (WHERE a.state = 'FIRING') AS firing,
       count(*) FILTER (WHERE a.state = 'FIRING' AND a.acknowledged_at IS NULL AND NOT s.is_silenced)
           AS unattended,
       count(*) FILTER (WHERE a.state = 'PENDING') AS pending,
       count(*) FILTER (WHERE a.state = 'FIRING' AND a.severity = 'CRITICAL') AS critical
FROM alerts a CROSS JOIN LATERAL (
         SELECT EXISTS (
             SELECT FROM alert_silences s
             WHERE s.rule = a.rule AND s.ended_at IS NULL AND s.until_at > now()
               AND (s.subject IS NULL OR s.subject = a.subject)) AS is_silenced) AS s
WHERE a.state <> 'RESOLVED'
