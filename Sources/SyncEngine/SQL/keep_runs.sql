-- Deletes what the oldest run that may go has found, and then the run itself. A file that still
-- speaks for its country, and a run that is being reverted, stay.
-- $1 after this id, $2 ended before, $3 rows of each kind, at most
WITH run AS MATERIALIZED (
    SELECT r.id FROM sync_runs r
    WHERE r.id > $1 AND r.completed_at < $2
      AND r.state NOT IN ('WAITING', 'RUNNING', 'AWAITING_DECISION')
      AND NOT EXISTS (SELECT FROM file_marks m WHERE m.run_id = r.id)
      AND NOT EXISTS (SELECT FROM sync_runs v WHERE v.reverts_run_id = r.id
                      AND v.state IN ('WAITING', 'RUNNING', 'AWAITING_DECISION'))
    ORDER BY r.id LIMIT 1
), drift AS (
    DELETE FROM sync_drift
    WHERE id IN (SELECT d.id FROM sync_drift d JOIN run ON d.run_id = run.id LIMIT $3)
    RETURNING 1
), bad AS (
    DELETE FROM sync_bad_rows
    WHERE id IN (SELECT b.id FROM sync_bad_rows b JOIN run ON b.run_id = run.id LIMIT $3)
    RETURNING 1
), gone AS (
    DELETE FROM sync_runs
    WHERE id IN (SELECT id FROM run) AND NOT EXISTS (SELECT FROM drift)
      AND NOT EXISTS (SELECT FROM bad)
    RETURNING id
)
SELECT coalesce((SELECT id FROM gone), $1) AS last,
       (SELECT count(*) FROM drift) + (SELECT count(*) FROM bad) + (SELECT count(*) FROM gone)
           AS removed,
       EXISTS (SELECT FROM run) AS has_more
