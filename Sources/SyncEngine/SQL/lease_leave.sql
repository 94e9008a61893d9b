-- Gives a lease back, so that another engine need not wait for its end.
-- $1 name, $2 engine id, $3 fencing number
WITH given AS (
    UPDATE leases SET expires_at = clock_timestamp()
    WHERE name = $1 AND engine_id = $2 AND fencing = $3
    RETURNING engine_id, fencing
), marked AS (
    UPDATE engines e SET is_leader = false FROM given g WHERE e.id = g.engine_id
)
SELECT fencing FROM given
