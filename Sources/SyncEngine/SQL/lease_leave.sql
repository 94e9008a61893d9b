-- Gives a lease back, so that another engine need not wait for its end.
-- $1 name, $2 engine id, $3 fencing number
UPDATE leases SET expires_at = clock_timestamp()
WHERE name = $1 AND engine_id = $2 AND fencing = $3
RETURNING fencing
