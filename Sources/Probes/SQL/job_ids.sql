-- The jobs that a filter selects, newest first, those of an id above a bound.
-- $1 at most, or null for all, $2 the bound, 0 for none; then the filter's values
SELECT j.id
FROM sync_jobs j LEFT JOIN erp_orders o ON o.id = j.postgres_order_id
WHERE j.id > $2 AND /*filter*/ true
ORDER BY j.id DESC
LIMIT $1
