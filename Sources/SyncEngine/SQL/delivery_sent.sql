-- Notes that the other side has taken a message, and gives the channel back.
-- $1 channel, $2 claim, $3 delivery ids, $4 the moment, $5 engine id, $6 the message's key,
-- $7 counted from, $8 counted, $9 next attempt at or null
WITH freed AS (
    UPDATE alert_channels
    SET claimed_by = NULL, claimed_until = NULL, attempts = 0, failing_since = NULL,
        last_error = NULL, last_sent_at = $4, counted_from = $7, counted = $8,
        next_attempt_at = $9
    WHERE channel = $1 AND claim = $2
)
UPDATE alert_deliveries
SET state = 'SENT', attempts = attempts + 1, error = NULL, sent_at = $4, engine_id = $5,
    message_key = $6
WHERE id = ANY ($3::bigint[]) AND state IN ('WAITING', 'RETRYING')
