-- What changes when a run's details do; no row if there is no such run.
-- $1 id
SELECT concat_ws('|', state, phase, taken_up, completed_at, cancel_requested_at, decided_at,
                 reverted_by_run_id, progress, fetched, matched, drifted, created, updated, held,
                 orphaned, newer, failed, rejected, bad_rows, deprecated, error_message,
                 state = 'RUNNING' AND coalesce(lease_expires_at < now(), true)) AS stamp
FROM sync_runs
WHERE id = $1
