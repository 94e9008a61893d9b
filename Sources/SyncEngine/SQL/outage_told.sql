-- Writes down what an engine told over a channel, and has it told there, once, that it is over.
-- $1 alert id, $2 channel, $3 told at, $4 when to tell that it is over
WITH told AS (
    INSERT INTO alert_deliveries
        (alert_id, channel, kind, state, attempts, created_at, due_at, sent_at)
    SELECT $1, $2, 'FIRED', 'SENT', 1, $3, $3, $3
    WHERE NOT EXISTS (SELECT FROM alert_deliveries
                      WHERE alert_id = $1 AND channel = $2 AND sent_at = $3)
),
later AS (
    UPDATE alert_deliveries SET due_at = GREATEST(due_at, $4)
    WHERE alert_id = $1 AND channel = $2 AND kind = 'RESOLVED' AND state = 'WAITING'
    RETURNING id
)
INSERT INTO alert_deliveries (alert_id, channel, kind, created_at, due_at)
SELECT $1, $2, 'RESOLVED', clock_timestamp(), $4
WHERE NOT EXISTS (SELECT FROM later)
