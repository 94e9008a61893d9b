-- Alerts without a filter: those that fire first, the gravest of them before, then those that are
-- pending, then the newest of what is over.
-- $1 at most
WITH standing AS (
    SELECT id, CASE WHEN state = 'FIRING' THEN 0 ELSE 1 END AS place,
           array_position(ARRAY['CRITICAL', 'WARNING', 'INFO'], severity) AS gravity
    FROM alerts WHERE state <> 'RESOLVED' ORDER BY id DESC LIMIT 10000
),
newest AS (
    SELECT id FROM alerts ORDER BY id DESC LIMIT $1
)
SELECT id
FROM (
    SELECT id, place, gravity FROM standing
    UNION ALL
    SELECT id, 2, 0 FROM newest WHERE id NOT IN (SELECT id FROM standing)
) AS picked
ORDER BY place, gravity, id DESC
LIMIT $1
