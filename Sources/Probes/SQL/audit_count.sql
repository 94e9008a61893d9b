-- How many entries of the audit trail a filter selects, counted up to a limit.
-- $1 at most; then the filter's values
SELECT count(*) AS matching
FROM (SELECT FROM audit_log a WHERE /*filter*/ true LIMIT $1) AS bounded
