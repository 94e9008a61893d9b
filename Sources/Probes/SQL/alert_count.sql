-- How many alerts a filter selects, counted up to a limit.
-- $1 at most; then the filter's values
SELECT count(*) AS matching
FROM (SELECT FROM alerts a WHERE /*filter*/ true LIMIT $1) AS bounded
