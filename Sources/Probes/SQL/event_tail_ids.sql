-- The keys in some stretches of the log, newest first. Each stretch by the end of an index
-- (`LIMIT` keeps it so), whatever the planner believes of the table.
-- $1 first ids bigint[], $2 last ids bigint[], $3 at most
SELECT l.id, l.received_at
FROM unnest($1::bigint[], $2::bigint[]) AS stretch (low, high)
     CROSS JOIN LATERAL (
         SELECT id, received_at FROM service_catalog_event_log
         WHERE id BETWEEN stretch.low AND stretch.high
         ORDER BY id DESC
         LIMIT $3) AS l
ORDER BY l.id DESC
LIMIT $3
