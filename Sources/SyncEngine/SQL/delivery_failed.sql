-- Notes that a message did not get through, and when it is tried again.
-- $1 channel, $2 claim, $3 delivery ids, $4 the moment, $5 engine id, $6 error, $7 next attempt at,
-- $8 whether this counts as an attempt, $9 whether it is never tried again
WITH freed AS (
    UPDATE alert_channels
    SET claimed_by = NULL, claimed_until = NULL, attempts = attempts + $8::boolean::int,
        failing_since = COALESCE(failing_since, $4), last_error = $6, next_attempt_at = $7
    WHERE channel = $1 AND claim = $2
)
UPDATE alert_deliveries
SET state = CASE WHEN $9 THEN 'GIVEN_UP' ELSE 'RETRYING' END,
    attempts = attempts + $8::boolean::int, error = $6, engine_id = $5
WHERE id = ANY ($3::bigint[]) AND state IN ('WAITING', 'RETRYING')
