-- Deletes alerts that are over, with their history and deliveries, in a window of ids. One that
-- somebody is still to be told of stays.
-- $1 after this id, $2 resolved before, $3 rows looked at, at most
WITH looked AS MATERIALIZED (
    SELECT a.id, a.started_at AS created_at,
           a.state = 'RESOLVED' AND a.resolved_at < $2
           AND NOT EXISTS (SELECT FROM alert_deliveries d WHERE d.alert_id = a.id
                           AND d.state IN ('WAITING', 'RETRYING')) AS goes
    FROM alerts a WHERE a.id > $1 ORDER BY a.id LIMIT $3
), gone AS (
    DELETE FROM alerts a USING looked
    WHERE a.id = looked.id AND looked.goes AND a.state = 'RESOLVED'
    RETURNING 1
)
SELECT max(id) AS last, (SELECT count(*) FROM gone) AS removed,
       count(*) = $3 AND bool_or(created_at < $2) AS has_more
FROM looked
