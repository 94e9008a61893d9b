-- Gives a channel back that may not send before a moment: its limit is used up.
-- $1 channel, $2 claim, $3 why, $4 next attempt at
UPDATE alert_channels
SET claimed_by = NULL, claimed_until = NULL, last_error = $3, next_attempt_at = $4
WHERE channel = $1 AND claim = $2
