-- The keys in some stretches of the log, newest first.
-- $1 first ids bigint[], $2 last ids bigint[], $3 at most
SELECT l.id, l.received_at
FROM unnest($1::bigint[], $2::bigint[]) AS stretch (low, high)
     JOIN service_catalog_event_log l ON l.id BETWEEN stretch.low AND stretch.high
ORDER BY l.id DESC
LIMIT $3
