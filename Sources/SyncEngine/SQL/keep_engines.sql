-- Deletes engines that have stopped, and their breakers, in a window of ids.
-- $1 after this id, $2 stopped before, $3 rows looked at, at most
WITH looked AS MATERIALIZED (
    SELECT e.id, e.started_at AS created_at,
           e.state = 'STOPPED' AND coalesce(e.stopped_at, e.heartbeat_at) < $2 AS goes
    FROM engines e WHERE e.id > $1 ORDER BY e.id LIMIT $3
), gone AS (
    DELETE FROM engines e USING looked
    WHERE e.id = looked.id AND looked.goes AND e.state = 'STOPPED'
    RETURNING 1
)
SELECT max(id) AS last, (SELECT count(*) FROM gone) AS removed,
       count(*) = $3 AND bool_or(created_at < $2) AS has_more
FROM looked
