-- Notes who looks after an alert, and tells the pager if it was told of it. $1 id, $2 who, $3 reason
WITH taken AS (
    UPDATE alerts
    SET acknowledged_at = clock_timestamp(), acknowledged_by = $2, acknowledged_reason = $3,
        updated_at = clock_timestamp()
    WHERE id = $1
),
noted AS (
    INSERT INTO alert_history (alert_id, at, change, operator, message)
    VALUES ($1, clock_timestamp(), 'acknowledged', $2, $3)
)
INSERT INTO alert_deliveries (alert_id, channel, kind, created_at, due_at)
SELECT $1, 'pagerduty', 'ACKNOWLEDGED', clock_timestamp(), clock_timestamp()
WHERE EXISTS (SELECT FROM alert_deliveries
              WHERE alert_id = $1 AND channel = 'pagerduty' AND kind = 'FIRED')
