-- The statement of our own programs that is kept waiting by a lock of the oldest transaction, and that
-- transaction. A statement counts once it has waited for $1 seconds; at once where the transaction
-- that it waits for is older than $2 seconds: ours give up after a while and are tried again, and
-- each try begins to wait anew. Who may not see other people's sessions gets their process only.
-- $1 float8: seconds that a statement has waited at least. $2 float8: seconds.
SELECT waiting.application_name AS waiting, waiting.query_start AS since,
       blocker.pid::bigint AS blocker_pid, activity.application_name AS blocker,
       activity.xact_start AS blocker_since
FROM pg_stat_activity AS waiting
LEFT JOIN LATERAL unnest(pg_blocking_pids(waiting.pid)) AS blocker (pid) ON true
LEFT JOIN pg_stat_activity AS activity ON activity.pid = blocker.pid
WHERE waiting.datname = current_database() AND waiting.application_name LIKE 'syncconsole%'
  AND waiting.wait_event_type = 'Lock'
  AND (waiting.query_start < clock_timestamp() - make_interval(secs => $1)
       OR activity.xact_start < clock_timestamp() - make_interval(secs => $2))
ORDER BY activity.xact_start NULLS LAST, waiting.query_start
LIMIT 1
