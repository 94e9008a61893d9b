-- How many jobs a filter selects, counted up to a limit.
-- $1 at most; then the filter's values
SELECT count(*) AS matching
FROM (
    SELECT FROM sync_jobs j LEFT JOIN erp_orders o ON o.id = j.postgres_order_id
    WHERE /*filter*/ true
    LIMIT $1
) AS bounded
