-- The log rows that a filter selects, newest first.
-- $1 at most, or null for all; $2 only beyond this id; then the filter's values
SELECT l.id, l.received_at
FROM service_catalog_event_log l
     LEFT JOIN service_catalog c ON c.external_service_code = l.external_service_code
WHERE l.id > $2 AND /*filter*/ true
ORDER BY l.id DESC
LIMIT $1
