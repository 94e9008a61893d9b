-- The wishes for silence that hold.
-- $1 the moment
SELECT rule, subject FROM alert_silences
WHERE ended_at IS NULL AND until_at > $1
