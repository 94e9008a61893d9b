-- How many log rows a filter selects, counted up to a limit.
-- $1 at most; then the filter's values
SELECT count(*) AS matching
FROM (
    SELECT FROM service_catalog_event_log l
         LEFT JOIN service_catalog c ON c.external_service_code = l.external_service_code
    WHERE /*filter*/ true
    LIMIT $1
) AS bounded
