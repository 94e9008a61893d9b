-- What nobody has taken for a day is given up, visibly.
-- $1 the moment, $2 channels
WITH late AS (
    UPDATE alert_deliveries
    SET state = 'GIVEN_UP',
        error = 'given up after a day' || COALESCE(': ' || error, '')
    WHERE state IN ('WAITING', 'RETRYING') AND channel = ANY ($2::text[])
      AND GREATEST(created_at, due_at) < $1::timestamptz - interval '1 day'
    RETURNING alert_id, channel, error
),
noted AS (
    INSERT INTO alert_history (alert_id, at, change, message)
    SELECT alert_id, $1, 'not told', channel || ': ' || error FROM late
)
SELECT channel, count(*) FROM late GROUP BY channel
