-- Deletes resolved dead letters in a window of ids.
-- $1 after this id, $2 resolved before, $3 rows looked at, at most
WITH looked AS MATERIALIZED (
    SELECT id, created_at, state = 'RESOLVED' AND resolved_at < $2 AS goes
    FROM dead_letter_queue WHERE id > $1 ORDER BY id LIMIT $3
), gone AS (
    DELETE FROM dead_letter_queue d USING looked
    WHERE d.id = looked.id AND looked.goes AND d.state = 'RESOLVED'
    RETURNING 1
)
SELECT max(id) AS last, (SELECT count(*) FROM gone) AS removed,
       count(*) = $3 AND bool_or(created_at < $2) AS has_more
FROM looked
