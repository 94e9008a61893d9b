-- The dead letters that a filter selects, newest first.
-- $1 at most, or null for all; then the filter's values
SELECT d.id
FROM dead_letter_queue d LEFT JOIN service_catalog c ON c.external_service_code = d.entity_id
WHERE /*filter*/ true
ORDER BY d.id DESC
LIMIT $1
