-- Why rows of a run's file could not be read, the most frequent reason first.
-- $1 run, $2 rows counted at most
SELECT reason, count(*) AS bad_rows
FROM (SELECT reason FROM sync_bad_rows WHERE run_id = $1 LIMIT $2) AS bounded
GROUP BY reason
ORDER BY count(*) DESC, reason
