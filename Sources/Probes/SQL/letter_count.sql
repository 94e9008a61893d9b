-- How many dead letters a filter selects, counted up to a limit.
-- $1 at most; then the filter's values
SELECT count(*) AS matching
FROM (
    SELECT FROM dead_letter_queue d
         LEFT JOIN service_catalog c ON c.external_service_code = d.entity_id
    WHERE /*filter*/ true
    LIMIT $1
) AS bounded
