-- Asks the leader to begin passes now.
-- $1 rules, $2 operator
INSERT INTO keeping_state AS k (rule, requested_at, requested_by)
SELECT rule, now(), $2 FROM unnest($1::text[]) AS u (rule)
ON CONFLICT (rule) DO UPDATE SET requested_at = now(), requested_by = excluded.requested_by
