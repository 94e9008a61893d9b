-- Takes a lease that nobody holds, or renews one's own, and says in the engines' rows who leads. No
-- row: another engine holds it.
-- $1 name, $2 engine id, $3 seconds to hold it, $4 fencing number held, 0 for none
--
-- A lease that seems to last longer than any is given was given before the server's clock was set
-- back: it counts as run out, otherwise nobody could lead until the clock has caught up.
WITH taken AS (
    INSERT INTO leases AS l (name, engine_id, fencing, expires_at)
    VALUES ($1, $2, 1, clock_timestamp() + make_interval(secs => $3))
    ON CONFLICT (name) DO UPDATE SET
        engine_id = excluded.engine_id,
        fencing = CASE WHEN l.engine_id = $2 AND l.fencing = $4
                            AND l.expires_at > clock_timestamp()
                       THEN l.fencing ELSE l.fencing + 1 END,
        expires_at = excluded.expires_at,
        -- Ten seconds: a dead holder is replaced sooner.
        unbroken_since = CASE WHEN l.expires_at < clock_timestamp() - interval '10 seconds'
                              THEN clock_timestamp() ELSE l.unbroken_since END
    WHERE l.expires_at <= clock_timestamp()
       OR l.expires_at > clock_timestamp() + make_interval(secs => 2 * $3)
       OR (l.engine_id = $2 AND l.fencing = $4)
    RETURNING l.engine_id, l.fencing
), marked AS (
    UPDATE engines e SET is_leader = (e.id = t.engine_id)
    FROM taken t
    WHERE e.is_leader <> (e.id = t.engine_id)
)
SELECT fencing FROM taken
