-- Begins a pass of a rule.
-- $1 rule, $2 what is older goes
INSERT INTO keeping_state AS k (rule, position, horizon, started_at, ended_at, removed)
VALUES ($1, '', $2, now(), NULL, 0)
ON CONFLICT (rule) DO UPDATE SET
    position = '', horizon = greatest(k.horizon, excluded.horizon), started_at = now(),
    ended_at = NULL, removed = 0, note = NULL, requested_at = NULL, requested_by = NULL
