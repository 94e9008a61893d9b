-- Alerts put together by rule: of each rule those that stand, or, where none does, those of the
-- newest that are over. First what nobody looks after, of it the gravest.
-- $1 rules at most, $2 standing alerts and $3 others looked at at most; then the filter's values
WITH looked_at AS (
    (SELECT * FROM alerts WHERE state <> 'RESOLVED' ORDER BY id DESC LIMIT $2)
    UNION ALL
    (SELECT * FROM alerts WHERE state = 'RESOLVED' ORDER BY id DESC LIMIT $3)
),
picked AS (
    SELECT a.id, a.rule, a.subject, a.severity, COALESCE(a.fired_at, a.started_at) AS since,
           a.state <> 'RESOLVED' AND s.is_silenced AS is_silenced,
           CASE WHEN a.state = 'RESOLVED' THEN 3 WHEN a.state = 'PENDING' THEN 2
                WHEN a.acknowledged_at IS NOT NULL OR s.is_silenced THEN 1 ELSE 0 END AS place
    FROM looked_at a CROSS JOIN LATERAL (
             SELECT EXISTS (
                 SELECT FROM alert_silences s
                 WHERE s.rule = a.rule AND s.ended_at IS NULL AND s.until_at > now()
                   AND (s.subject IS NULL OR s.subject = a.subject)) AS is_silenced) AS s
    WHERE /*filter*/ true
),
placed AS (
    SELECT p.*, min(p.place) OVER (PARTITION BY p.rule) AS worst,
           array_position(ARRAY['CRITICAL', 'WARNING', 'INFO'], p.severity) AS gravity
    FROM picked p
)
SELECT p.rule, (ARRAY['CRITICAL', 'WARNING', 'INFO'])[min(p.gravity)] AS severity,
       count(DISTINCT p.subject) AS subjects,
       COALESCE(array_agg(p.id ORDER BY p.id) FILTER (WHERE p.place = 0), '{}') AS unattended,
       COALESCE(array_agg(p.id ORDER BY p.id) FILTER (WHERE p.place < 3), '{}') AS standing,
       COALESCE(array_agg(p.id ORDER BY p.id) FILTER (WHERE p.is_silenced), '{}') AS silenced,
       min(p.since) AS first_at, max(p.since) AS newest_at,
       (array_agg(p.id ORDER BY p.place, p.since DESC, p.id DESC))[1] AS newest_id,
       count(*) OVER () AS groups
FROM placed p
WHERE p.place < 3 OR p.worst = 3
GROUP BY p.rule
ORDER BY min(p.place), min(p.gravity), max(p.since) DESC, p.rule
LIMIT $1
