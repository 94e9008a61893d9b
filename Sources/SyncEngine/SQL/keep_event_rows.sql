-- Deletes events that stand in the partition without a month, in a window of ids. What is not
-- finished stays.
-- $1 after this id, $2 received before, $3 rows looked at, at most
WITH looked AS MATERIALIZED (
    SELECT l.id, l.received_at,
           l.received_at < $2 AND l.processing_status IN ('PROCESSED', 'SKIPPED', 'DEAD_LETTERED')
           AND NOT EXISTS (SELECT FROM dead_letter_queue d
                           WHERE d.state <> 'RESOLVED' AND d.log_id = l.id) AS goes
    FROM service_catalog_event_log_default l WHERE l.id > $1 ORDER BY l.id LIMIT $3
), gone AS (
    DELETE FROM service_catalog_event_log_default l USING looked
    WHERE l.id = looked.id AND l.received_at = looked.received_at AND looked.goes
    RETURNING 1
)
SELECT max(id) AS last, (SELECT count(*) FROM gone) AS removed,
       count(*) = $3 AND bool_or(received_at < $2) AS has_more
FROM looked
