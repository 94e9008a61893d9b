-- The row in which another engine, or this one earlier, has written the same outage down.
-- $1 rule, $2 subject, $3 not over before
SELECT id FROM alerts
WHERE rule = $1 AND subject = $2 AND origin = 'MEMORY' AND resolved_at >= $3
ORDER BY id DESC
LIMIT 1
FOR UPDATE
