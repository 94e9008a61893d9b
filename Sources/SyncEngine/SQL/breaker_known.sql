-- Whether a live engine has a breaker of this key.
-- $1 key
SELECT count(*) AS engines
FROM circuit_breakers b JOIN engines e ON e.id = b.engine_id
WHERE b.key = $1 AND e.state <> 'STOPPED'
