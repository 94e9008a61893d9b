-- The statement of our own programs that has waited longest, two seconds at least, for a lock that
-- another transaction holds, and that transaction. Who may not see other people's sessions gets their
-- process only.
SELECT waiting.application_name AS waiting, waiting.query_start AS since,
       blocker.pid::bigint AS blocker_pid, blocker.application_name AS blocker,
       blocker.xact_start AS blocker_since
FROM pg_stat_activity AS waiting
LEFT JOIN pg_stat_activity AS blocker ON blocker.pid = (pg_blocking_pids(waiting.pid))[1]
WHERE waiting.datname = current_database() AND waiting.application_name LIKE 'syncconsole%'
  AND waiting.wait_event_type = 'Lock'
  AND waiting.query_start < clock_timestamp() - interval '2 seconds'
ORDER BY waiting.query_start
LIMIT 1
