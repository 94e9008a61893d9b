-- Which of some log rows a filter selects, newest first.
-- $1 ids bigint[]; then the filter's values
SELECT l.id, l.received_at
FROM service_catalog_event_log l
     LEFT JOIN service_catalog c ON c.external_service_code = l.external_service_code
WHERE l.id = ANY ($1::bigint[]) AND /*filter*/ true
ORDER BY l.id DESC
