-- How many rows of drift a filter selects, counted up to a limit.
-- $1 at most; then the filter's values
SELECT count(*) AS matching
FROM (
    SELECT FROM sync_drift d LEFT JOIN sync_runs r ON r.id = d.run_id
    WHERE /*filter*/ true
    LIMIT $1
) AS bounded
