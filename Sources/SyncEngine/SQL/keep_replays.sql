-- Deletes what came of replays, in a window of ids.
-- $1 after this id, $2 replayed before, $3 rows looked at, at most
WITH looked AS MATERIALIZED (
    SELECT id, at AS created_at, at < $2 AS goes
    FROM event_replays WHERE id > $1 ORDER BY id LIMIT $3
), gone AS (
    DELETE FROM event_replays r USING looked WHERE r.id = looked.id AND looked.goes
    RETURNING 1
)
SELECT max(id) AS last, (SELECT count(*) FROM gone) AS removed,
       count(*) = $3 AND bool_or(created_at < $2) AS has_more
FROM looked
