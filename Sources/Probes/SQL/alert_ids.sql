-- The alerts that a filter selects, newest first.
-- $1 at most, or null for all; then the filter's values
SELECT a.id FROM alerts a
WHERE /*filter*/ true
ORDER BY a.id DESC
LIMIT $1
