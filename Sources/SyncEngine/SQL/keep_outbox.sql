-- Deletes messages that were given up, and those that an earlier release published, in a window of ids.
-- $1 after this id, $2 given up before, $3 rows looked at, at most
WITH looked AS MATERIALIZED (
    SELECT id, created_at, coalesce(published_at, abandoned_at) < $2 AS goes
    FROM outbox WHERE id > $1 ORDER BY id LIMIT $3
), gone AS (
    DELETE FROM outbox o USING looked WHERE o.id = looked.id AND looked.goes
    RETURNING 1
)
SELECT max(id) AS last, (SELECT count(*) FROM gone) AS removed,
       count(*) = $3 AND bool_or(created_at < $2) AS has_more
FROM looked
