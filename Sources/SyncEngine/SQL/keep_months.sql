-- The months of the event log, oldest first.
SELECT m.name, m.starts_at, m.ends_at, m.rows, m.bytes
FROM (SELECT c.relname AS name, greatest(c.reltuples, 0)::bigint AS rows,
             pg_total_relation_size(c.oid) AS bytes,
             (regexp_match(b.bound, 'FROM \(''([^'']+)''\)'))[1]::timestamptz AS starts_at,
             (regexp_match(b.bound, 'TO \(''([^'']+)''\)'))[1]::timestamptz AS ends_at
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid,
           LATERAL (SELECT pg_get_expr(c.relpartbound, c.oid)) AS b (bound)
      WHERE i.inhparent = 'service_catalog_event_log'::regclass) AS m
WHERE m.ends_at IS NOT NULL
ORDER BY m.ends_at
