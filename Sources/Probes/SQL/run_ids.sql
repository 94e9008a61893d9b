-- The runs that a filter selects, newest first.
-- $1 at most, or null for all; then the filter's values
SELECT r.id FROM sync_runs r WHERE /*filter*/ true ORDER BY r.id DESC LIMIT $1
