-- Deletes what runs with agents came to, in a window of ids.
-- $1 after this id, $2 noted before, $3 rows looked at, at most
WITH looked AS MATERIALIZED (
    SELECT id, "timestamp" AS created_at, "timestamp" < $2 AS goes
    FROM reconciliation_events WHERE id > $1 ORDER BY id LIMIT $3
), gone AS (
    DELETE FROM reconciliation_events e USING looked
    WHERE e.id = looked.id AND looked.goes
    RETURNING 1
)
SELECT max(id) AS last, (SELECT count(*) FROM gone) AS removed,
       count(*) = $3 AND bool_or(created_at < $2) AS has_more
FROM looked
