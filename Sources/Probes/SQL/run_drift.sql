-- How often a run found each field different, by what became of it.
-- $1 run, $2 rows counted at most
SELECT field, outcome, count(*) AS drifted
FROM (SELECT field, outcome FROM sync_drift WHERE run_id = $1 LIMIT $2) AS bounded
GROUP BY field, outcome
ORDER BY sum(count(*)) OVER (PARTITION BY field) DESC, field, outcome
