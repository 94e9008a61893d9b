-- Takes a channel for one message, if something is due on it and nobody else is sending. Whoever dies
-- while sending is replaced when the claim has run out.
-- $1 channel, $2 engine id, $3 the moment, $4 seconds of the claim
UPDATE alert_channels c
SET claim = c.claim + 1, claimed_by = $2,
    claimed_until = $3::timestamptz + make_interval(secs => $4::double precision)
FROM (SELECT channel FROM alert_channels
      WHERE channel = $1
        AND (claimed_until IS NULL OR claimed_until <= $3
             OR claimed_until > $3::timestamptz + make_interval(secs => 2 * $4::double precision))
        AND (next_attempt_at IS NULL OR next_attempt_at <= $3
             OR next_attempt_at > $3::timestamptz + interval '2 hours')
        AND EXISTS (SELECT FROM alert_deliveries d
                    WHERE d.channel = $1 AND d.state IN ('WAITING', 'RETRYING') AND d.due_at <= $3)
      FOR UPDATE SKIP LOCKED) AS free
WHERE c.channel = free.channel
RETURNING c.claim, c.attempts, c.failing_since, c.last_error, c.counted_from, c.counted
